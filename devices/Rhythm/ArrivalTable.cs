using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartClub.Devices.Rhythm;

/// <summary>How long people stayed who came in at that weekday (Monday 0) and hour; null stands for any.</summary>
public sealed record StayCounts(int? Weekday, int? Hour, IReadOnlyList<int> Counts);

/// <summary>
/// The rhythm of a club by weekday and hour: counts only, derived from a door log by <see cref="ArrivalDerivation"/>.
/// </summary>
public sealed record ArrivalTable
{
    /// <summary>Width of one stay bucket.</summary>
    public const int BucketMinutes = 10;

    public required string Source { get; init; }

    /// <summary>Days with swipes, by weekday from Monday.</summary>
    public required IReadOnlyList<int> Days { get; init; }

    /// <summary>Entries on all those days together, by weekday and hour.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Entries { get; init; }

    public required int EntriesTotal { get; init; }

    /// <summary>Exits that the log knows; the others went out unseen.</summary>
    public required int ExitsTotal { get; init; }

    public required IReadOnlyList<StayCounts> Stays { get; init; }

    /// <summary>The share of people whose exit is seen by a reader.</summary>
    [JsonIgnore]
    public double ExitShare => (double)ExitsTotal / EntriesTotal;

    public static ArrivalTable Embedded()
    {
        using var stream = typeof(ArrivalTable).Assembly.GetManifestResourceStream("arrivals.json")!;
        return JsonSerializer.Deserialize<ArrivalTable>(stream, Wire.Json)!;
    }

    /// <summary>Monday is 0, as in the table.</summary>
    public static int WeekdayOf(DateTime at) => ((int)at.DayOfWeek + 6) % 7;

    public double EntriesPerHour(int weekday, int hour) =>
        Days[weekday] == 0 ? 0 : (double)Entries[weekday][hour] / Days[weekday];

    public TimeSpan DrawStay(DateTime enteredAt, Random random)
    {
        var counts = StaysOf(WeekdayOf(enteredAt), enteredAt.Hour);
        var drawn = random.Next(counts.Sum());
        var bucket = 0;
        while (drawn >= counts[bucket])
        {
            drawn -= counts[bucket++];
        }

        return TimeSpan.FromMinutes((bucket + random.NextDouble()) * BucketMinutes);
    }

    /// <summary>The closest that was counted often enough: this weekday and hour, else this hour, else any.</summary>
    private IReadOnlyList<int> StaysOf(int weekday, int hour) =>
        (Stays.FirstOrDefault(stay => stay.Weekday == weekday && stay.Hour == hour)
            ?? Stays.FirstOrDefault(stay => stay.Weekday is null && stay.Hour == hour)
            ?? Stays.First(stay => stay.Weekday is null && stay.Hour is null)).Counts;
}
