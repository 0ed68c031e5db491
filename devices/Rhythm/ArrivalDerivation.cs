using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Rhythm;

/// <summary>Derives an <see cref="ArrivalTable"/> from a door log, so that it can be remade.</summary>
public static class ArrivalDerivation
{
    private const int StayMinutesMin = 20;
    private const int StayMinutesMax = 130;

    /// <summary>A cell with fewer stays is left out: it would say more about a person than about the hour.</summary>
    private const int StaysPerCellMin = 10;

    public static ArrivalTable Derive(IReadOnlyList<Swipe> swipes, string source)
    {
        var entries = swipes.Where(swipe => swipe.Direction == Direction.In).ToList();
        return new ArrivalTable
        {
            Source = source,
            Days = [.. Enumerable.Range(0, 7).Select(weekday => DaysSeen(swipes, weekday))],
            Entries = [.. Enumerable.Range(0, 7).Select(weekday => HoursOf(entries, weekday))],
            EntriesTotal = entries.Count,
            ExitsTotal = swipes.Count - entries.Count,
            Stays = CountStays(PairStays(swipes)),
        };
    }

    /// <summary>
    /// The log has no persons and misses more than half of the exits, so a stay can only be guessed. An exit is paired
    /// with one of the entries 20 to 130 minutes before it that have no exit yet; outside that window the log shows
    /// no more exits after an entry than by chance. Of those entries the middle one is taken: the oldest would
    /// gather all that were left open by missing exits, the newest would make every stay as short as allowed.
    /// </summary>
    public static IEnumerable<(DateTime EnteredAt, TimeSpan Stay)> PairStays(IReadOnlyList<Swipe> swipes)
    {
        var open = new List<DateTime>();
        foreach (var swipe in swipes)
        {
            if (swipe.Direction == Direction.In)
            {
                open.Add(swipe.At);
                continue;
            }

            open.RemoveAll(at => swipe.At - at > TimeSpan.FromMinutes(StayMinutesMax));
            var candidates = open.Count(at => swipe.At - at >= TimeSpan.FromMinutes(StayMinutesMin));
            if (candidates > 0)
            {
                var chosen = open[candidates / 2];
                open.RemoveAt(candidates / 2);
                yield return (chosen, swipe.At - chosen);
            }
        }
    }

    private static int DaysSeen(IReadOnlyList<Swipe> swipes, int weekday) =>
        swipes.Select(swipe => swipe.At.Date).Distinct().Count(day => ArrivalTable.WeekdayOf(day) == weekday);

    private static int[] HoursOf(List<Swipe> entries, int weekday)
    {
        var hours = new int[24];
        foreach (var entry in entries.Where(entry => ArrivalTable.WeekdayOf(entry.At) == weekday))
        {
            hours[entry.At.Hour]++;
        }

        return hours;
    }

    private static List<StayCounts> CountStays(IEnumerable<(DateTime EnteredAt, TimeSpan Stay)> stays)
    {
        var cells = new SortedDictionary<(int Weekday, int Hour), int[]>();
        void Count(int weekday, int hour, TimeSpan stay)
        {
            var bucket = (int)(stay.TotalMinutes / ArrivalTable.BucketMinutes);
            if (!cells.TryGetValue((weekday, hour), out var counts))
            {
                cells[(weekday, hour)] = counts = new int[(StayMinutesMax / ArrivalTable.BucketMinutes) + 1];
            }

            counts[bucket]++;
        }

        const int Any = -1;
        foreach (var (enteredAt, stay) in stays)
        {
            Count(ArrivalTable.WeekdayOf(enteredAt), enteredAt.Hour, stay);
            Count(Any, enteredAt.Hour, stay);
            Count(Any, Any, stay);
        }

        int? Known(int part) => part == Any ? null : part;
        return
        [
            .. cells.Where(cell => cell.Value.Sum() >= StaysPerCellMin || cell.Key == (Any, Any))
                .Select(cell => new StayCounts(Known(cell.Key.Weekday), Known(cell.Key.Hour), cell.Value)),
        ];
    }
}
