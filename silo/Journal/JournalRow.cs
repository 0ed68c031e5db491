using SmartClub.Grains.Model;

namespace SmartClub.Silo.Journal;

/// <summary>A settled outcome as its row stores it: whose it is, what it answers and how.</summary>
public sealed record SettledOutcome(CommandId Command, byte[] ContentHash, Answer Answer);

/// <summary>A send as its row stores it.</summary>
public sealed record StoredSend(CommandId ReturnId, ICommand Command);

/// <summary>A reminder as its row stores it.</summary>
public sealed record StoredReminder(CommandId FiringId, string Name, DateTimeOffset Due, ICommand Command);

/// <summary>One row of the journal: one command and all that became of it.</summary>
public class JournalRow
{
    /// <summary>Place in the one order of the whole club; 1 is the first.</summary>
    public long Position { get; internal set; }

    /// <summary>The grain that decided.</summary>
    public required GrainId Grain { get; init; }

    /// <summary>Place in the grain's own order; 1 is the first.</summary>
    public required int Version { get; init; }

    /// <summary>Identity of the command.</summary>
    public required CommandId CommandId { get; init; }

    /// <summary>Keyed hash of the command's content.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked.</summary>
    public required string Principal { get; init; }

    /// <summary>Position of the row whose send or reminder caused this one; 0: a caller from outside.</summary>
    public long CausedBy { get; init; }

    /// <summary>The command at the beginning of the chain of causes.</summary>
    public required CommandId Correlation { get; init; }

    /// <summary>What happened.</summary>
    public required IReadOnlyList<IEvent> Events { get; init; }

    /// <summary>The answer; null while open.</summary>
    public required Answer? Answer { get; init; }

    /// <summary>Outcomes of earlier commands that this row settles.</summary>
    public IReadOnlyList<SettledOutcome> Settled { get; init; } = [];

    /// <summary>Commands to other grains.</summary>
    public IReadOnlyList<StoredSend> Sends { get; init; } = [];

    /// <summary>Reminders set.</summary>
    public IReadOnlyList<StoredReminder> Reminders { get; init; } = [];

    /// <summary>Reminders and sends that are done with or replaced by this row, by their ids.</summary>
    public IReadOnlyList<CommandId> Finished { get; init; } = [];

    /// <summary>One of the events with where it stands, for views.</summary>
    public Recorded Recorded(int number) => new(Position, Grain, Version, At, Principal, Events[number]);
}

/// <summary>A row on its way to the database, with who waits for it.</summary>
public sealed class PendingRow : JournalRow
{
    private readonly TaskCompletionSource durable = new();

    /// <summary>The encoded body.</summary>
    public byte[] Body { get; internal set; } = [];

    /// <summary>Completes when the row is durable; fails when it never will be, or nobody knows.</summary>
    /// <remarks>Continuations run inline on the pool thread that releases the batch: one wake-up for many.</remarks>
    public Task Durable => durable.Task;

    /// <summary>Answers who waits. The bytes are in the database now; followers need only what was decided.</summary>
    internal void Release()
    {
        Body = [];
        durable.TrySetResult();
    }

    internal void Fail(Exception reason) => durable.TrySetException(reason);
}

/// <summary>The journal cannot take or confirm a command now; the caller may repeat with the same id.</summary>
public sealed class JournalUnavailableException(string code, TimeSpan retryAfter) : Exception(code)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;

    /// <summary>When a retry makes sense.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
