using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>How a message reached a grain.</summary>
internal enum MessageKind
{
    /// <summary>From a caller or another grain.</summary>
    Command,

    /// <summary>From the grain itself, by a reminder.</summary>
    Reminder,

    /// <summary>The answer to a command that the grain sent.</summary>
    Return,
}

/// <summary>What a grain is asked to decide.</summary>
internal sealed record Message(ICommand Command, Answer? Answer, MessageKind Kind)
{
    private readonly GrainId? to;

    /// <summary>Of a reminder: it never happens before this, whatever the clock says by now.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>The grain; by default the command's target.</summary>
    public GrainId To
    {
        init => to = value;
    }

    /// <summary>The grain that decides.</summary>
    public GrainId Target => to ?? Command.Target;
}

/// <summary>What came of a turn.</summary>
internal enum TurnKind
{
    /// <summary>The activation is void; look it up again.</summary>
    Stale,

    /// <summary>Decided; the answer is good once the row is durable.</summary>
    Decided,

    /// <summary>Refused without keeping it; good once what it was decided on is durable.</summary>
    NotKept,

    /// <summary>The outcome is open.</summary>
    Waits,

    /// <summary>Answered before, at a position.</summary>
    Repeat,
}

/// <summary>The result of a turn; good once <paramref name="Durable"/> completes.</summary>
internal readonly record struct Turn(
    TurnKind Kind, Task Durable, Answer Answer = default, OpenOutcome? Open = null, long Position = 0);

/// <summary>One turn of a grain: repeat? decide, encode, fold, enqueue. Never waits.</summary>
/// <remarks>
/// The rules that keep promises are virtual so that the simulator can break one of them and show that it notices.
/// </remarks>
public class Turns(
    JournalWriter writer, RowCodec rows, Codec codec, ClubKeys keys, IReference reference, TimeProvider time,
    ILogger<Turns> log)
{
    internal byte[] ContentHash(Message message) => codec.ContentHash(message.Command, keys.ContentHash);

    internal Turn Take(Activation activation, Message message, Envelope envelope, byte[] hash)
    {
        lock (activation.Turn)
        {
            if (activation.IsDead || activation.Generation != writer.Generation)
            {
                return new Turn(TurnKind.Stale, Task.CompletedTask);
            }

            var began = time.GetTimestamp();
            activation.LastUsed = began;
            if (TryFindAnswer(activation, envelope.Id, out var position))
            {
                return new Turn(TurnKind.Repeat, activation.LastDurable, Position: position);
            }

            if (activation.Open?.TryGetValue(envelope.Id, out var open) == true)
            {
                return new Turn(TurnKind.Waits, activation.LastDurable, Open: open);
            }

            if (message.Kind == MessageKind.Reminder && activation.Reminders?.ContainsValue(envelope.Id) != true)
            {
                // Cancelled or replaced while it was on its way.
                return new Turn(TurnKind.NotKept, activation.LastDurable, Answer.Accepted(Done.Instance));
            }

            writer.ThrowIfFull();
            var turn = Decide(activation, message, envelope, hash);
            if (time.GetElapsedTime(began) is var taken && taken > Limits.SlowTurn)
            {
                log.LogWarning(
                    "{Grain} took {Milliseconds} ms to decide {Command}.",
                    Describe(activation), (long)taken.TotalMilliseconds, message.Command.GetType().Name);
            }

            return turn;
        }
    }

    /// <summary>Where a command was answered before.</summary>
    internal virtual bool TryFindAnswer(Activation activation, CommandId id, out long position) =>
        activation.Outcomes.TryFind(id, out position);

    /// <summary>What an answer waits for.</summary>
    internal virtual Task WhenDurable(PendingRow row) => row.Durable;

    private Turn Decide(Activation activation, Message message, Envelope envelope, byte[] hash)
    {
        var now = time.GetUtcNow();
        var facts = new Facts(now > message.Due ? now : message.Due, envelope.Caller, envelope.Id, reference)
        {
            Pass = envelope.Pass,
            PassUse = envelope.PassUse,
        };
        PendingRow row;
        Decision decision;
        try
        {
            decision = message.Kind == MessageKind.Return
                ? activation.Definition.DecideReturn(activation.State, message.Command, message.Answer!.Value, facts)
                : activation.Definition.Decide(activation.State, message.Command, facts);
            // What a return or a reminder comes to is always written: it ends the promise.
            if (!decision.IsKept && message.Kind == MessageKind.Command)
            {
                return new Turn(TurnKind.NotKept, activation.LastDurable, decision.Answer!.Value);
            }

            row = Build(activation, message, envelope, hash, decision, facts.Now);
            activation.MoveOn(row);
        }
        catch (Exception away) when (DatabaseAway.Is(away))
        {
            // Only a person's key is ever asked of the database here, before anything has moved.
            log.LogWarning("{Grain} finds no database: {Reason}.", Describe(activation), away.GetType().Name);
            throw new JournalUnavailableException("journal_unavailable", TimeSpan.FromSeconds(1));
        }
        catch (Exception bug)
        {
            activation.Abandon();
            log.LogError(
                bug, "{Grain} failed to decide {Command}.", Describe(activation), message.Command.GetType().Name);
            throw;
        }

        if (!writer.TryEnqueue(row, activation.Generation))
        {
            activation.Abandon();
            return new Turn(TurnKind.Stale, Task.CompletedTask);
        }

        var durable = WhenDurable(row);
        activation.LastDurable = durable;
        activation.Remember(row);
        return decision.Answer is { } answer
            ? new Turn(TurnKind.Decided, durable, answer, Position: row.Position)
            : new Turn(TurnKind.Waits, durable, Open: activation.Open![envelope.Id]);
    }

    private PendingRow Build(
        Activation activation, Message message, Envelope envelope, byte[] hash, Decision decision, DateTimeOffset now)
    {
        var id = envelope.Id;
        var row = new PendingRow
        {
            Grain = activation.Id,
            Version = activation.Version + 1,
            CommandId = id,
            ContentHash = hash,
            At = now,
            Principal = envelope.Caller.Principal,
            CausedBy = envelope.CausedBy,
            Correlation = envelope.Correlation ?? id,
            Events = decision.Events,
            Answer = decision.Answer,
            Settled = Settle(activation, decision),
            Sends = Sends(id, decision),
            Reminders = Reminders(id, decision),
            Finished = Finished(activation, message, id, decision),
        };
        row.Body = rows.Encode(row);
        return row.Body.Length <= Limits.RowBytes
            ? row
            : throw new InvalidOperationException($"A row of {row.Body.Length} bytes is over the limit.");
    }

    private static IReadOnlyList<SettledOutcome> Settle(Activation activation, Decision decision)
    {
        if (decision.Settlements.Count == 0)
        {
            return [];
        }

        // A settlement of what is not open (any more) is a late one; the first answer stands.
        var settled = new List<SettledOutcome>(decision.Settlements.Count);
        foreach (var (command, answer) in decision.Settlements)
        {
            if (activation.Open?.TryGetValue(command, out var open) == true)
            {
                settled.Add(new SettledOutcome(command, open.ContentHash, answer));
            }
        }

        return settled;
    }

    private static StoredSend[] Sends(CommandId id, Decision decision)
    {
        if (decision.Sends.Count == 0)
        {
            return [];
        }

        var sends = new StoredSend[decision.Sends.Count];
        for (var i = 0; i < sends.Length; i++)
        {
            sends[i] = new StoredSend(id.Derive("return", i), decision.Sends[i]);
        }

        return sends;
    }

    private static StoredReminder[] Reminders(CommandId id, Decision decision)
    {
        if (decision.Reminders.Count == 0)
        {
            return [];
        }

        var reminders = new StoredReminder[decision.Reminders.Count];
        for (var i = 0; i < reminders.Length; i++)
        {
            var (name, due, command) = decision.Reminders[i];
            reminders[i] = new StoredReminder(id.Derive("reminder:" + name), name, due, command);
        }

        return reminders;
    }

    private static IReadOnlyList<CommandId> Finished(
        Activation activation, Message message, CommandId id, Decision decision)
    {
        var replaced = decision.Reminders.Count + decision.CancelledReminders.Count;
        if (message.Kind == MessageKind.Command && replaced == 0)
        {
            return [];
        }

        var finished = new List<CommandId>(1);
        if (message.Kind != MessageKind.Command)
        {
            finished.Add(id);
        }

        foreach (var name in decision.Reminders.Select(r => r.Name).Concat(decision.CancelledReminders))
        {
            if (activation.Reminders?.TryGetValue(name, out var firing) == true && firing != id)
            {
                finished.Add(firing);
            }
        }

        return finished;
    }

    private static string Describe(Activation activation) => $"{activation.Definition.Name} {activation.Id}";
}
