using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Rhythm;

/// <summary>
/// Swipes without a file: entries as a Poisson process by weekday and hour, and the exits of the share of people whom
/// a reader sees leave. Without end, the same for the same seed.
/// </summary>
public static class ArrivalStream
{
    /// <param name="table">The rhythm.</param>
    /// <param name="from">Local time of the first hour.</param>
    /// <param name="volume">How many times busier than the club of the table.</param>
    /// <param name="seed">Decides everything drawn.</param>
    public static IEnumerable<Swipe> Draw(ArrivalTable table, DateTime from, double volume, int seed)
    {
        var random = new Random(seed);
        var exits = new PriorityQueue<Swipe, DateTime>();
        for (var hour = from.Date.AddHours(from.Hour); ; hour = hour.AddHours(1))
        {
            var mean = table.EntriesPerHour(ArrivalTable.WeekdayOf(hour), hour.Hour) * volume;
            var arrivals = Enumerable.Range(0, Poisson(mean, random))
                .Select(_ => hour.AddHours(random.NextDouble())).Order().ToList();
            foreach (var at in arrivals)
            {
                while (exits.TryPeek(out var exit, out var exitAt) && exitAt <= at)
                {
                    exits.Dequeue();
                    yield return exit;
                }

                yield return new Swipe(Direction.In, at);
                if (random.NextDouble() < table.ExitShare)
                {
                    var leavesAt = at + table.DrawStay(at, random);
                    exits.Enqueue(new Swipe(Direction.Out, leavesAt), leavesAt);
                }
            }

            while (exits.TryPeek(out var exit, out var exitAt) && exitAt < hour.AddHours(1))
            {
                exits.Dequeue();
                yield return exit;
            }
        }
    }

    /// <summary>Knuth's method, in steps so that a large mean does not underflow.</summary>
    private static int Poisson(double mean, Random random)
    {
        var count = 0;
        while (mean > 0)
        {
            var step = Math.Min(mean, 20);
            mean -= step;
            var limit = Math.Exp(-step);
            for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
            {
                count++;
            }
        }

        return count;
    }
}
