using System.Globalization;

namespace SmartClub.Silo.Gateway;

/// <summary>
/// Days and times as the club reads and says them. It has a formatter of its own, because "18 h 05" and "1er" are
/// what people write and no culture of the platform does.
/// </summary>
public static class DisplayDates
{
    private const string French = "fr";
    private const char Space = '\u00a0';

    private static readonly string[] FrenchMonths =
    [
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ];

    private static readonly string[] FrenchShortMonths =
    [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ];

    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>A day in full, without its year: <c>1er décembre</c>, <c>1 December</c>.</summary>
    public static string Day(string language, DateOnly day) => language == French
        ? $"{FrenchNumber(day)} {FrenchMonths[day.Month - 1]}"
        : $"{Number(day.Day)} {English.GetMonthName(day.Month)}";

    /// <summary>A day in short, with its year only where that is another one: <c>1er mai 2025</c>.</summary>
    public static string ShortDay(string language, DateOnly day, DateOnly today)
    {
        var text = language == French
            ? $"{FrenchNumber(day)} {FrenchShortMonths[day.Month - 1]}"
            : $"{Number(day.Day)} {English.GetAbbreviatedMonthName(day.Month)}";
        return day.Year == today.Year ? text : $"{text} {Number(day.Year)}";
    }

    /// <summary>A time of day: <c>18 h 05</c>, <c>6 h</c>; <c>18:05</c>, <c>06:00</c>.</summary>
    public static string Time(string language, TimeOnly time) => language != French
        ? time.ToString("HH:mm", CultureInfo.InvariantCulture)
        : time.Minute == 0
            ? $"{Number(time.Hour)}{Space}h"
            : $"{Number(time.Hour)}{Space}h{Space}{time.Minute.ToString("00", CultureInfo.InvariantCulture)}";

    /// <summary>Hours of a day as a decision tells them (<c>09:00-12:00, 14:00-18:00</c>), in words.</summary>
    public static string Hours(string language, string? windows)
    {
        if (string.IsNullOrEmpty(windows))
        {
            return Texts.Get(language, "hours.none");
        }

        var words = windows.Split(", ").Select(window => window.Split('-')).Select(ends => Texts.Get(
            language,
            "hours.from_to",
            ("from", Time(language, Parse(ends[0]))),
            ("to", ends[1] == "00:00" ? Midnight(language) : Time(language, Parse(ends[1])))));
        return string.Join(Texts.Get(language, "hours.and"), words);
    }

    // The end of a day is its 24th hour; "until 0" would read as its beginning.
    private static string Midnight(string language) => language == French ? $"24{Space}h" : "24:00";

    private static TimeOnly Parse(string time) => TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);

    private static string FrenchNumber(DateOnly day) => day.Day == 1 ? "1er" : Number(day.Day);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
