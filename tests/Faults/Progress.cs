namespace SmartClub.Tests.Faults;

/// <summary>Counts acknowledged answers, so that faults come after so many of them and not after some time.</summary>
internal sealed class Progress
{
    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];
    private int count;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return count;
            }
        }
    }

    /// <summary>Completes after so many further answers.</summary>
    public Task After(int more)
    {
        lock (gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((count + more, reached));
            return reached.Task;
        }
    }

    public void One()
    {
        lock (gate)
        {
            count++;
            waiting.RemoveAll(w => w.Count <= count && w.Reached.TrySetResult());
        }
    }
}
