using System.Globalization;

namespace SmartClub.Tests.Faults;

/// <summary>What grains still owe each other, as the silo's figures tell.</summary>
internal static class Backlog
{
    private const string Figure = "smartclub_deliveries_backlog ";

    /// <summary>Completes when nothing is on its way.</summary>
    public static async Task IsSettled(HttpClient http)
    {
        while (await Read(http) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static async Task<long> Read(HttpClient http)
    {
        var figures = await http.GetStringAsync("/metrics");
        var line = figures.Split('\n').Single(l => l.StartsWith(Figure, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Figure.Length), CultureInfo.InvariantCulture);
    }
}
