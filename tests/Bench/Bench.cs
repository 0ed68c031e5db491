using System.Globalization;
using System.Text.Json;

namespace SmartClub.Bench;

/// <summary>Runs a benchmark by name, or all: prints a table and writes <c>NAME.json</c>.</summary>
internal static class Bench
{
    private static readonly Dictionary<string, Func<string, Task<List<Line>>>> Known = new()
    {
        ["agent"] = AgentBench.Run,
        ["gates"] = GatesBench.Run,
        ["grain"] = GrainBench.Run,
        ["import"] = ImportBench.Run,
        ["journal"] = JournalBench.Run,
        ["lists"] = ListsBench.Run,
        ["overload"] = OverloadBench.Run,
        ["web"] = WebBench.Run,
    };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public static async Task<int> Run(string[] args)
    {
        if (args is ["serve-peer", var port, ..])
        {
            await Peers.Serve(int.Parse(port, CultureInfo.InvariantCulture), args.ElementAtOrDefault(2));
            return 0;
        }

        var database = Environment.GetEnvironmentVariable("SMARTCLUB_TEST_DB")
            ?? throw new InvalidOperationException("SMARTCLUB_TEST_DB names no PostgreSQL.");
        var output = Environment.GetEnvironmentVariable("SMARTCLUB_BENCH_OUT") ?? "bench";
        var names = args.Length == 0 ? Known.Keys.ToArray() : args;
        var isOk = true;
        foreach (var name in names)
        {
            if (!Known.TryGetValue(name, out var run))
            {
                Console.Error.WriteLine($"There is no benchmark '{name}'; there are: {string.Join(", ", Known.Keys)}.");
                return 2;
            }

            var lines = await run(database);
            Print(name, lines);
            Directory.CreateDirectory(output);
            await File.WriteAllTextAsync(Path.Combine(output, name + ".json"), JsonSerializer.Serialize(lines, Json));
            isOk &= lines.TrueForAll(l => l.ChecksOk);
        }

        return isOk ? 0 : 1;
    }

    private static void Print(string name, List<Line> lines)
    {
        Console.WriteLine($"\n{name}");
        foreach (var line in lines)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {line.Name,-34} {line.Ours,14:N2} | {line.Peer,-28} {line.Theirs,12:N2} "
                + $"{line.Unit,-12} x{line.Ratio,8:N3}"
                + $"  {(line.ChecksOk ? "ok" : "CHECK FAILED")}  {line.Note}"));
        }
    }
}
