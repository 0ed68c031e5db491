using System.Text.Json;
using SmartClub.Devices.Rhythm;

namespace SmartClub.Devices.Verbs;

/// <summary>Makes the table of arrivals from a door log; its output is the arrivals.json of this project.</summary>
public static class DeriveVerb
{
    public static int Run(Arguments arguments, Output output)
    {
        arguments.AllowOnly();
        if (arguments.Plain is not [var path])
        {
            throw new DeviceException($"derive-arrivals needs one swipe file.");
        }

        var swipes = SwipeSource.Load(path, output);
        if (swipes.Count == 0)
        {
            throw new DeviceException($"The swipe file holds no swipes.");
        }

        var source =
            $"Counts derived by 'derive-arrivals' from the door log {Path.GetFileName(path)} of a wellness centre, "
            + $"{swipes[0].At:yyyy-MM} to {swipes[^1].At:yyyy-MM}: numbers by weekday and hour, no row of the log.";
        var table = ArrivalDerivation.Derive(swipes, source);
        output.Line(Format(table));
        return 0;
    }

    /// <summary>One row of numbers on one line, so that the file can be read and compared.</summary>
    private static string Format(ArrivalTable table)
    {
        static string Rows<T>(IEnumerable<T> rows) =>
            "[\n    " + string.Join(",\n    ", rows.Select(row => Wire.Text(row))) + "\n  ]";

        var properties = new (string Name, string Json)[]
        {
            ("source", Wire.Text(table.Source)),
            ("days", Wire.Text(table.Days)),
            ("entriesTotal", Wire.Text(table.EntriesTotal)),
            ("exitsTotal", Wire.Text(table.ExitsTotal)),
            ("entries", Rows(table.Entries)),
            ("stays", Rows(table.Stays)),
        };
        return "{\n" + string.Join(
            ",\n", properties.Select(property => $"  {JsonSerializer.Serialize(property.Name)}: {property.Json}"))
            + "\n}";
    }
}
