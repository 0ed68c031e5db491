using System.Globalization;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Requests;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>Hours of the week: days <c>mon</c> to <c>sun</c>, from and to as <c>HH:mm</c>.</summary>
/// <param name="Days">Days on which the hours begin.</param>
/// <param name="From">Included.</param>
/// <param name="To">Not included; <c>24:00</c> is the end of the day, and an earlier time is the next day's.</param>
public sealed record HoursRequest(IReadOnlyList<string?>? Days, string? From, string? To);

/// <summary>Weekly schedules between their outer form and the rules'.</summary>
public static class Schedules
{
    private const string EndOfDay = "24:00";

    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Reads a schedule; null is "always".</summary>
    public static IReadOnlyList<ScheduleWindow>? Read(
        FieldChecks fields, string field, IReadOnlyList<HoursRequest?>? schedule)
    {
        if (schedule is null)
        {
            return null;
        }

        if (schedule.Count is 0 or > DomainLimits.WindowsPerSchedule)
        {
            fields.Wrong(field, "out_of_range");
            return null;
        }

        return [.. schedule.Select((hours, i) => Read(fields, $"{field}[{i}]", hours))];
    }

    /// <summary>Writes a schedule.</summary>
    public static IReadOnlyList<HoursRequest>? Write(IReadOnlyList<ScheduleWindow>? schedule) => schedule is null
        ? null
        : [.. schedule.Select(window => new HoursRequest(
            [.. window.Days.Select(day => Days[(int)day])],
            Text(window.From),
            TextOfEnd(window.To)))];

    /// <summary>A time, <c>HH:mm</c>.</summary>
    public static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The same where it ends something: midnight is the end of the day.</summary>
    public static string TextOfEnd(TimeOnly time) => time == TimeOnly.MinValue ? EndOfDay : Text(time);

    /// <summary>Reads the end of something. The rules know a day's end as the next one's beginning.</summary>
    public static TimeOnly End(FieldChecks fields, string field, string? text) =>
        text == EndOfDay ? TimeOnly.MinValue : Time(fields, field, text);

    private static ScheduleWindow Read(FieldChecks fields, string field, HoursRequest? hours)
    {
        var days = (hours?.Days ?? []).Select(day => Array.IndexOf(Days, day)).ToList();
        if (days.Count == 0)
        {
            fields.Wrong($"{field}.days", "required");
        }
        else if (days.Contains(-1) || days.Distinct().Count() < days.Count)
        {
            fields.Wrong($"{field}.days", "invalid");
        }

        var from = Time(fields, $"{field}.from", hours?.From);
        var to = End(fields, $"{field}.to", hours?.To);
        return new ScheduleWindow([.. days.Where(day => day >= 0).Select(day => (DayOfWeek)day)], from, to);
    }

    /// <summary>Reads a time.</summary>
    public static TimeOnly Time(FieldChecks fields, string field, string? text)
    {
        if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            fields.Wrong(field, string.IsNullOrEmpty(text) ? "required" : "invalid");
        }

        return time;
    }
}
