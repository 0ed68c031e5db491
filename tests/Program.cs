using System.Globalization;
using SmartClub.Tests.Chaos;

namespace SmartClub.Tests;

/// <summary>What of the tests can be run as a program, for longer than a test may take.</summary>
internal static class Program
{
    /// <summary><c>chaos KILLS SEED MINUTES FOLDER</c></summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is not ["chaos", var kills, var seed, var minutes, var folder])
        {
            await Console.Error.WriteLineAsync("Usage: chaos KILLS SEED MINUTES FOLDER");
            return 2;
        }

        var plan = new Plan(
            int.Parse(seed, CultureInfo.InvariantCulture),
            int.Parse(kills, CultureInfo.InvariantCulture),
            TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)));
        using var campaign = new Campaign(plan, Directory.CreateDirectory(folder).FullName, Console.WriteLine);
        var report = await campaign.Run();
        foreach (var line in report.Lines())
        {
            Console.WriteLine(line);
        }

        await File.WriteAllLinesAsync(Path.Combine(folder, "report.txt"), report.Lines());
        return report.IsGood ? 0 : 1;
    }
}
