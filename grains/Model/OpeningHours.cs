namespace SmartClub.Grains.Model;

/// <summary>A day on which a site opens otherwise than usual; without hours it is closed.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Name">Why, such as "Noël"; null: it is not said.</param>
/// <param name="From">Included.</param>
/// <param name="To">Not included; before or equal to <paramref name="From"/> it is the next day's.</param>
public sealed record SpecialDay(DateOnly Day, string? Name, TimeOnly? From, TimeOnly? To);

/// <summary>
/// When a site is open, as its members are told. Doors decide by what a membership opens, never by this: who forgets to
/// enter a holiday locks nobody in or out.
/// </summary>
/// <param name="Week">Hours of the week, in the site's time zone.</param>
/// <param name="Days">Days that differ.</param>
public sealed record OpeningHours(IReadOnlyList<ScheduleWindow> Week, IReadOnlyList<SpecialDay> Days)
{
    /// <summary>Whether they can be some site's.</summary>
    public bool AreWellFormed =>
        Week.Count <= Limits.WindowsPerSchedule
        && Week.All(w => w.Days.Count is >= 1 and <= 7 && w.Days.All(Enum.IsDefined))
        && Days.Count <= Limits.SpecialDays
        && Days.Select(d => d.Day).Distinct().Count() == Days.Count
        && Days.All(d => d.From is null == d.To is null && (d.Name is null || Limits.IsName(d.Name)));

    /// <summary>The day that differs, if this is one.</summary>
    public SpecialDay? Special(DateOnly day) => Days.FirstOrDefault(d => d.Day == day);

    /// <summary>The hours that begin on a local day, in order.</summary>
    public IReadOnlyList<(TimeOnly From, TimeOnly To)> On(DateOnly day) => Special(day) switch
    {
        { From: { } from, To: { } to } => [(from, to)],
        not null => [],
        null => [.. Week.Where(w => w.Days.Contains(day.DayOfWeek)).Select(w => (w.From, w.To)).Order()],
    };
}
