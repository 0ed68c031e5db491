using System.Globalization;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Gateway.Requests;

/// <summary>A list, and the position up to which it is known to be complete.</summary>
public sealed record ListAnswer<TItem>(IReadOnlyList<TItem> Items, long AsOf);

/// <summary>Reads that wait for what their caller has just written.</summary>
public sealed class ReadAfter(ViewRunner views, Feed feed)
{
    /// <summary>Waits until the views show the position in <c>?after=</c>, if there is one; then reads.</summary>
    public async Task<IResult> Then(string? after, Func<Task<IResult>> read, CancellationToken cancel)
    {
        if (!TryRead(after, out var position))
        {
            return Problems.Of("invalid_position");
        }

        await views.WaitFor(position ?? 0, cancel);
        return await read();
    }

    /// <summary>Reads a list that is held in memory, with the position it is complete up to.</summary>
    public Task<IResult> List<TItem>(string? after, Func<IEnumerable<TItem>> items, CancellationToken cancel) =>
        Then(
            after,
            () =>
            {
                // Memory moves before the feed's head does, so the head that was seen first is surely in it.
                var asOf = feed.Head;
                return Task.FromResult(Results.Json(new ListAnswer<TItem>([.. items()], asOf), ApiJson.Options));
            },
            cancel);

    /// <summary>Waits until the views show all that is committed now.</summary>
    public Task CatchUp(CancellationToken cancel) => views.WaitFor(feed.Head, cancel);

    /// <summary>Reads a position; null where none is given.</summary>
    public static bool TryRead(string? text, out long? position)
    {
        position = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var ok = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        position = number;
        return ok;
    }
}
