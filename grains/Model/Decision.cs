namespace SmartClub.Grains.Model;

/// <summary>A timeout that survives crashes: at <paramref name="Due"/> the grain gets the command, once.</summary>
/// <param name="Name">Unique within the grain; setting it again replaces the earlier one.</param>
/// <param name="Due">When it is due, in UTC.</param>
/// <param name="Command">An ordinary command to the same grain; state decides whether it still matters.</param>
public sealed record Reminder(string Name, DateTimeOffset Due, ICommand Command);

/// <summary>The answer to a command whose outcome an earlier decision of the same grain left open.</summary>
public sealed record Settlement(CommandId Command, Answer Answer);

/// <summary>
/// All that a rule wants to happen, as data. The engine commits it as one journal row or not at all, and only then
/// answers, sends and reminds.
/// </summary>
public sealed class Decision
{
    private static readonly IEvent[] NoEvents = [];
    private List<ICommand>? sends;
    private List<Reminder>? reminders;
    private List<string>? cancelled;
    private List<Settlement>? settlements;

    private Decision(IEvent[] events, Answer? answer, bool kept)
    {
        Events = events;
        Answer = answer;
        IsKept = kept;
    }

    /// <summary>Facts to append, in order.</summary>
    public IReadOnlyList<IEvent> Events { get; }

    /// <summary>What the caller learns; null leaves the outcome open until a later decision settles it.</summary>
    public Answer? Answer { get; }

    /// <summary>Whether the answer is stored so that a repeat finds it. Only shape refusals are not.</summary>
    public bool IsKept { get; }

    /// <summary>Commands to other grains, delivered after the commit, at least once, with derived ids.</summary>
    public IReadOnlyList<ICommand> Sends => sends ?? (IReadOnlyList<ICommand>)[];

    /// <summary>Reminders to set.</summary>
    public IReadOnlyList<Reminder> Reminders => reminders ?? (IReadOnlyList<Reminder>)[];

    /// <summary>Names of reminders to cancel.</summary>
    public IReadOnlyList<string> CancelledReminders => cancelled ?? (IReadOnlyList<string>)[];

    /// <summary>Open outcomes of this grain that this decision settles.</summary>
    public IReadOnlyList<Settlement> Settlements => settlements ?? (IReadOnlyList<Settlement>)[];

    /// <summary>Accept, with an outcome for the caller.</summary>
    public static Decision Accept(object outcome, params IEvent[] events) =>
        new(events, Model.Answer.Accepted(outcome), true);

    /// <summary>Accept with nothing to tell and, maybe, nothing to append: a late timeout, say.</summary>
    public static Decision Accept(params IEvent[] events) => Accept(Done.Instance, events);

    /// <summary>Say no, and keep saying no to this CommandId: a late retry never succeeds after a refusal.</summary>
    public static Decision Refuse<TEnum>(TEnum reason)
        where TEnum : struct, Enum => new(NoEvents, Model.Answer.Refused(Refusal.Of(reason)), true);

    /// <summary>
    /// Say no without keeping it: for a grain that does not exist. Nothing is written, so made-up ids cost nothing.
    /// </summary>
    public static Decision RefuseUnkept<TEnum>(TEnum reason)
        where TEnum : struct, Enum => new(NoEvents, Model.Answer.Refused(Refusal.Of(reason)), false);

    /// <summary>Answer later: after a send has come back, a decision calls <see cref="Settling"/>.</summary>
    public static Decision Open(params IEvent[] events) => new(events, null, true);

    /// <summary>Also send this command to another grain once the decision is durable.</summary>
    public Decision Sending(ICommand command)
    {
        (sends ??= []).Add(command);
        return this;
    }

    /// <summary>Also wake this grain with a command at a given time.</summary>
    public Decision Reminding(string name, DateTimeOffset due, ICommand command)
    {
        (reminders ??= []).Add(new Reminder(name, due, command));
        return this;
    }

    /// <summary>Also forget this reminder.</summary>
    public Decision Forgetting(string name)
    {
        (cancelled ??= []).Add(name);
        return this;
    }

    /// <summary>Also answer a command that was left open.</summary>
    public Decision Settling(CommandId command, Answer answer)
    {
        (settlements ??= []).Add(new Settlement(command, answer));
        return this;
    }
}
