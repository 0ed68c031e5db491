using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;

namespace SmartClub.Devices.Running;

/// <summary>Which swipes are due when: where the simulated time begins and how it runs.</summary>
public static class Schedule
{
    /// <summary>How far back visits are drawn so that people are inside when the simulation begins.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromHours(4);

    /// <summary>Above every number of an assigner, so that a scanId names one scan.</summary>
    private const long OpeningNumbers = 1_000_000_000_000;

    /// <summary>
    /// The simulated time to begin with: what was asked for; else the present, for a file moved to its first day
    /// with this weekday.
    /// </summary>
    public static DateTime Begin(DateTime? asked, DateTime localNow, IReadOnlyList<Swipe>? file)
    {
        if (file is null)
        {
            return asked ?? localNow;
        }

        if (file.Count == 0)
        {
            throw new DeviceException($"The swipe file holds no swipes.");
        }

        if (asked is { } at)
        {
            return at.Date >= file[0].At.Date && at.Date <= file[^1].At.Date
                ? at
                : throw new DeviceException(
                    $"The swipe file goes from {file[0].At:yyyy-MM-dd} to {file[^1].At:yyyy-MM-dd}.");
        }

        var day = file.Select(swipe => swipe.At.Date).FirstOrDefault(
            date => date.DayOfWeek == localNow.DayOfWeek, file[0].At.Date);
        return day + localNow.TimeOfDay;
    }

    /// <summary>The file again and again, moved on by whole weeks so that Mondays stay Mondays.</summary>
    public static IEnumerable<Swipe> Forever(IReadOnlyList<Swipe> file, DateTime from)
    {
        var weeks = ((file[^1].At.Date - file[0].At.Date).Days / 7) + 1;
        var spread = SwipeFile.SpreadWithinMinutes(file).ToList();
        for (var round = 0; ; round++)
        {
            foreach (var swipe in spread)
            {
                var moved = swipe with { At = swipe.At.AddDays(round * weeks * 7) };
                if (moved.At >= from)
                {
                    yield return moved;
                }
            }
        }
    }

    /// <summary>
    /// What is shown first, so that the club is as full as it should be at this hour: those left inside by an earlier
    /// run go out unless they are inside now, too; then those still inside at the beginning come in.
    /// </summary>
    public static IReadOnlyList<Showing> Opening(
        IEnumerable<Showing> before, IReadOnlyDictionary<int, Place> leftInside, DateTime begin)
    {
        var inside = new Dictionary<int, Showing>();
        foreach (var showing in before)
        {
            switch (showing.Kind)
            {
                case ShowingKind.Entry:
                    inside[showing.Visitor] = showing;
                    break;
                case ShowingKind.Exit or ShowingKind.InferredExit:
                    inside.Remove(showing.Visitor);
                    break;
            }
        }

        bool StillThere(int visitor, Place place) =>
            inside.TryGetValue(visitor, out var entry) && entry.Place == place;

        var exits = leftInside
            .Where(pair => pair.Value != Place.Pool && !StillThere(pair.Key, pair.Value))
            .Select((pair, index) => new Showing(
                OpeningNumbers + index, begin, pair.Key, ShowingKind.InferredExit, Direction.Out, pair.Value,
                Assigner.EntranceOf(pair.Value)));
        var entries = inside.Values
            .Where(entry => !leftInside.TryGetValue(entry.Visitor, out var place) || place != entry.Place)
            .OrderBy(entry => entry.At);
        return [.. exits, .. entries];
    }

    /// <summary>Splits where the simulation begins, without drawing more than one showing too many.</summary>
    public static (IReadOnlyList<Showing> Before, IEnumerable<Showing> From) Split(
        IEnumerable<Showing> showings, DateTime begin)
    {
        var source = showings.GetEnumerator();
        var before = new List<Showing>();
        var more = source.MoveNext();
        while (more && source.Current.At < begin)
        {
            before.Add(source.Current);
            more = source.MoveNext();
        }

        return (before, Rest());

        IEnumerable<Showing> Rest()
        {
            using (source)
            {
                for (; more; more = source.MoveNext())
                {
                    yield return source.Current;
                }
            }
        }
    }
}
