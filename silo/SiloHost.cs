using Npgsql;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo;

/// <summary>
/// Starts the parts in order: schema, the club's lock, the check of the head, views and mirrors, then the journal.
/// Until it holds the lock this silo is a standby; if it loses the journal it ends, so that another may go on.
/// </summary>
public sealed class SiloHost(
    IJournalStore journal, Succession succession, Lease lease, JournalWriter writer, JournalReader reader,
    ISignedHead signedHead, KeyRing keys, IViewStore store, ViewRunner views, MirrorSet mirrors, Feed feed,
    Catalogue catalogue, Deliveries deliveries, OutstandingRows outstanding, OutcomeRetention retention,
    Snapshots snapshots, IEnumerable<ICommitListener> listeners, IEnumerable<IStartsWithSilo> others,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SiloHost> log)
    : BackgroundService
{
    private readonly List<Task> background = [];
    private readonly TaskCompletionSource active = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long headAtStart = long.MaxValue;

    /// <summary>When this silo became active; null: it is not.</summary>
    public DateTimeOffset? ActiveSince { get; private set; }

    /// <summary>Completes when this silo takes commands.</summary>
    public Task Active => active.Task;

    /// <summary>Whether this silo may answer now: it became active, and its lease runs.</summary>
    public bool IsActive => ActiveSince is not null && lease.IsHeld;

    /// <summary>Active, and the views show everything that was there when the lock was taken.</summary>
    public bool IsReady => IsActive && views.Reached >= headAtStart;

    /// <summary>Why the silo ended, if it did not end because it was asked to.</summary>
    public Exception? Fault { get; private set; }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        ActiveSince = null;
        await writer.Stop().WaitAsync(Limits.LastCommits, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Live(stoppingToken);

    /// <summary>From the first look at the database to the end, asked for or not.</summary>
    internal async Task Live(CancellationToken stoppingToken)
    {
        try
        {
            await WaitForDatabase(stoppingToken);
            var (head, answersFrom) = await succession.Await(stoppingToken);
            writer.Start(head, [mirrors, .. listeners, feed, deliveries]);
            await CheckHead(head, stoppingToken);
            await Start(head, answersFrom, stoppingToken);
            await RunUntilEnd(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (Exception fault)
        {
            Fault = fault;
            ActiveSince = null;
            active.TrySetException(fault);
            log.LogCritical("The silo ends: {Reason}", fault is RefusesToRunException ? fault.Message : fault);
            lifetime.StopApplication();
        }
    }

    private async Task WaitForDatabase(CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await journal.Migrate(cancel);
                return;
            }
            catch (NpgsqlException away) when (time.GetElapsedTime(began) < Limits.DatabaseWait)
            {
                log.LogInformation("Waiting for the database: {Reason}.", away.SqlState ?? away.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancel);
            }
        }
    }

    // What was signed outside the database must still be inside it, unchanged.
    private async Task CheckHead(JournalHead head, CancellationToken cancel)
    {
        if (ReadSigned() is not { Position: > 0 } signed)
        {
            return;
        }

        byte[]? found = null;
        await foreach (var stored in reader.All(signed.Position - 1, 1, cancel))
        {
            found = stored.Row.Position == signed.Position ? stored.Chain : null;
        }

        if (found is null || !found.AsSpan().SequenceEqual(signed.Chain))
        {
            throw new RefusesToRunException(
                $"The journal does not hold what was signed at position {signed.Position}. Run verify, then restore.");
        }

        if (head.Position < signed.Position)
        {
            // Nothing is missing: since this silo read the head it has lost the lock, and another one has gone on.
            throw new FencedException("Another silo has gone on meanwhile; this one steps down.", null);
        }
    }

    private JournalHead? ReadSigned()
    {
        try
        {
            return signedHead.Read();
        }
        catch (Exception damage) when (damage is InvalidDataException or System.Text.Json.JsonException)
        {
            throw new RefusesToRunException(
                $"The signed head of the journal (keys/journal-head.json) was altered. Restore it, or run verify.");
        }
    }

    private async Task Start(JournalHead head, long answersFrom, CancellationToken cancel)
    {
        await keys.Preload(cancel);
        var reached = await store.Prepare(cancel);
        await mirrors.Load(store, cancel);
        foreach (var row in await outstanding.UnreturnedSends(cancel))
        {
            deliveries.Take(row);
        }

        // Behind the views' checkpoint the journal itself tells.
        for (var at = reached; at < head.Position;)
        {
            await foreach (var stored in reader.All(at, Limits.CatchUpRows, cancel))
            {
                mirrors.Take(stored.Row);
                deliveries.Take(stored.Row);
                at = stored.Row.Position;
            }
        }

        feed.Start(head.Position);
        headAtStart = head.Position;
        writer.Dropped += catalogue.DropVoid;
        await retention.Renew(cancel);
        await LeavePredecessor(answersFrom, cancel);
        background.Add(views.Run(reached, cancel));
        background.Add(deliveries.Run(cancel));
        background.Add(snapshots.Run(cancel));
        background.Add(retention.Run(cancel));
        background.Add(Sweep(cancel));
        foreach (var other in others)
        {
            await other.Start(cancel);
            background.Add(RunPatiently(other, cancel));
        }

        await LeaveLastSecond(head, cancel);
        ActiveSince = time.GetUtcNow();
        active.TrySetResult();
        log.LogInformation("Active at position {Position}, epoch {Epoch}.", head.Position, lease.Epoch);
    }

    // Until then the silo before this one may answer, from a memory that must still be true.
    private async Task LeavePredecessor(long answersFrom, CancellationToken cancel)
    {
        var wait = lease.Clock.GetElapsedTime(lease.Clock.GetTimestamp(), answersFrom);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, lease.Clock, cancel);
        }
    }

    // Gates sign whole seconds, and sequence numbers used before are not remembered: a request that an earlier silo
    // took must lie in a second before this one.
    private async Task LeaveLastSecond(JournalHead head, CancellationToken cancel)
    {
        if (await reader.At(head.Position, cancel) is not { } last)
        {
            return;
        }

        var next = DateTimeOffset.FromUnixTimeSeconds(last.At.ToUnixTimeSeconds() + 1);
        var wait = next - time.GetUtcNow();
        if (wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(1))
        {
            await Task.Delay(wait, time, cancel);
        }
    }

    private async Task RunUntilEnd(CancellationToken cancel)
    {
        // Whatever ends first ends the silo: half a silo is worse than none.
        var first = await Waits.First([writer.Ended, .. background], cancel);
        await first;
    }

    // What only looks on waits until the database is back; the journal's own connection decides whether the silo lives.
    private async Task RunPatiently(IStartsWithSilo other, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await other.Run(cancel);
                return;
            }
            catch (Exception away) when (DatabaseAway.Is(away))
            {
                log.LogWarning("{Part} waits for the database: {Reason}.", other.GetType().Name, away.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancel);
            }
        }
    }

    private async Task Sweep(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(15), time, cancel);
            catalogue.Sweep(Limits.ActivationIdle);
            catalogue.SnapshotBusy();
        }
    }
}

/// <summary>Something that runs only while this silo is active.</summary>
public interface IStartsWithSilo
{
    /// <summary>Prepares; commands are taken already.</summary>
    Task Start(CancellationToken cancel);

    /// <summary>Runs until cancelled; run again when the database went away in the middle of it.</summary>
    Task Run(CancellationToken cancel);
}
