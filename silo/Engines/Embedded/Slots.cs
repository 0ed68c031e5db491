namespace SmartClub.Silo.Engines.Embedded;

/// <summary>
/// A number of slots to take and give back, first come, first served. Whoever waits goes on where it was waiting, not
/// on some thread of the pool, which is what lets a simulator decide the order of everything.
/// </summary>
internal sealed class Slots(int free)
{
    private readonly LinkedList<TaskCompletionSource> waiting = new();
    private readonly Lock gate = new();

    /// <summary>Completes when there is a slot, which is the caller's from then on.</summary>
    public Task Take(CancellationToken cancel)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (gate)
        {
            if (free > 0 && !cancel.IsCancellationRequested)
            {
                free--;
                return Task.CompletedTask;
            }

            place = waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return Wait(place, cancel);
    }

    /// <summary>Gives a slot back, or adds one.</summary>
    public void GiveBack()
    {
        lock (gate)
        {
            while (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                if (first.Value.TrySetResult())
                {
                    return;
                }
            }

            free++;
        }
    }

    private static async Task Wait(LinkedListNode<TaskCompletionSource> place, CancellationToken cancel)
    {
        using var end = cancel.Register(static p => ((TaskCompletionSource)p!).TrySetCanceled(), place.Value);
        await place.Value.Task;
    }
}
