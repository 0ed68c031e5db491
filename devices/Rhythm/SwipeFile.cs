using System.Globalization;
using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Rhythm;

/// <summary>Reads a door log of the form <c>DeviceName,Direction,AlarmDateTime</c>, times as M/d/yyyy H:mm.</summary>
public sealed record SwipeFile(IReadOnlyList<Swipe> Swipes, IReadOnlyList<int> BadLines)
{
    public static SwipeFile Load(string path)
    {
        try
        {
            return Parse(File.ReadLines(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException($"The swipe file {path} cannot be read.", fault);
        }
    }

    /// <summary>Lines that are not swipes are left out and known by their number, the heading being line 1.</summary>
    public static SwipeFile Parse(IEnumerable<string> lines)
    {
        var swipes = new List<Swipe>();
        var bad = new List<int>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (TryParse(line, out var swipe))
            {
                swipes.Add(swipe);
            }
            else if (number > 1 && line.Length > 0)
            {
                bad.Add(number);
            }
        }

        // Sorting keeps the file's order within a minute.
        return new SwipeFile([.. swipes.OrderBy(swipe => swipe.At)], bad);
    }

    /// <summary>
    /// The log knows minutes only; swipes of one minute are spread over it in their order, so that a crowd does not
    /// arrive in one instant.
    /// </summary>
    public static IEnumerable<Swipe> SpreadWithinMinutes(IReadOnlyList<Swipe> swipes)
    {
        for (var first = 0; first < swipes.Count;)
        {
            var next = first;
            while (next < swipes.Count && swipes[next].At == swipes[first].At)
            {
                next++;
            }

            for (var index = first; index < next; index++)
            {
                var share = (index - first + 0.5) / (next - first);
                yield return swipes[index] with { At = swipes[index].At.AddSeconds(share * 60) };
            }

            first = next;
        }
    }

    private static bool TryParse(string line, out Swipe swipe)
    {
        swipe = default;
        var cells = line.Split(',');
        if (cells.Length != 3
            || !Enum.TryParse<Direction>(cells[1].Trim(), ignoreCase: true, out var direction)
            || !Enum.IsDefined(direction)
            || !DateTime.TryParseExact(
                cells[2].Trim(), "M/d/yyyy H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            return false;
        }

        swipe = new Swipe(direction, at);
        return true;
    }
}
