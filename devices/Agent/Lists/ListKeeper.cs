using System.Globalization;
using SmartClub.Agent.Link;
using SmartClub.Agent.Store;

namespace SmartClub.Agent.Lists;

/// <summary>
/// Keeps the list new: every minute, at once when the silo says so, and whole once a day, so that nothing that ever
/// went wrong with it stays.
/// </summary>
public sealed class ListKeeper(AgentStore store, SiloLink link, KeptList list, TimeProvider clock)
    : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WholeEvery = TimeSpan.FromHours(24);
    private readonly SemaphoreSlim _wanted = new(0);

    /// <summary>Is called after the list has changed.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>Fetches the list soon.</summary>
    public void Want() => _wanted.Release();

    /// <summary>Fetches the list now. False: the silo is away, or its list is not to be believed.</summary>
    public async Task<bool> Sync(CancellationToken stop)
    {
        var isWholeDue = link.Now >= WholeAt();
        var isTaken = await Take(isWholeDue ? 0 : list.Version, stop) || await Take(0, stop);
        if (isTaken)
        {
            store.Together(() =>
            {
                store.Set("last_time", link.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
                if (isWholeDue)
                {
                    store.Set(
                        "whole_at",
                        (link.Now + WholeEvery).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
                }
            });
            Changed();
        }

        return isTaken;
    }

    /// <summary>Keeps it new until stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (true)
        {
            if (link.IsUp)
            {
                await Sync(stop);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(_wanted.WaitAsync(either.Token), Task.Delay(Every, clock, either.Token));
            await either.CancelAsync();
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wanted.Dispose();

    private DateTimeOffset WholeAt() => DateTimeOffset.FromUnixTimeMilliseconds(store.Number("whole_at"));

    private async Task<bool> Take(long since, CancellationToken stop) =>
        await link.FetchList(since, stop) is { } answer && list.Take(answer, link.ClubKey, link.Identity.Id);
}
