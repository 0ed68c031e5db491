using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Tests.Support.TestGrains;

/// <summary>Answers when somebody says what: outcomes that stay open, and alarms.</summary>
[Internal]
internal sealed record Ask(Id<EchoTag> Echo, string Question) : ICommand<Echoed>
{
    GrainId ICommand.Target => Echo.Grain;
}

/// <summary>Asks another echo and answers with what that one says: an open outcome behind an open outcome.</summary>
[Internal]
internal sealed record AskThrough(Id<EchoTag> Echo, Id<EchoTag> Other, string Question) : ICommand<Echoed>
{
    GrainId ICommand.Target => Echo.Grain;
}

internal sealed record Echoed(string Text);

/// <summary>Settles the oldest question.</summary>
[Internal]
internal sealed record Reply(Id<EchoTag> Echo, string Text) : ICommand<Done>
{
    GrainId ICommand.Target => Echo.Grain;
}

[Internal]
internal sealed record SetAlarm(Id<EchoTag> Echo, string Name, DateTimeOffset Due) : ICommand<Done>
{
    GrainId ICommand.Target => Echo.Grain;
}

[Internal]
internal sealed record ForgetAlarm(Id<EchoTag> Echo, string Name) : ICommand<Done>
{
    GrainId ICommand.Target => Echo.Grain;
}

[Internal]
internal sealed record Ring(Id<EchoTag> Echo, string Name, DateTimeOffset Due) : ICommand<Done>
{
    GrainId ICommand.Target => Echo.Grain;
}

/// <summary>A rule with a bug.</summary>
[Internal]
internal sealed record Stumble(Id<EchoTag> Echo) : ICommand<Done>
{
    GrainId ICommand.Target => Echo.Grain;
}

internal enum EchoRefusal
{
    NobodyAsked,
}

internal sealed record Asked(CommandId Command, string Question) : IEvent;

internal sealed record Replied(CommandId Command) : IEvent;

internal sealed record Rang(string Name, DateTimeOffset Due) : IEvent;

internal sealed class EchoState : IGrainState
{
    public List<CommandId> Questions { get; set; } = [];

    public List<string> Rung { get; set; } = [];

    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case Asked asked:
                Questions.Add(asked.Command);
                break;
            case Replied replied:
                Questions.Remove(replied.Command);
                break;
            case Rang rang:
                Rung.Add(rang.Name);
                break;
        }
    }
}

internal static class EchoRules
{
    public static Decision Decide(EchoState echo, Ask ask, Facts facts)
    {
        _ = echo;
        return Open(new Asked(facts.CommandId, ask.Question));
    }

    public static Decision Decide(EchoState echo, AskThrough ask, Facts facts)
    {
        _ = echo;
        return Open(new Asked(facts.CommandId, ask.Question)).Sending(new Ask(ask.Other, ask.Question));
    }

    public static Decision Decide(EchoState echo, Reply reply, Facts facts)
    {
        _ = facts;
        return echo.Questions.Count == 0
            ? Refuse(EchoRefusal.NobodyAsked)
            : Accept(new Replied(echo.Questions[0]))
                .Settling(echo.Questions[0], Answer.Accepted(new Echoed(reply.Text)));
    }

    public static Decision DecideReturn(EchoState echo, Returned<Ask> back, Facts facts)
    {
        _ = facts;
        return echo.Questions.Count == 0
            ? Accept()
            : Accept(new Replied(echo.Questions[0])).Settling(echo.Questions[0], back.Answer);
    }

    public static Decision Decide(EchoState echo, SetAlarm set, Facts facts)
    {
        _ = (echo, facts);
        return Accept().Reminding(set.Name, set.Due, new Ring(set.Echo, set.Name, set.Due));
    }

    public static Decision Decide(EchoState echo, ForgetAlarm forget, Facts facts)
    {
        _ = (echo, facts);
        return Accept().Forgetting(forget.Name);
    }

    public static Decision Decide(EchoState echo, Ring ring, Facts facts)
    {
        _ = (echo, facts);
        return Accept(new Rang(ring.Name, ring.Due));
    }

    public static Decision Decide(EchoState echo, Stumble stumble, Facts facts) =>
        throw new InvalidOperationException($"{echo.Questions.Count}, {stumble.Echo}, {facts.Now}");
}
