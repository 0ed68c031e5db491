using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>From when to when a site is open; instants, so that a phone in another zone is right as well.</summary>
public sealed record OpenSpanAnswer(DateTimeOffset From, DateTimeOffset To);

/// <summary>A day of a site: its hours, and its name where it differs from the week.</summary>
public sealed record OpenDayAnswer(DateOnly Day, bool Special, string? Name, IReadOnlyList<OpenSpanAnswer> Spans);

/// <summary>When a site is open: yesterday, since a night may not be over, the week that comes, and days that differ.
/// </summary>
public sealed record SiteHoursAnswer(
    string SiteId, string Site, string TimeZone, DateOnly Today, IReadOnlyList<OpenDayAnswer> Days);

/// <summary>Tells members when the sites are open that their memberships open, or all where there is none.</summary>
public sealed class HoursDesk(IGrains grains, ZoneMirror zones, SiteMirror sites, TimeProvider time)
{
    /// <summary>The hours.</summary>
    public async Task<IReadOnlyList<SiteHoursAnswer>> Hours(MemberId member)
    {
        var open = await grains.Read<MemberState, List<ZoneId>>(member.Grain, m =>
            [.. m.Memberships.Where(s => !s.HasEnded).SelectMany(s => s.Terms.Entitlements).Select(e => e.ZoneId)]);
        var theirs = open.Select(id => zones.Find(id)?.SiteId).OfType<SiteId>().ToHashSet();
        return
        [
            .. sites.All.Where(s => s.Hours is not null && (theirs.Count == 0 || theirs.Contains(s.Id)))
                .OrderBy(s => s.Name, StringComparer.Ordinal).Take(Limits.HoursSites).Select(Of),
        ];
    }

    private SiteHoursAnswer Of(SiteFacts site)
    {
        var today = site.Day(time.GetUtcNow());
        var week = Enumerable.Range(-1, 9).Select(today.AddDays);
        var later = site.Hours!.Days.Select(d => d.Day)
            .Where(day => day > today.AddDays(7) && day <= today.AddDays(Limits.HoursDays)).Order();
        return new SiteHoursAnswer(
            site.Id.ToString(), site.Name, site.TimeZone.Id, today, [.. week.Concat(later).Select(d => Of(site, d))]);
    }

    private static OpenDayAnswer Of(SiteFacts site, DateOnly day)
    {
        var special = site.Hours!.Special(day);
        return new OpenDayAnswer(
            day, special is not null, special?.Name,
            [
                .. site.Hours.On(day).Select(span => new OpenSpanAnswer(
                    site.At(day, span.From),
                    site.At(span.To <= span.From ? day.AddDays(1) : day, span.To))),
            ]);
    }
}
