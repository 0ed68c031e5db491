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

        var wait = new TaskCompletionSource<Answered?>();
        var slot = new Slot(time.GetTimestamp()) { Wait = wait };
        slots.Enqueue(slot);
        _ = Complete(answer, wait, slot);
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
            while (slots.TryPeek(out var first)
                && (first.Wait is null || time.GetElapsedTime(first.Since) >= Limits.GateWait))
            {
                slots.TryDequeue(out _);
                first.Wait?.TrySetResult(null);
            }
        }
    }

    private static async Task Complete(Task<Answered> answer, TaskCompletionSource<Answered?> wait, Slot slot)
    {
        try
        {
            var told = await answer;
            slot.Wait = null;
            wait.TrySetResult(told);
        }
        catch (Exception fault)
        {
            slot.Wait = null;
            wait.TrySetException(fault);
        }
    }

    // What stays in the queue until its time is over; it lets go of the answer as soon as that is given.
    private sealed class Slot(long since)
    {
        public long Since { get; } = since;

        public TaskCompletionSource<Answered?>? Wait { get; set; }
    }
}
