namespace SmartClub.Tests.Support;

/// <summary>Waits for something that must happen. A wait that ends by time says what did not.</summary>
internal static class Waiting
{
    public static async Task Happens(this Task task, string what, double minutes = 0.5)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromMinutes(minutes));
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Did not happen: {what}.");
        }
    }

    public static async Task<T> Happens<T>(this Task<T> task, string what)
    {
        await ((Task)task).Happens(what);
        return await task;
    }

    public static Task Happens(this ValueTask task, string what) => task.AsTask().Happens(what);
}
