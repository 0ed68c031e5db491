using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views;

/// <summary>The view is not there yet; the caller asks again.</summary>
public sealed class ViewBehindException() : Exception("view_behind");

/// <summary>
/// Follows the journal and keeps the views' rows. Under load it merges what happens to one row and rests between
/// writes, so that lists cost a bounded share of the machine; a query that waits for its own write wakes it.
/// </summary>
public sealed class ViewRunner(IViewStore store, Feed feed, TimeProvider time, ILogger<ViewRunner> log)
{
    // Writing may take a tenth of one core's time: after each write the runner rests nine times as long.
    private const int RestFactor = 9;
    private static readonly TimeSpan MergeEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly List<(long Position, TaskCompletionSource Reached)> waiting = [];
    private TaskCompletionSource hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long reached;

    /// <summary>The position that all views have reached.</summary>
    public long Reached => Interlocked.Read(ref reached);

    /// <summary>Waits until the views show a position.</summary>
    /// <exception cref="ViewBehindException">It takes longer than <see cref="Limits.ViewWait"/>.</exception>
    public async Task WaitFor(long position, CancellationToken cancel)
    {
        if (position <= Reached)
        {
            return;
        }

        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            // Looked at again inside the lock: who has just been passed would wait for the next row.
            if (position <= Reached)
            {
                return;
            }

            waiting.Add((position, wait));
            hurry.TrySetResult();
        }

        try
        {
            await wait.Task.WaitAsync(Limits.ViewWait, time, cancel);
        }
        catch (TimeoutException)
        {
            throw new ViewBehindException();
        }
        finally
        {
            lock (gate)
            {
                waiting.RemoveAll(w => w.Reached == wait);
            }
        }
    }

    /// <summary>Follows the journal until cancelled.</summary>
    public async Task Run(long from, CancellationToken cancel)
    {
        SetReached(from);
        var batch = new ViewBatch(store.Tables);
        var at = from;
        var (wrote, rest) = (time.GetTimestamp(), TimeSpan.Zero);
        while (!cancel.IsCancellationRequested)
        {
            if (at == Reached)
            {
                await feed.Past(at).Or(cancel);
            }

            at = Merge(await feed.Read(at, cancel), batch, at);

            // Merging goes on while writing rests: the runner stays near the head, where rows are in memory still.
            var left = rest - time.GetElapsedTime(wrote);
            if (left > TimeSpan.Zero && batch.Count < Limits.ViewBatchRows && !IsAwaited(at))
            {
                await Rest(Shorter(left, MergeEvery), at, cancel);
                continue;
            }

            var began = time.GetTimestamp();
            await Flush(batch, at, cancel);
            wrote = time.GetTimestamp();
            rest = Shorter(time.GetElapsedTime(began, wrote) * RestFactor, LongestRest);
        }
    }

    private long Merge(IReadOnlyList<JournalRow> rows, ViewBatch batch, long at)
    {
        foreach (var row in rows)
        {
            foreach (var view in store.Views)
            {
                if (view.Concerns(row))
                {
                    foreach (var change in view.Map(row))
                    {
                        batch.Add(change);
                    }
                }
            }

            at = row.Position;
        }

        return at;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task Flush(ViewBatch batch, long to, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                // After a broken connection the commit may have happened: the checkpoint tells.
                if (attempt == 0 || await store.Reached(cancel) != to)
                {
                    await store.Advance(batch, Reached, to, cancel);
                }

                batch.Clear();
                SetReached(to);
                return;
            }
            catch (Exception away) when (DatabaseAway.Is(away))
            {
                log.LogWarning("The views wait for the database: {Reason}.", away.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(100 << Math.Min(attempt, 4)), time, cancel);
            }
        }
    }

    private async Task Rest(TimeSpan length, long at, CancellationToken cancel)
    {
        TaskCompletionSource woken;
        lock (gate)
        {
            if (waiting.Exists(w => w.Position <= at))
            {
                return;
            }

            woken = hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // Less than a timer's millisecond would not rest at all, and go round and round instead.
        await woken.For(length > Tick ? length : Tick, time, cancel);
    }

    private bool IsAwaited(long at)
    {
        lock (gate)
        {
            return waiting.Exists(w => w.Position <= at);
        }
    }

    private void SetReached(long position)
    {
        Interlocked.Exchange(ref reached, position);
        lock (gate)
        {
            foreach (var (_, wait) in waiting.Where(w => w.Position <= position))
            {
                wait.TrySetResult();
            }
        }
    }
}
