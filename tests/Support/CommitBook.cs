using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Tests.Support;

/// <summary>The commits of a silo as they come: how many batches there were, and which rows.</summary>
internal sealed class CommitBook : ICommitListener
{
    private readonly Lock gate = new();
    private readonly List<IReadOnlyList<PendingRow>> batches = [];
    private readonly HashSet<CommandId> owed = [];
    private TaskCompletionSource? settled;
    private readonly List<(Func<PendingRow, bool> Is, TaskCompletionSource<PendingRow> Seen)> waiting = [];

    public IReadOnlyList<IReadOnlyList<PendingRow>> Batches
    {
        get
        {
            lock (gate)
            {
                return [.. batches];
            }
        }
    }

    public IReadOnlyList<PendingRow> Rows => [.. Batches.SelectMany(b => b)];

    /// <summary>Completes with the first row like this, past ones included.</summary>
    public Task<PendingRow> Row(Func<PendingRow, bool> isIt)
    {
        lock (gate)
        {
            if (batches.SelectMany(b => b).FirstOrDefault(isIt) is { } past)
            {
                return Task.FromResult(past);
            }

            var seen = new TaskCompletionSource<PendingRow>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((isIt, seen));
            return seen.Task;
        }
    }

    /// <summary>Completes when every send has come back, now or with a later commit.</summary>
    public Task Settled()
    {
        lock (gate)
        {
            settled ??= owed.Count > 0 ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            return settled?.Task ?? Task.CompletedTask;
        }
    }

    public void Committed(IReadOnlyList<PendingRow> rows)
    {
        lock (gate)
        {
            batches.Add(rows);
            foreach (var row in rows)
            {
                owed.UnionWith(row.Sends.Select(s => s.ReturnId));
                owed.ExceptWith(row.Finished);
            }

            if (owed.Count == 0)
            {
                settled?.TrySetResult();
                settled = null;
            }

            foreach (var (isIt, seen) in waiting)
            {
                if (rows.FirstOrDefault(isIt) is { } row)
                {
                    seen.TrySetResult(row);
                }
            }
        }
    }
}
