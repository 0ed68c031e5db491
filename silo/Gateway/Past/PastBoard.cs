using SmartClub.Grains.Members;
using SmartClub.Silo.Gateway.Live;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Past;

/// <summary>
/// The live board as it was at a moment: the day before it is read from the journal once more, through the same board.
/// Who was inside when that day began is folded from their own rows, and of gates what the journal knows is told.
/// Badges that nobody had stand in no journal and are not shown.
/// </summary>
public sealed class PastBoard(
    PassageLists lists, JournalReader journal, Feed feed, LiveStart start, NameMirror names, GateMirror gates,
    SiteMirror sites, ZoneMirror zones, PastSetUp setUp, PastGates pastGates)
{
    // Longer than anybody stays; where exits are not seen, everybody who ever came would else still be there.
    private static readonly TimeSpan StayMost = TimeSpan.FromDays(30);

    /// <summary>The board at a moment.</summary>
    public async Task<LiveSnapshot> At(DateTimeOffset at, CancellationToken cancel)
    {
        var until = await setUp.LastPosition(at, cancel);
        var from = await start.FirstOfTheDay(at, cancel);
        var clock = new StillClock(at);
        var board = new LiveBoard(feed, start, names, gates, sites, zones, clock);
        board.ShowInside(await InsideAt(from, at, cancel));
        var left = (int)Math.Min(until - from, Limits.PastRows);
        var page = new List<JournalRow>(Limits.CatchUpRows);
        var traces = new GateTraces();
        await foreach (var (row, _, _) in journal.All(until - left, left, cancel))
        {
            page.Add(row);
            traces.See(row);
            if (page.Count == Limits.CatchUpRows)
            {
                board.Apply(page);
                page.Clear();
            }
        }

        if (page.Count > 0)
        {
            board.Apply(page);
        }

        return Snapshot(
            board, at, until, await setUp.Sites(until, cancel), await setUp.Zones(until, cancel),
            await pastGates.At(until, traces, cancel));
    }

    private LiveSnapshot Snapshot(
        LiveBoard board, DateTimeOffset at, long until, HashSet<SiteId> knownSites, HashSet<ZoneId> knownZones,
        IReadOnlyList<LiveGate> doors)
    {
        var (_, decisions, counts, today) = board.All();
        var inside = counts.ToDictionary(count => count.Id);
        return new LiveSnapshot(
            until,
            at,
            [.. sites.All.Where(s => knownSites.Contains(s.Id)).OrderBy(s => s.Name, StringComparer.Ordinal)
                .Select(s => new LiveSite(s.Id, s.Name, s.TimeZone.Id, s.Currency))],
            [.. zones.All.Where(z => knownZones.Contains(z.Id)).OrderBy(z => z.Name, StringComparer.Ordinal)
                .Select(z => new LiveZone(
                    z.Id, z.SiteId, z.Name, inside.GetValueOrDefault(z.Id)?.Inside ?? 0, z.Capacity,
                    inside.GetValueOrDefault(z.Id)?.Estimated ?? false))],
            doors,
            today,
            decisions);
    }

    private async Task<List<(MemberId Member, ZoneId Zone, DateTimeOffset Since)>> InsideAt(
        long position, DateTimeOffset at, CancellationToken cancel)
    {
        var inside = new List<(MemberId, ZoneId, DateTimeOffset)>();
        if (await journal.At(position, cancel) is not { } edge)
        {
            return inside;
        }

        // The view only says whom to ask; their own rows decide.
        foreach (var member in await lists.MaybeInside(edge.At, at - StayMost, cancel))
        {
            var state = new MemberState();
            var rows = await journal.Stream(member.Grain, 0, cancel);
            foreach (var happened in rows.TakeWhile(row => row.Position <= position).SelectMany(row => row.Events))
            {
                state.Apply(happened);
            }

            inside.AddRange(state.Presences.Where(p => p.IsInside).Select(p => (member, p.ZoneId, p.EnteredAt)));
        }

        return inside;
    }

    private sealed class StillClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
