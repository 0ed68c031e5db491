using System.Collections.Concurrent;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>How busy a zone is, and how it usually is at each hour of this weekday; null: not known yet.</summary>
public sealed record BusyAnswer(
    string ZoneId, string Zone, string Site, int Inside, bool Estimated, int? Capacity, int Hour,
    IReadOnlyList<int>? Usual);

/// <summary>A visit of the member.</summary>
public sealed record VisitAnswer(
    DateTimeOffset EnteredAt, DateTimeOffset? LeftAt, string Zone, string Site, string TimeZone);

/// <summary>Tells members how busy the zones are that their memberships open, and where they were.</summary>
public sealed class BusyDesk(
    IGrains grains, VisitQueries visits, ZoneMirror zones, SiteMirror sites, TimeProvider time)
{
    private readonly ConcurrentDictionary<ZoneId, (DateTimeOffset At, BusyAnswer Answer)> known = new();

    /// <summary>How busy it is where the member may go.</summary>
    public async Task<IReadOnlyList<BusyAnswer>> Busy(MemberId member, CancellationToken cancel)
    {
        var open = await grains.Read<MemberState, List<ZoneId>>(member.Grain, m =>
        [
            .. m.Memberships.Where(s => !s.HasEnded).SelectMany(s => s.Terms.Entitlements).Select(e => e.ZoneId)
                .Distinct().Take(Limits.BusyZones),
        ]);
        var answers = new List<BusyAnswer>();
        foreach (var id in open)
        {
            if (zones.Find(id) is { } zone && sites.Find(zone.SiteId) is { } site)
            {
                answers.Add(await Busy(zone, site, cancel));
            }
        }

        return answers;
    }

    /// <summary>Where the member was.</summary>
    public async Task<IReadOnlyList<VisitAnswer>> Visits(MemberId member, CancellationToken cancel) =>
    [
        .. (await visits.Last(member, cancel)).Select(visit =>
        {
            var zone = zones.Find(visit.Zone);
            var site = zone is null ? null : sites.Find(zone.SiteId);
            return new VisitAnswer(
                visit.EnteredAt, visit.LeftAt, zone?.Name ?? "", site?.Name ?? "", site?.TimeZone.Id ?? "UTC");
        }),
    ];

    private async Task<BusyAnswer> Busy(ZoneFacts zone, SiteFacts site, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(zone.Id, out var kept) && now - kept.At < Limits.BusyAge && kept.At <= now)
        {
            return kept.Answer;
        }

        var oldest = zone.ForgivenessMinutes == 0
            ? DateTimeOffset.UnixEpoch
            : now.AddMinutes(-zone.ForgivenessMinutes);
        var (inside, hasForgiven) = await visits.Inside(zone.Id, oldest, cancel);
        var today = site.Day(now);
        var usual = await visits.Usual(
            zone.Id,
            [.. Enumerable.Range(1, Limits.UsualWeeks).Select(week => site.StartOf(today.AddDays(-7 * week)))],
            cancel);
        var answer = new BusyAnswer(
            zone.Id.ToString(), zone.Name, site.Name, inside, hasForgiven, zone.Capacity, site.Local(now).Hour, usual);
        known[zone.Id] = (now, answer);
        return answer;
    }
}
