using System.Text.Json.Serialization;

namespace SmartClub.Grains.Model;

/// <summary>
/// Set-up data that decisions of other grains rely on, kept in memory from the journal and versioned by the journal
/// position that made it so. A rule that needs it copies what decided into its event.
/// </summary>
public interface IReference
{
    /// <summary>The gate, or null where there is none.</summary>
    GateFacts? Gate(GateId id);

    /// <summary>All gates of a site.</summary>
    IReadOnlyList<GateFacts> GatesAt(SiteId site);

    /// <summary>The zone, or null where there is none.</summary>
    ZoneFacts? Zone(ZoneId id);

    /// <summary>The site, or null where there is none.</summary>
    SiteFacts? Site(SiteId id);

    /// <summary>The plan, or null where there is none.</summary>
    PlanFacts? Plan(PlanId id);

    /// <summary>Whether a plan, sold or retired, opens a zone of the site.</summary>
    bool IsPriced(SiteId site);
}

/// <summary>Which ways a gate is used.</summary>
[JsonConverter(typeof(SnakeEnumConverter<GateDirection>))]
public enum GateDirection
{
    /// <summary>Only to come in.</summary>
    In,

    /// <summary>Only to go out.</summary>
    Out,

    /// <summary>Both ways.</summary>
    Both,
}

/// <summary>Which way somebody wants to pass.</summary>
[JsonConverter(typeof(SnakeEnumConverter<Direction>))]
public enum Direction
{
    /// <summary>Into the zone.</summary>
    In,

    /// <summary>Out of the zone.</summary>
    Out,
}

/// <summary>What happens when somebody comes in who is counted as inside.</summary>
[JsonConverter(typeof(SnakeEnumConverter<AntiPassback>))]
public enum AntiPassback
{
    /// <summary>They are refused.</summary>
    Hard,

    /// <summary>They come in, and the passage is flagged.</summary>
    Soft,

    /// <summary>They come in.</summary>
    Off,
}

/// <summary>A gate as others see it.</summary>
public sealed record GateFacts(
    GateId Id, string Name, SiteId SiteId, ZoneId ZoneId, GateDirection Direction, bool ConfirmsPassage,
    bool IsDisabled);

/// <summary>A zone as others see it.</summary>
public sealed record ZoneFacts(
    ZoneId Id, SiteId SiteId, string Name, AntiPassback AntiPassback, int ForgivenessMinutes, int? Capacity);

/// <summary>A site as others see it, with its time zone resolved.</summary>
public sealed record SiteFacts(SiteId Id, string Name, TimeZoneInfo TimeZone, string Currency)
{
    /// <summary>When it is open; null: nobody has said.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>Where it is; null: nobody has said.</summary>
    public GeoPoint? Location { get; init; }

    /// <summary>The local date and time of an instant.</summary>
    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTimeFromUtc(at.UtcDateTime, TimeZone);

    /// <summary>The local date of an instant.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    /// <summary>The first instant of a local day; where clocks skip midnight, the first moment after the gap.</summary>
    public DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The instant of a local time; where clocks skip it, the first moment after the gap.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (TimeZone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // Where a time happens twice, it is the first of the two, which has the larger offset.
        var offset = TimeZone.IsAmbiguousTime(local)
            ? TimeZone.GetAmbiguousTimeOffsets(local).Max()
            : TimeZone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}

/// <summary>A plan as others see it.</summary>
public sealed record PlanFacts(
    PlanId Id, string Name, PlanLength Length, Money Price, IReadOnlyList<Entitlement> Entitlements,
    int? VisitsPerPeriod)
{
    /// <summary>Guests that a member can invite in the period of their membership; null: none.</summary>
    public int? GuestsPerPeriod { get; init; }

    /// <summary>Whether it is not sold any more.</summary>
    public bool IsRetired { get; init; }
}

/// <summary>How long a membership of a plan runs: whole months or whole days, exactly one of them.</summary>
public sealed record PlanLength(int? Months, int? Days)
{
    /// <summary>
    /// The last day included. A month ends the day before the same day of the next; where that day is missing, on
    /// that month's last: 15 January + 1 month is 14 February, 31 January + 1 month is 28 (or 29) February.
    /// </summary>
    public DateOnly LastDay(DateOnly start)
    {
        if (Days is { } days)
        {
            return start.AddDays(days - 1);
        }

        var end = start.AddMonths(Months!.Value);
        return end.Day == start.Day ? end.AddDays(-1) : end;
    }
}

/// <summary>One zone that a plan opens, always or by a weekly schedule.</summary>
public sealed record Entitlement(ZoneId ZoneId, IReadOnlyList<ScheduleWindow>? Schedule)
{
    /// <summary>Whether these can be somebody's: each zone once, and each schedule with days.</summary>
    public static bool AreWellFormed(IReadOnlyList<Entitlement> entitlements) =>
        entitlements.Count is >= 1 and <= Limits.EntitlementsPerPlan
        && entitlements.Select(e => e.ZoneId).Distinct().Count() == entitlements.Count
        && entitlements.All(e => e.Schedule is null || IsSchedule(e.Schedule));

    private static bool IsSchedule(IReadOnlyList<ScheduleWindow> windows) =>
        windows.Count is >= 1 and <= Limits.WindowsPerSchedule
        && windows.All(w => w.Days.Count is >= 1 and <= 7 && w.Days.All(Enum.IsDefined));
}

/// <summary>
/// Hours of the week, in the site's zone. <paramref name="To"/> before or equal to <paramref name="From"/> reaches
/// into the next day; a whole day is 00:00 to 00:00.
/// </summary>
public sealed record ScheduleWindow(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    /// <summary>Whether a local time lies inside; <see cref="From"/> does, <see cref="To"/> does not.</summary>
    public bool Covers(DateTime local)
    {
        var time = TimeOnly.FromDateTime(local);
        if (From < To)
        {
            return Days.Contains(local.DayOfWeek) && time >= From && time < To;
        }

        var yesterday = local.AddDays(-1).DayOfWeek;
        return (Days.Contains(local.DayOfWeek) && time >= From) || (Days.Contains(yesterday) && time < To);
    }
}
