using SmartClub.Grains.Model;

namespace SmartClub.Silo.Engines;

/// <summary>Everything about a command that is not its content.</summary>
/// <param name="Id">Identity of the intent; a repeat carries the same one.</param>
/// <param name="Caller">Who asks.</param>
public sealed record Envelope(CommandId Id, Caller Caller)
{
    /// <summary>What the gateway found about a rotating pass.</summary>
    public PassVerdict Pass { get; init; }

    /// <summary>Which rotating pass it is; null where the credential is none.</summary>
    public PassUse? PassUse { get; init; }

    /// <summary>Position of the row that caused this command; 0 for a caller from outside.</summary>
    public long CausedBy { get; init; }

    /// <summary>The command at the beginning of the chain of causes; null: this one.</summary>
    public CommandId? Correlation { get; init; }
}

/// <summary>An answer, and the position at which it became durable; null where nothing was written.</summary>
public readonly record struct Answered(Answer Answer, long? Position);

/// <summary>
/// The door to all grains. An answer that comes back is durable, and so is everything it was decided on. A repeat of
/// a CommandId gets the first answer; with other content it is refused as <c>command_id_reused</c>.
/// </summary>
public interface IGrains
{
    /// <summary>Sends a command to its grain.</summary>
    /// <exception cref="Journal.JournalUnavailableException">
    /// Nothing is known to have happened; repeating with the same id is safe.
    /// </exception>
    Task<Answered> Send(ICommand command, Envelope envelope);

    /// <summary>Reads durable state of a grain. The function must not keep the state.</summary>
    Task<TResult> Read<TState, TResult>(GrainId grain, Func<TState, TResult> read)
        where TState : class, IGrainState;
}
