using SmartClub.Devices.Rhythm;

namespace SmartClub.Devices.Verbs;

/// <summary>The swipe file of the command line, with its bad lines named.</summary>
public static class SwipeSource
{
    private const int BadLinesNamed = 10;

    public static IReadOnlyList<Swipe> Load(string path, Output output)
    {
        var file = SwipeFile.Load(path);
        if (file.BadLines.Count > 0)
        {
            var more = file.BadLines.Count > BadLinesNamed ? " and more" : "";
            output.Fault(
                $"{path}: {file.BadLines.Count} lines are no swipes and were skipped: "
                + string.Join(", ", file.BadLines.Take(BadLinesNamed)) + more);
        }

        return file.Swipes;
    }
}
