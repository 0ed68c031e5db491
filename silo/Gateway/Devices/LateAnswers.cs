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
    private readonly ConcurrentQueue<Slot> slots = new();

    /// <summary>
    /// The answer, or null once it is late. A late answer still takes effect and is found by a repeat.
    /// </summary>
    public Task<Answered?> Within(Task<Answered> answer)
    {
        if (answer.IsCompletedSuccessfully)
        {
            return Task.FromResult<Answered?>(answer.Result);
        }

        var slot = new Slot(time.GetTimestamp(), answer);
        slots.Enqueue(slot);
        return slot.Wait();
    }

    /// <inheritdoc/>
    public Task Start(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            while (slots.TryPeek(out var first)
                && (first.IsOver || time.GetElapsedTime(first.Since) >= Limits.GateWait))
            {
                slots.TryDequeue(out _);
                first.GiveUp();
            }
        }
    }

    // What stays in the queue until its time is over; it lets go of the answer as soon as that is given.
    private sealed class Slot(long since, Task<Answered> answer)
    {
        private Task<Answered>? awaited = answer;
        private TaskCompletionSource<Answered?>? wait = new();

        public long Since { get; } = since;

        public bool IsOver => Volatile.Read(ref wait) is null;

        public Task<Answered?> Wait()
        {
            var told = wait!.Task;
            awaited!.GetAwaiter().UnsafeOnCompleted(Tell);
            return told;
        }

        public void GiveUp() => Interlocked.Exchange(ref wait, null)?.TrySetResult(null);

        private void Tell()
        {
            var done = Interlocked.Exchange(ref awaited, null)!;
            if (Interlocked.Exchange(ref wait, null) is not { } waiting)
            {
                // Nobody waits any more; whoever repeats the scan hears what came of it.
                _ = done.Exception;
            }
            else if (done.IsCompletedSuccessfully)
            {
                waiting.TrySetResult(done.Result);
            }
            else
            {
                waiting.TrySetException(done.Exception?.InnerExceptions ?? [new TaskCanceledException(done)]);
            }
        }
    }
}
