using System.Collections.Concurrent;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Past;

/// <summary>Which places the club had at a moment. Made once and never changed: their first row tells.</summary>
public sealed class PastSetUp(JournalReader journal, GateMirror gates, ZoneMirror zones, SiteMirror sites)
{
    // Bounded by the number of places; what a first row says never changes.
    private readonly ConcurrentDictionary<GrainId, long> madeAt = new();

    /// <summary>The last position that was written at or before a moment.</summary>
    public async Task<long> LastPosition(DateTimeOffset at, CancellationToken cancel) =>
        await journal.FirstSince(at.AddTicks(1), cancel) - 1;

    /// <summary>Gates that were there at a position.</summary>
    public Task<HashSet<GateId>> Gates(long position, CancellationToken cancel) =>
        There(gates.All.Select(g => g.Id), id => id.Grain, position, cancel);

    /// <summary>Zones that were there at a position.</summary>
    public Task<HashSet<ZoneId>> Zones(long position, CancellationToken cancel) =>
        There(zones.All.Select(z => z.Id), id => id.Grain, position, cancel);

    /// <summary>Sites that were there at a position.</summary>
    public Task<HashSet<SiteId>> Sites(long position, CancellationToken cancel) =>
        There(sites.All.Select(s => s.Id), id => id.Grain, position, cancel);

    private async Task<HashSet<TId>> There<TId>(
        IEnumerable<TId> ids, Func<TId, GrainId> grainOf, long position, CancellationToken cancel)
    {
        var there = new HashSet<TId>();
        foreach (var id in ids)
        {
            var grain = grainOf(id);
            if (!madeAt.TryGetValue(grain, out var made))
            {
                made = (await journal.Before(grain, 2, 1, cancel)) is [var first] ? first.Position : long.MaxValue;
                madeAt.TryAdd(grain, made);
            }

            if (made <= position)
            {
                there.Add(id);
            }
        }

        return there;
    }
}
