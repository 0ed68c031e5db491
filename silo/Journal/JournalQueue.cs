namespace SmartClub.Silo.Journal;

/// <summary>
/// Decided rows that wait for the next group commit. Positions are given out here, in the order in which decisions
/// are taken; rows that had to be dropped raise the generation, and whoever decided in an older one hears "no".
/// </summary>
internal sealed class JournalQueue(ISignal moved)
{
    private const int BusyRows = 8;
    private static readonly TimeSpan LongestLinger = TimeSpan.FromMilliseconds(1);
    private readonly object gate = new();
    private readonly Queue<PendingRow> filling = new();
    private long lastGiven;
    private int lastRows;
    private int wanted;
    private bool stopping;
    private bool closed;
    private volatile int generation;

    /// <summary>Rises when decided rows had to be dropped.</summary>
    public int Generation => generation;

    /// <summary>Rows that wait.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return filling.Count;
            }
        }
    }

    /// <summary>Whether a decision had better not be begun. Read without the lock: a few rows do no harm.</summary>
    public bool IsFull => stopping || filling.Count >= Limits.JournalQueueRows;

    /// <summary>Whether many are at it, who will soon bring more. Only the taking loop asks.</summary>
    public bool IsBusy => lastRows >= BusyRows;

    /// <summary>The next row follows on this position.</summary>
    public void Start(long position)
    {
        lock (gate)
        {
            lastGiven = position;
        }
    }

    /// <summary>
    /// Takes a row and gives it its position. False: it was decided on a state that is no longer true.
    /// </summary>
    public bool TryEnqueue(PendingRow row, int decidedIn)
    {
        lock (gate)
        {
            if (decidedIn != generation || closed)
            {
                return false;
            }

            row.Position = ++lastGiven;
            filling.Enqueue(row);
            if (filling.Count == 1 || filling.Count == wanted)
            {
                moved.Set();
            }

            return true;
        }
    }

    /// <summary>
    /// Waits for rows, but no longer than this: then there are none. Null: asked to stop, and nothing is left.
    /// </summary>
    public async ValueTask<List<PendingRow>?> NextBatch(TimeSpan longest)
    {
        if (IsEmpty())
        {
            if (!closed)
            {
                await moved.Wait(longest);
            }

            if (IsEmpty())
            {
                return closed ? null : [];
            }
        }

        if (IsWorthLingering())
        {
            await moved.Wait(LongestLinger);
        }

        return Take();
    }

    /// <summary>Takes no more decisions once what waits is committed; <paramref name="now"/>: not even that.</summary>
    public void Stop(bool now)
    {
        lock (gate)
        {
            stopping = true;
            closed |= now;
            moved.Set();
        }
    }

    /// <summary>Drops what waits; the next row follows on this position again.</summary>
    public List<PendingRow> Drop(long position)
    {
        lock (gate)
        {
            generation++;
            lastGiven = position;
            List<PendingRow> dropped = [.. filling];
            filling.Clear();
            return dropped;
        }
    }

    private bool IsEmpty()
    {
        lock (gate)
        {
            closed |= stopping && filling.Count == 0;
            return filling.Count == 0;
        }
    }

    // Callers that were just answered ask again within a moment. While many are at it, waiting for most of them makes
    // one commit of two, which costs each of them less time than it saves; a lone caller never waits.
    private bool IsWorthLingering()
    {
        lock (gate)
        {
            wanted = lastRows * 3 / 4;
            if (!IsBusy || filling.Count >= wanted || stopping)
            {
                return false;
            }

            // The signal of the first row has done its work; the next one says that enough are there.
            moved.Reset();
            return true;
        }
    }

    private List<PendingRow> Take()
    {
        lock (gate)
        {
            wanted = 0;
            var batch = new List<PendingRow>(Math.Min(filling.Count, Limits.BatchRows));
            var bytes = 0;
            while (batch.Count < Limits.BatchRows && bytes < Limits.BatchBytes && filling.TryDequeue(out var row))
            {
                bytes += row.Body.Length;
                batch.Add(row);
            }

            lastRows = batch.Count;
            return batch;
        }
    }
}
