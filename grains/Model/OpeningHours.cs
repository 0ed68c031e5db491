namespace SmartClub.Grains.Model;

/// <summary>A day on which a site opens otherwise than usual; without hours it is closed.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Name">Why, such as "Noël"; null: it is not said.</param>
/// <param name="From">Included.</param>
/// <param name="To">Not included; before or equal to <paramref name="From"/> it is the next day's.</param>
public sealed record SpecialDay(DateOnly Day, string? Name, TimeOnly? From, TimeOnly? To);

/// <summary>Hours that run into others: of the week, or of a day that differs, by their place among them.</summary>
public readonly record struct HoursOverlap(bool IsSpecial, int Index);

/// <summary>
/// When a site is open, as its members are told. Doors decide by what a membership opens, never by this: who forgets to
/// enter a holiday locks nobody in or out.
/// </summary>
/// <param name="Week">Hours of the week, in the site's time zone.</param>
/// <param name="Days">Days that differ.</param>
public sealed record OpeningHours(IReadOnlyList<ScheduleWindow> Week, IReadOnlyList<SpecialDay> Days)
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>Whether they can be some site's.</summary>
    public bool AreWellFormed =>
        Week.Count <= Limits.WindowsPerSchedule
        && Week.All(w => w.Days.Count is >= 1 and <= 7 && w.Days.All(Enum.IsDefined))
        && Days.Count <= Limits.SpecialDays
        && Days.Select(d => d.Day).Distinct().Count() == Days.Count
        && Days.All(d => d.From is null == d.To is null && (d.Name is null || Limits.IsName(d.Name)));

    /// <summary>
    /// The first hours that run into others, of the same day or past midnight into the next one's; null: none do. Where
    /// one span ends another may begin. Says nothing of hours that are not well formed.
    /// </summary>
    public HoursOverlap? FirstOverlap() =>
        OverlapOfWeek() is { } window ? new HoursOverlap(false, window)
        : Enumerable.Range(0, Days.Count).Where(RunsIntoNext).Select(i => (int?)i).FirstOrDefault() is { } day
            ? new HoursOverlap(true, day)
        : null;

    /// <summary>The day that differs, if this is one.</summary>
    public SpecialDay? Special(DateOnly day) => Days.FirstOrDefault(d => d.Day == day);

    // By when they begin, week round: if any two overlap, two neighbours do.
    private int? OverlapOfWeek()
    {
        var spans = Week
            .SelectMany((w, i) => w.Days.Select(d => (Index: i, Begin: ((int)d * MinutesOfDay) + Minute(w.From), w)))
            .OrderBy(s => s.Begin)
            .ToList();
        for (var i = 0; spans.Count > 1 && i < spans.Count; i++)
        {
            var (one, next) = (spans[i], spans[(i + 1) % spans.Count]);
            var begin = next.Begin + (i + 1 == spans.Count ? 7 * MinutesOfDay : 0);
            if (begin < one.Begin - Minute(one.w.From) + EndMinute(one.w.From, one.w.To))
            {
                return Math.Max(one.Index, next.Index);
            }
        }

        return null;
    }

    // A day that differs takes the place of the week's hours, but not of what began the evening before.
    private bool RunsIntoNext(int special)
    {
        var (day, _, from, to) = Days[special];
        return from is { } begin && to is { } end
            && ((day > DateOnly.MinValue && On(day.AddDays(-1)).Any(before => Spills(before, begin)))
                || (day < DateOnly.MaxValue && On(day.AddDays(1)).Any(after => Spills((begin, end), after.From))));
    }

    private static bool Spills((TimeOnly From, TimeOnly To) span, TimeOnly next) =>
        EndMinute(span.From, span.To) - MinutesOfDay > Minute(next);

    private static int EndMinute(TimeOnly from, TimeOnly to) => Minute(to) + (to <= from ? MinutesOfDay : 0);

    private static int Minute(TimeOnly time) => (time.Hour * 60) + time.Minute;

    /// <summary>The hours that begin on a local day, in order.</summary>
    public IReadOnlyList<(TimeOnly From, TimeOnly To)> On(DateOnly day) => Special(day) switch
    {
        { From: { } from, To: { } to } => [(from, to)],
        not null => [],
        null => [.. Week.Where(w => w.Days.Contains(day.DayOfWeek)).Select(w => (w.From, w.To)).Order()],
    };
}
