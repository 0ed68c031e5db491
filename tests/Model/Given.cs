using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Model;

/// <summary>One grain without a host: given events, when a command, then events, an answer or sends.</summary>
public sealed class Given<TState>
    where TState : class, IGrainState
{
    private readonly GrainDefinition definition;
    private readonly IReference reference;
    private int commands;

    public Given(GrainDefinition definition, IReference? reference = null)
    {
        this.definition = definition;
        this.reference = reference ?? new Town();
        State = (TState)definition.NewState();
    }

    public TState State { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    public PassVerdict Pass { get; set; }

    public Caller Caller { get; set; } = Caller.System;

    public PassUse? PassUse { get; set; }

    public CommandId LastCommand { get; private set; }

    public Given<TState> Events(params IEvent[] happened)
    {
        foreach (var one in happened)
        {
            State.Apply(Stored.Again(one));
        }

        return this;
    }

    public Decision When(ICommand command) =>
        Fold(definition.Decide(State, Stored.Again(command), NextFacts()));

    public Decision WhenReturned(ICommand sent, Answer answer) =>
        Fold(definition.DecideReturn(State, sent, answer, NextFacts()));

    public Decision WhenDone(ICommand sent) => WhenReturned(sent, Answer.Accepted(Done.Instance));

    public Decision WhenRefused<TEnum>(ICommand sent, TEnum reason)
        where TEnum : struct, Enum => WhenReturned(sent, Answer.Refused(Refusal.Of(reason)));

    private Facts NextFacts()
    {
        LastCommand = CommandId.Of("test", $"{commands++}");
        return new Facts(Now, Caller, LastCommand, reference) { Pass = Pass, PassUse = PassUse };
    }

    private Decision Fold(Decision decision)
    {
        Events([.. decision.Events]);
        State = Stored.Again(State);
        return decision;
    }
}

/// <summary>What tests say about a decision.</summary>
public static class Then
{
    public static void IsRefused<TEnum>(this Decision decision, TEnum reason)
        where TEnum : struct, Enum
    {
        Assert.Equal(Refusal.Of(reason), decision.Answer?.Refusal);
        Assert.Empty(decision.Events);
        Assert.Empty(decision.Sends);
    }

    public static TOutcome IsAccepted<TOutcome>(this Decision decision) =>
        Assert.IsType<TOutcome>(decision.Answer?.Outcome);

    public static TEvent Tells<TEvent>(this Decision decision)
        where TEvent : IEvent => Assert.IsType<TEvent>(Assert.Single(decision.Events, e => e is TEvent));

    public static void TellsNothing(this Decision decision)
    {
        Assert.Null(decision.Answer?.Refusal);
        Assert.Empty(decision.Events);
        Assert.Empty(decision.Sends);
    }

    /// <summary>Nobody moves, and the desk hears that somebody passed whom nothing let in.</summary>
    public static void IsTailgating(this Decision decision)
    {
        Assert.Empty(decision.Events);
        Assert.Equal(AlertKind.Tailgating, decision.Sends<RaiseAlert>().Kind);
    }

    public static TCommand Sends<TCommand>(this Decision decision)
        where TCommand : ICommand => Assert.IsType<TCommand>(Assert.Single(decision.Sends));
}
