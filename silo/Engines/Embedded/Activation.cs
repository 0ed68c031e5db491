using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>An outcome that a decision left open, and those who wait for it.</summary>
internal sealed class OpenOutcome(byte[] contentHash)
{
    private readonly TaskCompletionSource<(Answer, PendingRow)> settled =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Content of the command that opened it.</summary>
    public byte[] ContentHash { get; } = contentHash;

    /// <summary>Completes when a decision settles it; the row still has to become durable.</summary>
    public Task<(Answer Answer, PendingRow Row)> Settled => settled.Task;

    /// <summary>Gives the answer to all who wait.</summary>
    public void Settle(Answer answer, PendingRow row) => settled.TrySetResult((answer, row));

    /// <summary>Tells all who wait to ask again: another activation will settle it.</summary>
    public void Abandon()
    {
        settled.TrySetException(new JournalUnavailableException("journal_unavailable", TimeSpan.FromSeconds(1)));
        _ = settled.Task.Exception;
    }
}

/// <summary>
/// A grain in memory: its tentative state and what is needed to answer repeats. Whoever holds its lock has the turn;
/// a turn never waits for the disk.
/// </summary>
internal sealed class Activation(GrainId id, GrainDefinition definition, int generation, long now)
{
    /// <summary>The turn.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Which grain.</summary>
    public GrainId Id { get; } = id;

    /// <summary>What kind of grain.</summary>
    public GrainDefinition Definition { get; } = definition;

    /// <summary>The journal's generation in which it was loaded; void once that has passed.</summary>
    public int Generation { get; } = generation;

    /// <summary>State after the last decision, durable or not.</summary>
    public IGrainState State { get; set; } = definition.NewState();

    /// <summary>Version of the last decision; 0: the grain does not exist yet.</summary>
    public int Version { get; set; }

    /// <summary>Position of the last decision.</summary>
    public long Position { get; set; }

    /// <summary>Completes when the last decision is durable. Only the task: the row itself may go.</summary>
    public Task LastDurable { get; set; } = Task.CompletedTask;

    /// <summary>Answered commands.</summary>
    public OutcomeIndex Outcomes { get; } = new();

    /// <summary>Commands answered later.</summary>
    public Dictionary<CommandId, OpenOutcome>? Open { get; set; }

    /// <summary>Reminders that are set, by name, with the id of their firing.</summary>
    public Dictionary<string, CommandId>? Reminders { get; set; }

    /// <summary>Loaded from the journal; a fault is thrown to whoever waits.</summary>
    public Task Loaded { get; set; } = Task.CompletedTask;

    /// <summary>No longer in the catalogue: whoever holds it must look it up again.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Rows since the last snapshot.</summary>
    public int RowsSinceSnapshot { get; set; }

    /// <summary>When it was last used, by the clock's timestamps.</summary>
    public long LastUsed { get; set; } = now;

    /// <summary>Makes it void. Who waits for an open outcome would otherwise wait for a settlement elsewhere.</summary>
    public void Abandon()
    {
        lock (Turn)
        {
            IsDead = true;
            foreach (var open in Open?.Values ?? Enumerable.Empty<OpenOutcome>())
            {
                open.Abandon();
            }
        }
    }

    /// <summary>Moves on by one stored or just decided row.</summary>
    public void MoveOn(JournalRow row)
    {
        for (var i = 0; i < row.Events.Count; i++)
        {
            State.Apply(row.Events[i]);
        }

        Version = row.Version;
        RowsSinceSnapshot++;
    }

    /// <summary>Takes over what a row says about commands and reminders, once its position is known.</summary>
    public void Remember(JournalRow row)
    {
        Position = row.Position;
        if (row.Answer is null)
        {
            (Open ??= []).TryAdd(row.CommandId, new OpenOutcome(row.ContentHash));
        }
        else
        {
            Outcomes.Add(row.CommandId, row.Position);
        }

        foreach (var settled in row.Settled)
        {
            Outcomes.Add(settled.Command, row.Position);
            if (Open?.Remove(settled.Command, out var open) == true && row is PendingRow pending)
            {
                open.Settle(settled.Answer, pending);
            }
        }

        Open = Open is { Count: 0 } ? null : Open;

        RememberReminders(row);
    }

    private void RememberReminders(JournalRow row)
    {
        if (Reminders is not null && row.Finished.Count > 0)
        {
            foreach (var (name, firing) in Reminders.Where(r => row.Finished.Contains(r.Value)).ToList())
            {
                Reminders.Remove(name);
            }
        }

        foreach (var reminder in row.Reminders)
        {
            (Reminders ??= [])[reminder.Name] = reminder.FiringId;
        }
    }
}
