using System.Collections.Concurrent;
using SmartClub.Silo.Engines;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>
/// Gives up waiting for answers after <see cref="Limits.GateWait"/>. All waits are equally long, so one queue in order
/// of arrival and one ticking loop serve them all: a timer per scan would cost more than the decision.
/// </summary>
public sealed class LateAnswers(TimeProvider time) : IStartsWithSilo
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);
    private readonly ConcurrentQueue<Wait> waits = new();

    /// <summary>The answer, or null once it is late. A late answer still takes effect and is found by a repeat.</summary>
    public Task<Answered?> Within(Task<Answered> answer)
    {
        if (answer.IsCompletedSuccessfully)
        {
            return Task.FromResult<Answered?>(answer.Result);
        }

        var wait = new Wait(time.GetTimestamp());
        waits.Enqueue(wait);
        _ = Complete(answer, wait);
        return wait.Task;
    }

    /// <inheritdoc/>
    public Task Start(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            while (waits.TryPeek(out var first)
                && (first.Task.IsCompleted || time.GetElapsedTime(first.Since) >= Limits.GateWait))
            {
                waits.TryDequeue(out _);
                first.TrySetResult(null);
            }
        }
    }

    private static async Task Complete(Task<Answered> answer, Wait wait)
    {
        try
        {
            wait.TrySetResult(await answer);
        }
        catch (Exception fault)
        {
            wait.TrySetException(fault);
        }
    }

    // Continuations run inline on the thread that releases the batch, as those of the row itself do.
    private sealed class Wait(long since) : TaskCompletionSource<Answered?>
    {
        public long Since { get; } = since;
    }
}
