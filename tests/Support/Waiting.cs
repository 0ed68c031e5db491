namespace SmartClub.Tests.Support;

/// <summary>Waits for something that must happen. A wait that ends by time says what did not.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Happens(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
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
