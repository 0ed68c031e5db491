using System.Globalization;

namespace SmartClub.Tests.Faults;

/// <summary>What is on its way inside the silo still, as its figures tell.</summary>
internal static class Backlog
{
    /// <summary>Completes when grains owe each other nothing and the views show all there is.</summary>
    public static async Task IsSettled(HttpClient http)
    {
        while (!await IsQuiet(http))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static async Task<bool> IsQuiet(HttpClient http)
    {
        var text = await http.GetStringAsync("/metrics");
        var figures = text.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(' '))
            .ToDictionary(l => l[0], l => long.Parse(l[1], CultureInfo.InvariantCulture));
        return figures["smartclub_deliveries_backlog"] == 0
            && figures["smartclub_views_position"] == figures["smartclub_journal_position"];
    }
}
