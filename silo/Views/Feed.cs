using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views;

/// <summary>
/// The last committed rows, in memory, for whoever follows the journal: views, live screens. Followers keep their own
/// place; who has fallen further behind than the ring reads the database, so a slow one costs nobody anything.
/// </summary>
public sealed class Feed(JournalReader reader) : ICommitListener
{
    private readonly JournalRow?[] ring = new JournalRow?[Limits.FeedRows];
    private readonly Lock gate = new();
    private long first = 1;
    private long head;
    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last position that followers can have.</summary>
    public long Head => Interlocked.Read(ref head);

    /// <summary>Begins behind a head that was there before this silo.</summary>
    public void Start(long position)
    {
        first = position + 1;
        head = position;
    }

    /// <inheritdoc/>
    public void Committed(IReadOnlyList<PendingRow> rows)
    {
        TaskCompletionSource wake;
        lock (gate)
        {
            foreach (var row in rows)
            {
                ring[row.Position % ring.Length] = row;
            }

            Interlocked.Exchange(ref head, rows[^1].Position);
            first = Math.Max(first, head - ring.Length + 1);
            wake = moved;
            moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        wake.SetResult();
    }

    /// <summary>Completes when the journal is past a position.</summary>
    public Task Past(long position)
    {
        lock (gate)
        {
            return head > position ? Task.CompletedTask : moved.Task;
        }
    }

    /// <summary>Rows after a position, in order: at most <see cref="Limits.CatchUpRows"/>, empty at the head.</summary>
    public async Task<IReadOnlyList<JournalRow>> Read(long after, CancellationToken cancel)
    {
        lock (gate)
        {
            if (after >= head)
            {
                return [];
            }

            if (after + 1 >= first)
            {
                var count = (int)Math.Min(head - after, Limits.CatchUpRows);
                var rows = new JournalRow[count];
                for (var i = 0; i < count; i++)
                {
                    rows[i] = ring[(after + 1 + i) % ring.Length]!;
                }

                return rows;
            }
        }

        var stored = new List<JournalRow>();
        await foreach (var row in reader.All(after, Limits.CatchUpRows, cancel))
        {
            stored.Add(row.Row);
        }

        return stored;
    }
}
