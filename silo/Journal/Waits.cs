namespace SmartClub.Silo.Journal;

/// <summary>
/// Waits that go on in the context of who waits. What the framework offers for the same goes on in the thread pool
/// first, where nobody can decide about the order.
/// </summary>
internal static class Waits
{
    /// <summary>Waits for a task, or until cancelled.</summary>
    public static async Task Or(this Task awaited, CancellationToken cancel) => await First([awaited], cancel);

    /// <summary>The first of these tasks to end, one way or another.</summary>
    public static async Task<Task> First(IReadOnlyList<Task> tasks, CancellationToken cancel)
    {
        var first = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = cancel.Register(static f => ((TaskCompletionSource<Task>)f!).TrySetCanceled(), first);
        foreach (var task in tasks)
        {
            _ = Tell(task, first);
        }

        return await first.Task;
    }

    /// <summary>Waits until somebody sets this, for so long or until cancelled; it does not say which.</summary>
    public static Task For(
        this TaskCompletionSource woken, TimeSpan longest, TimeProvider time, CancellationToken cancel) =>
        Wait(woken, longest, DateTimeOffset.MaxValue, time, cancel);

    /// <summary>Waits until it is set, or until a moment of the clock, even one set forward in between.</summary>
    public static Task Until(
        this TaskCompletionSource woken, DateTimeOffset latest, TimeProvider time, CancellationToken cancel) =>
        Wait(woken, latest - time.GetUtcNow(), latest, time, cancel);

    private static async Task Wait(
        TaskCompletionSource woken, TimeSpan longest, DateTimeOffset latest, TimeProvider time,
        CancellationToken cancel)
    {
        using var end = cancel.Register(Wake, woken);
        using var timer = time.CreateTimer(
            Wake, woken, longest > TimeSpan.Zero ? longest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        if (time.GetUtcNow() >= latest)
        {
            Wake(woken);
        }

        await woken.Task;
    }

    private static async Task Tell(Task task, TaskCompletionSource<Task> first)
    {
        await task.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        first.TrySetResult(task);
    }

    private static void Wake(object? woken) => ((TaskCompletionSource)woken!).TrySetResult();
}
