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

        var (id, version, position) = (activation.Id, activation.Version, activation.Position);
        var content = ActivationSnapshot.Take(activation, retention.OldestKept);
        activation.RowsSinceSnapshot = 0;
        _ = OfferWhenDurable(
            () => snapshots.Seal(id, version, position, activation.Definition, content()), activation.LastDurable);
    }

    // Only durable state may be stored: the journal could still drop what is on its way. A grain that is busy always
    // has something on its way, so its snapshot waits for that and not for a quiet moment.
    // It is always made away from the caller, who has the turn.
    private async Task OfferWhenDurable(Func<Snapshot> make, Task last)
    {
        await last.ConfigureAwait(Quietly | ConfigureAwaitOptions.ForceYielding);
        if (!last.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            snapshots.Offer(make());
        }
        catch (Exception fault)
        {
            // It is only a cache: the next one will do.
            log.LogWarning("A snapshot was not made: {Reason}.", fault.GetType().Name);
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
            if (DatabaseAway.Is(fault))
            {
                start.SetException(new JournalUnavailableException("journal_unavailable", TimeSpan.FromSeconds(2)));
                return;
            }

            log.LogError(fault, "{Kind} {Grain} cannot be loaded.", activation.Definition.Name, activation.Id);
            start.SetException(fault);
        }
    }
}
