namespace SmartClub.Grains.Model;

/// <summary>A grain's state: what its events add up to. Only <see cref="Apply"/> changes it.</summary>
public interface IGrainState
{
    /// <summary>Moves the state on by one event. Never refuses, never reads a clock.</summary>
    void Apply(IEvent happened);
}

/// <summary>A send that came back to the grain that sent it: what was sent and how it was answered.</summary>
public sealed record Returned<TCommand>(TCommand Sent, Answer Answer)
    where TCommand : ICommand;

/// <summary>A stored name and the type behind it.</summary>
/// <param name="Name">Stable name in the journal; for events it ends in a version.</param>
/// <param name="Type">The record.</param>
/// <param name="OutcomeType">For commands: what acceptance hands back.</param>
public sealed record NamedType(string Name, Type Type, Type? OutcomeType);

/// <summary>
/// A kind of grain as the engine sees it. There is no grain class: the engine is the shell, the rules are pure
/// functions that are registered here by the feature's module.
/// </summary>
public abstract class GrainDefinition
{
    /// <summary>Number of this kind in the journal.</summary>
    public abstract short Kind { get; }

    /// <summary>Name of this kind in logs and metrics.</summary>
    public abstract string Name { get; }

    /// <summary>Raise it when the state's shape changes: older snapshots are then ignored and built anew.</summary>
    public abstract int StateVersion { get; }

    /// <summary>The state class.</summary>
    public abstract Type StateType { get; }

    /// <summary>Whether the grain is a person, so that its snapshots are sealed with the person's key.</summary>
    public abstract bool IsPerson { get; }

    /// <summary>All commands that this kind takes.</summary>
    public abstract IReadOnlyCollection<NamedType> Commands { get; }

    /// <summary>All events that this kind has ever stored.</summary>
    public abstract IReadOnlyCollection<NamedType> Events { get; }

    /// <summary>The state before the first event.</summary>
    public abstract IGrainState NewState();

    /// <summary>Asks the rule of this command.</summary>
    public abstract Decision Decide(IGrainState state, ICommand command, Facts facts);

    /// <summary>Asks the rule that waits for this send, if there is one.</summary>
    public abstract Decision DecideReturn(IGrainState state, ICommand sent, Answer answer, Facts facts);
}

/// <summary>Builds a <see cref="GrainDefinition"/>; used by the modules of features.</summary>
public sealed class GrainDefinition<TState>(
    short kind, string name, int stateVersion = 1, bool isPerson = false) : GrainDefinition
    where TState : class, IGrainState, new()
{
    private readonly Dictionary<Type, Func<TState, ICommand, Facts, Decision>> rules = [];
    private readonly Dictionary<Type, Func<TState, ICommand, Answer, Facts, Decision>> returns = [];
    private readonly List<NamedType> commands = [];
    private readonly List<NamedType> events = [];

    /// <inheritdoc/>
    public override short Kind => kind;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override int StateVersion => stateVersion;

    /// <inheritdoc/>
    public override Type StateType => typeof(TState);

    /// <inheritdoc/>
    public override bool IsPerson => isPerson;

    /// <inheritdoc/>
    public override IReadOnlyCollection<NamedType> Commands => commands;

    /// <inheritdoc/>
    public override IReadOnlyCollection<NamedType> Events => events;

    /// <summary>Registers a command under its stored name, with the rule that decides it.</summary>
    public GrainDefinition<TState> Command<TCommand, TOutcome>(
        string storedName, Func<TState, TCommand, Facts, Decision> rule)
        where TCommand : ICommand<TOutcome>
    {
        rules.Add(typeof(TCommand), (state, command, facts) => rule(state, (TCommand)command, facts));
        commands.Add(new NamedType(storedName, typeof(TCommand), typeof(TOutcome)));
        return this;
    }

    /// <summary>
    /// Registers an event under its stored name, which ends in a version: <c>member.registered.v1</c>.
    /// </summary>
    public GrainDefinition<TState> Event<TEvent>(string storedName)
        where TEvent : IEvent
    {
        events.Add(new NamedType(storedName, typeof(TEvent), null));
        return this;
    }

    /// <summary>Registers the rule that goes on when a send of this grain comes back.</summary>
    public GrainDefinition<TState> WhenReturned<TCommand>(Func<TState, Returned<TCommand>, Facts, Decision> rule)
        where TCommand : ICommand
    {
        returns.Add(typeof(TCommand), (state, sent, answer, facts) =>
            rule(state, new Returned<TCommand>((TCommand)sent, answer), facts));
        return this;
    }

    /// <inheritdoc/>
    public override IGrainState NewState() => new TState();

    /// <inheritdoc/>
    public override Decision Decide(IGrainState state, ICommand command, Facts facts) =>
        rules.TryGetValue(command.GetType(), out var rule)
            ? rule((TState)state, command, facts)
            : throw new InvalidOperationException($"Grain '{name}' takes no {command.GetType().Name}.");

    /// <inheritdoc/>
    public override Decision DecideReturn(IGrainState state, ICommand sent, Answer answer, Facts facts) =>
        returns.TryGetValue(sent.GetType(), out var rule)
            ? rule((TState)state, sent, answer, facts)
            : Decision.Accept();
}
