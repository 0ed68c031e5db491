using System.Buffers;
using Npgsql;
using SmartClub.Silo.Journal.Leasing;

namespace SmartClub.Silo.Journal;

/// <summary>
/// Appends rows: one loop, one connection, exactly one batch in flight while the next one fills. Positions are
/// given out in memory, in the order in which decisions are taken; the database only confirms them.
/// </summary>
/// <remarks>
/// Whatever goes wrong, nothing is released that is not durable. A broken connection leaves the result unknown: the
/// writer connects anew, reads the head and goes on from what is there. A server that says no fails the batch and
/// everything decided after it; <see cref="Generation"/> rises and activations of an older generation are void. That
/// rule is virtual so that the simulator can break it and show that it notices.
/// </remarks>
public class JournalWriter(
    IAppendingConnection connection, Lease lease, KeyRing keyRing, ISignedHead signedHead, IWorkers workers,
    TimeProvider time, ILogger<JournalWriter> log)
{
    private readonly ArrayBufferWriter<byte> copy = new(1024 * 1024);
    private readonly JournalQueue queue = new(workers.NewSignal());
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<ICommitListener> listeners = [];
    private bool isStarted;
    private JournalHead head;
    private long signedTicks;
    private Task signing = Task.CompletedTask;
    private long batches;
    private List<PendingRow> inFlight = [];
    private long durable;

    /// <summary>Raised on the writer's thread when decided rows had to be dropped, after the generation rose.</summary>
    public event Action? Dropped;

    /// <summary>Rises when decided rows had to be dropped.</summary>
    public virtual int Generation => queue.Generation;

    /// <summary>Group commits so far.</summary>
    public long Batches => Interlocked.Read(ref batches);

    /// <summary>The last durable position.</summary>
    public long DurablePosition => Interlocked.Read(ref durable);

    /// <summary>Rows that wait.</summary>
    public int QueueLength => queue.Count;

    /// <summary>Completes when the writer is fenced or asked to stop; a fault means that the silo must end.</summary>
    public Task Ended => ended.Task;

    /// <summary>
    /// Begins at a head that was read under the club's lock; listeners hear of commits in this order.
    /// </summary>
    public void Start(JournalHead at, IReadOnlyList<ICommitListener> hear)
    {
        listeners = hear;
        head = at;
        queue.Start(at.Position);
        durable = at.Position;
        isStarted = true;
        workers.RunLoop("journal", Run);
    }

    /// <summary>
    /// Takes a row and gives it its position. False: the caller decided on a state that is no longer true.
    /// </summary>
    public virtual bool TryEnqueue(PendingRow row, int decidedIn) => queue.TryEnqueue(row, decidedIn);

    /// <summary>
    /// Asked before a decision, not at its end: a grain that has moved on must not find the door shut.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The queue is full.</exception>
    public void ThrowIfFull()
    {
        if (queue.IsFull)
        {
            throw new JournalUnavailableException("journal_full", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Commits what is queued, then ends; completes when it has.</summary>
    public Task Stop()
    {
        queue.Stop(now: false);
        return isStarted ? ended.Task : Task.CompletedTask;
    }

    private async Task Run()
    {
        try
        {
            while (await queue.NextBatch(lease.BeatIn) is { } batch)
            {
                if (batch.Count > 0)
                {
                    inFlight = batch;
                    await Write(batch);
                    inFlight = [];
                }

                // A commit is as good a sign of life as a beat, so a busy journal needs no beats.
                if (lease.BeatIn == TimeSpan.Zero)
                {
                    await Beat();
                }
            }

            await signing;
            Sign(head);
            lease.End();
            await connection.LetGo(lease.Epoch);
            connection.Dispose();
            ended.TrySetResult();
        }
        catch (Exception fault)
        {
            // Fenced, or a bug: in both cases this silo must not go on.
            lease.End();
            queue.Stop(now: true);
            FailAll(inFlight, fault);
            connection.Dispose();
            ended.TrySetException(fault);
        }
    }

    private ValueTask Beat() => Ask(async () =>
    {
        var sentAt = lease.Clock.GetTimestamp();
        await connection.Beat(lease.Epoch);
        lease.Renew(sentAt);
    });

    // What is asked beside the rows loses none of them when it fails.
    private async ValueTask Ask(Func<ValueTask> question)
    {
        try
        {
            await question();
        }
        catch (PostgresException refused) when (refused.InvariantSeverity == "ERROR")
        {
            log.LogError("The database refused what was asked beside the rows: {SqlState}.", refused.SqlState);
            await workers.Pause(Limits.BeatEvery);
        }
        catch (Exception broken) when (broken is NpgsqlException or IOException or ObjectDisposedException)
        {
            log.LogWarning("The database went away; reading the head.");
            await GoOnFrom(head);
        }
    }

    private async ValueTask Write(List<PendingRow> batch)
    {
        Interlocked.Increment(ref batches);
        var keys = keyRing.TakeUnsaved();
        var wrapped = keyRing.Wrap(keys);
        var next = Encode(batch);
        while (true)
        {
            var sentAt = lease.Clock.GetTimestamp();
            try
            {
                await connection.Append(copy.WrittenMemory, wrapped);
                lease.Renew(sentAt);
                break;
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                throw new FencedException("Another silo has appended; this one steps down.", refused);
            }
            catch (PostgresException refused) when (refused.InvariantSeverity == "ERROR")
            {
                log.LogError("The database refused a batch of {Rows} rows: {SqlState}.", batch.Count, refused.SqlState);
                keyRing.PutBack(keys);
                FailAll(batch, new JournalUnavailableException("journal_unavailable", TimeSpan.FromSeconds(2)));
                await GoOnFrom(head);
                return;
            }
            catch (Exception broken) when (broken is NpgsqlException or IOException or ObjectDisposedException)
            {
                log.LogWarning("The database went away during a batch of {Rows} rows; reading the head.", batch.Count);
                if (IsThere(await Reopen(), next))
                {
                    break;
                }
            }
        }

        Confirm(batch, next);
        if (!lease.IsHeld)
        {
            // It took longer than the lease; still ours, the journal may tell what waited for it.
            await Beat();
        }

        Release(batch);
        if (queue.IsBusy)
        {
            // While callers take their answers and decide anew, the database gets ready for what they bring.
            await Ask(() => connection.Prepare());
        }
    }

    private ValueTask<JournalHead> Reopen() => connection.Reopen(lease.Epoch, workers, time, log);

    // The driver gives up a connection whose COPY was refused, and with it goes the club's lock.
    private async ValueTask GoOnFrom(JournalHead expected)
    {
        if (!connection.IsOpen)
        {
            IsThere(await Reopen(), expected);
        }
    }

    // After an unknown result the head is either the batch's end (it was committed) or its beginning (it was not,
    // and goes again as it is). Anything else means that somebody else has written.
    private bool IsThere(JournalHead found, JournalHead expected)
    {
        if (found.Position == expected.Position && found.Chain.AsSpan().SequenceEqual(expected.Chain))
        {
            return true;
        }

        return found.Position == head.Position && found.Chain.AsSpan().SequenceEqual(head.Chain)
            ? false
            : throw new FencedException("The journal has moved on without this silo; it steps down.", null);
    }

    private JournalHead Encode(List<PendingRow> batch)
    {
        copy.ResetWrittenCount();
        copy.Write(JournalConnection.CopyHeader);
        var link = head.Chain;
        foreach (var row in batch)
        {
            link = Chain.Write(copy, row, row.Body, link);
        }

        copy.Write(JournalConnection.CopyTrailer);
        return new JournalHead(batch[^1].Position, link);
    }

    private void Confirm(List<PendingRow> batch, JournalHead next)
    {
        head = next;
        Interlocked.Exchange(ref durable, next.Position);
        foreach (var listener in listeners)
        {
            listener.Committed(batch);
        }

        if (signing.IsCompleted && time.GetElapsedTime(signedTicks) > Limits.SignedHeadEvery)
        {
            // Beside the loop: the file's own way to the disk must not hold up the next batch.
            signing = workers.Run(() => Sign(next));
            signedTicks = time.GetTimestamp();
        }
    }

    // A full disk must not stop the journal while the database still takes rows; the next second tries again.
    private void Sign(JournalHead at)
    {
        try
        {
            signedHead.Write(at);
        }
        catch (IOException fault)
        {
            log.LogWarning("The signed head was not written: {Reason}.", fault.GetType().Name);
        }
    }

    private void Release(List<PendingRow> batch) => workers.Queue(
        static rows =>
        {
            foreach (var row in rows)
            {
                row.Release();
            }
        },
        batch);

    private void FailAll(List<PendingRow> batch, Exception reason)
    {
        List<PendingRow> dropped = [.. batch, .. queue.Drop(head.Position)];
        Dropped?.Invoke();
        foreach (var row in dropped)
        {
            workers.Queue(static p => p.row.Fail(p.reason), (row, reason));
        }
    }
}
