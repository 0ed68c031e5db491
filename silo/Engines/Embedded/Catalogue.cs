using System.Collections.Concurrent;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>
/// The activations in memory: made on the first command from snapshot and tail, let go when idle, bounded in number.
/// </summary>
public sealed class Catalogue(
    JournalWriter writer, JournalReader reader, Snapshots snapshots, KeyRing keys, OutcomeRetention retention,
    TimeProvider time, ILogger<Catalogue> log)
{
    private const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private readonly ConcurrentDictionary<GrainId, Activation> activations = new();

    // Last rows of dropped activations that may still be on their way: whoever loads the grain must see them.
    private readonly ConcurrentDictionary<GrainId, Task> stragglers = new();

    /// <summary>Activations in memory.</summary>
    public int Count => activations.Count;

    internal Activation Get(GrainDefinition definition, GrainId grain)
    {
        while (true)
        {
            if (activations.TryGetValue(grain, out var known))
            {
                if (!known.IsDead && known.Generation == writer.Generation)
                {
                    return known;
                }

                Drop(known);
                continue;
            }

            var made = new Activation(grain, definition, writer.Generation, time.GetTimestamp());
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            made.Loaded = start.Task;
            if (activations.TryAdd(grain, made))
            {
                _ = Load(made, start);
                return made;
            }
        }
    }

    internal void Drop(Activation activation)
    {
        activation.Abandon();
        if (!activation.LastDurable.IsCompleted)
        {
            stragglers[activation.Id] = activation.LastDurable;
        }

        activations.TryRemove(new KeyValuePair<GrainId, Activation>(activation.Id, activation));
    }

    /// <summary>Lets go of what was decided on rows that the journal has dropped.</summary>
    public void DropVoid()
    {
        foreach (var activation in activations.Values.Where(a => a.Generation != writer.Generation))
        {
            Drop(activation);
        }
    }

    /// <summary>Lets go of what nobody used for a while, and of the longest unused above the limit.</summary>
    public int Sweep(TimeSpan idle)
    {
        var oldest = time.GetTimestamp() - (long)(idle.TotalSeconds * time.TimestampFrequency);
        var gone = activations.Values.Where(a => a.LastUsed <= oldest).ToList();
        var excess = activations.Count - gone.Count - Limits.Activations;
        if (excess > 0)
        {
            gone.AddRange(activations.Values.Where(a => a.LastUsed > oldest).OrderBy(a => a.LastUsed).Take(excess));
        }

        return gone.Count(TryLetGo);
    }

    /// <summary>Queues snapshots of activations that have moved far since their last one.</summary>
    public void SnapshotBusy()
    {
        foreach (var activation in activations.Values.Where(a => a.RowsSinceSnapshot >= Limits.SnapshotEvery))
        {
            lock (activation.Turn)
            {
                OfferSnapshot(activation);
            }
        }
    }

    private bool TryLetGo(Activation activation)
    {
        lock (activation.Turn)
        {
            // An open outcome has somebody waiting; a row on its way still may fail.
            if (activation.IsDead || !activation.Loaded.IsCompletedSuccessfully || activation.Open is { Count: > 0 }
                || !IsDurable(activation))
            {
                return false;
            }

            if (activation.RowsSinceSnapshot >= Limits.SnapshotEvery / 8)
            {
                OfferSnapshot(activation);
            }

            Drop(activation);
            return true;
        }
    }

    private bool IsDurable(Activation activation) => activation.Position <= writer.DurablePosition;

    private void OfferSnapshot(Activation activation)
    {
        if (activation.Version == 0 || activation.IsDead || activation.Generation != writer.Generation)
        {
            return;
        }

        var definition = activation.Definition;
        var content = ActivationSnapshot.Take(activation, retention.OldestKept);
        var snapshot = snapshots.Seal(activation.Id, activation.Version, activation.Position, definition, content);
        activation.RowsSinceSnapshot = 0;
        _ = OfferWhenDurable(snapshot, activation.LastDurable);
    }

    // Only durable state may be stored: the journal could still drop what is on its way. A grain that is busy always
    // has something on its way, so its snapshot waits for that and not for a quiet moment.
    private async Task OfferWhenDurable(Snapshot snapshot, Task last)
    {
        await last.ConfigureAwait(Quietly);
        if (last.IsCompletedSuccessfully)
        {
            snapshots.Offer(snapshot);
        }
    }

    private async Task Load(Activation activation, TaskCompletionSource start)
    {
        try
        {
            if (stragglers.TryRemove(activation.Id, out var last))
            {
                await last.ConfigureAwait(Quietly);
            }

            if (activation.Definition.IsPerson)
            {
                await keys.Prepare(activation.Id.Key, default);
            }

            var shape = activation.Definition.StateVersion;
            if (await snapshots.Find(activation.Id, shape, default) is var (snapshot, content))
            {
                ActivationSnapshot.Restore(activation, snapshot, content);
            }

            foreach (var row in await reader.Stream(activation.Id, activation.Version))
            {
                activation.MoveOn(row);
                activation.Remember(row);
            }

            start.SetResult();
        }
        catch (Exception fault)
        {
            Drop(activation);
            if (fault is Npgsql.NpgsqlException)
            {
                start.SetException(new JournalUnavailableException("journal_unavailable", TimeSpan.FromSeconds(2)));
                return;
            }

            log.LogError(fault, "{Kind} {Grain} cannot be loaded.", activation.Definition.Name, activation.Id);
            start.SetException(fault);
        }
    }
}

/// <summary>
/// Since which position outcomes are kept: about 30 days back. Positions grow with time, so remembering one position
/// a day is enough to tell which fingerprints are past their time.
/// </summary>
public sealed class OutcomeRetention(TimeProvider time) : ICommitListener
{
    private readonly Queue<(DateTimeOffset Day, long Position)> days = new();
    private DateTimeOffset lastDay;

    /// <summary>Answers below this position need not be remembered.</summary>
    public long OldestKept { get; private set; }

    /// <inheritdoc/>
    public void Committed(IReadOnlyList<PendingRow> rows)
    {
        var now = time.GetUtcNow();
        if (now - lastDay < TimeSpan.FromDays(1))
        {
            return;
        }

        lastDay = now;
        days.Enqueue((now, rows[0].Position));
        while (days.TryPeek(out var first) && now - first.Day > SmartClub.Grains.Model.Limits.OutcomesKept)
        {
            OldestKept = first.Position;
            days.Dequeue();
        }
    }
}
