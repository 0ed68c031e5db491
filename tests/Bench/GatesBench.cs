using System.Diagnostics;
using Npgsql;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;

namespace SmartClub.Bench;

/// <summary>
/// Durable scans over HTTP against a bare endpoint and against a transaction per request: signatures checked, 64
/// connections, 10,000 members, 20 gates. Ours is the real program in its own process, views and live board included.
/// </summary>
internal static class GatesBench
{
    private const int Connections = 64;
    private const int Runs = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    // What the runtime compiles anew once it knows a program's busy places is no part of a scan.
    private static readonly TimeSpan Compiled = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task<List<Line>> Run(string server)
    {
        await using var seeded = await BenchSilo.Start(server);
        var club = await GateClub.Create(seeded.Grains, seeded.Services.GetRequiredService<ClubKeys>(), 20, 10_000);
        await seeded.StopKeepingDatabase();
        await Peers.Prepare(seeded.Uri, club.Badges);
        using var ours = await Child.Silo(seeded.Uri, seeded.Folder);
        using var bare = await Child.Bare(null);
        using var transaction = await Child.Bare(seeded.Uri);
        var results = new Dictionary<Child, List<Run>> { [ours] = [], [bare] = [], [transaction] = [] };
        var isOk = true;
        await new GateLoad(ours.Port, club, Connections, Runs).TouchAll();
        foreach (var child in results.Keys)
        {
            await new GateLoad(child.Port, club, Connections, Runs + 1).Closed(TimeSpan.Zero, Compiled);
        }

        // Taking turns: whatever else the machine does hits all three alike.
        for (var i = 0; i < Runs; i++)
        {
            foreach (var (child, runs) in results)
            {
                var before = await CountRows(seeded.Uri);
                var load = new GateLoad(child.Port, club, Connections, i);
                runs.Add(await load.Closed(WarmUp, Length));
                isOk &= load.Wrong == 0 && load.Late * 1_000 <= runs[^1].Operations;
                isOk &= child != ours || await CountRows(seeded.Uri) - before >= runs[^1].Operations;
            }
        }

        var lines = new List<Line>
        {
            Rate("durable scans", "bare-kestrel", results[ours], results[bare], isOk),
            Rate("durable scans", "transaction-per-request", results[ours], results[transaction], isOk),
        };
        var oursOpen = await OpenLoop(ours, club);
        var bareOpen = await OpenLoop(bare, club);
        lines.Add(new Line("p99 at 500 scans/s", "bare-kestrel", oursOpen.P99, bareOpen.P99, "ms", isOk)
        {
            Note = $"p50 {oursOpen.P50:N2}/{bareOpen.P50:N2}, p99.9 {oursOpen.P999:N2}/{bareOpen.P999:N2}, "
                + $"max {oursOpen.Max:N2}/{bareOpen.Max:N2} ms, open loop",
        });
        return lines;
    }

    private static async Task<Latencies> OpenLoop(Child child, GateClub club)
    {
        var runs = new List<Latencies>();
        for (var i = 0; i < Runs; i++)
        {
            runs.Add(await new GateLoad(child.Port, club, Connections, 100 + i).Open(500, TimeSpan.FromSeconds(4)));
        }

        return runs.OrderBy(r => r.P99).ElementAt(Runs / 2);
    }

    private static Line Rate(string name, string peer, List<Run> ours, List<Run> theirs, bool isOk)
    {
        var rates = ours.ConvertAll(r => r.PerSecond);
        return new Line(
            name, peer, Statistics.Median(rates), Statistics.Median(theirs.Select(r => r.PerSecond)), "scans/s", isOk)
        {
            Note = $"spread {Statistics.Spread(rates)} vs {Statistics.Spread(theirs.ConvertAll(r => r.PerSecond))}; "
                + $"CPU {Cpu(ours):N0}/{Cpu(theirs):N0} us; p99 {P99(ours):N1}/{P99(theirs):N1} ms",
        };
    }

    private static double Cpu(List<Run> runs) => Statistics.Median(runs.Select(r => r.CpuMicroseconds));

    private static double P99(List<Run> runs) => Statistics.Median(runs.Select(r => r.Latencies!.P99));

    private static async Task<long> CountRows(string uri)
    {
        await using var database = new Database(uri);
        await using var connection = await database.Open();
        await using var command = new NpgsqlCommand("select coalesce(max(position), 0) from journal.rows", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>A server process under load.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process process;

    private Child(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Memory that the process holds, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public static Task<Child> Silo(string uri, string folder)
    {
        var port = FreePort.Find();
        return Start(port, "SmartClub.Silo.dll", ["serve"], new()
        {
            ["SMARTCLUB_DB"] = uri,
            ["SMARTCLUB_DATA"] = folder,
            ["SMARTCLUB_PORT"] = $"{port}",
        });
    }

    public static Task<Child> Bare(string? uri)
    {
        var port = FreePort.Find();
        string[] arguments = ["serve-peer", $"{port}"];
        return Start(port, "SmartClub.Bench.dll", uri is null ? arguments : [.. arguments, uri], []);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<Child> Start(int port, string dll, string[] args, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, dll), .. args])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var http = new HttpClient();
        for (var i = 0; i < 300; i++)
        {
            try
            {
                using var answer = await http.GetAsync($"http://127.0.0.1:{port}/health/ready");
                if (answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.NotFound)
                {
                    return new Child(process, port);
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{dll} did not become ready.");
    }
}
