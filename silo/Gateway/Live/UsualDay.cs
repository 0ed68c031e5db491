using System.Collections.Concurrent;
using SmartClub.Grains.Model;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Live;

/// <summary>How many are usually inside at a moment of the day: the middle of past days, and the half around it.
/// </summary>
public sealed record UsualSlot(double Low, double Middle, double High);

/// <summary>A site's day beside what this weekday usually is.</summary>
/// <param name="SiteId">Which site.</param>
/// <param name="Day">Its day today.</param>
/// <param name="Days">How many past days are compared.</param>
/// <param name="SlotMinutes">How far the moments are apart; the first is midnight.</param>
/// <param name="Usual">The usual day; null: too few past days to tell.</param>
/// <param name="Today">How many were inside today, up to now.</param>
/// <param name="IsEstimated">Whether somebody's leaving was not seen, so that the figures of today are a guess.</param>
public sealed record UsualDayAnswer(
    SiteId SiteId, DateOnly Day, int Days, int SlotMinutes, IReadOnlyList<UsualSlot>? Usual, IReadOnlyList<int> Today,
    bool IsEstimated);

/// <summary>Compares today with the same weekday of the last weeks, from the visits.</summary>
public sealed class UsualDay(
    VisitQueries visits, SiteMirror sites, ZoneMirror zones, GateMirror gates, TimeProvider time)
{
    private const int SlotMinutes = 30;
    private const int Slots = 24 * 60 / SlotMinutes;
    private readonly ConcurrentDictionary<SiteId, (DateTimeOffset At, UsualDayAnswer Answer)> known = new();

    /// <summary>The day of a site; null: there is no such site.</summary>
    public async Task<UsualDayAnswer?> Find(SiteId id, CancellationToken cancel)
    {
        if (sites.Find(id) is not { } site)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (known.TryGetValue(id, out var kept) && now - kept.At < Limits.BusyAge && kept.At <= now)
        {
            return kept.Answer;
        }

        var today = site.Day(now);
        List<ZoneId> here = [.. zones.All.Where(z => z.SiteId == id).Select(z => z.Id)];
        List<ZoneId> withExits =
            [.. here.Where(z => gates.All.Any(g => g.ZoneId == z && g.Direction != GateDirection.In))];
        var (days, isUnseen) = await visits.Curves(
            here, withExits,
            [.. Enumerable.Range(0, Limits.UsualWeeks + 1).Select(week => site.StartOf(today.AddDays(-7 * week)))],
            Slots, SlotMinutes, cancel);
        var past = days.Skip(1).Where(day => day.Any(count => count > 0)).ToList();
        var gone = (int)((now - site.StartOf(today)).TotalMinutes / SlotMinutes) + 1;
        var answer = new UsualDayAnswer(
            id, today, past.Count, SlotMinutes,
            past.Count < Limits.UsualDays ? null : [.. Enumerable.Range(0, Slots).Select(slot => Usual(past, slot))],
            [.. days[0].Take(gone)],
            isUnseen || withExits.Count < here.Count);
        known[id] = (now, answer);
        return answer;
    }

    private static UsualSlot Usual(List<int[]> days, int slot)
    {
        var counts = days.ConvertAll(day => day[slot]);
        counts.Sort();
        return new UsualSlot(Quantile(counts, 0.25), Quantile(counts, 0.5), Quantile(counts, 0.75));
    }

    private static double Quantile(List<int> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return Math.Round(sorted[below] + ((sorted[above] - sorted[below]) * (place - below)), 1);
    }
}
