using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartClub.Agent;
using SmartClub.Agent.Doors;
using SmartClub.Agent.Link;
using SmartClub.Agent.Relays;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;
using SmartClub.Silo.Gateway.Devices.Lists;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// A door that is alone, with a list of 50,000: from the badge to the lock, every decision on the disk first. Its peer
/// is the disk: one row and one fsync each in the same kind of file. And what the list costs: made and signed by a real
/// silo, carried over HTTP, checked, kept.
/// </summary>
internal static class AgentBench
{
    private const int Members = 50_000;
    private const int Runs = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    public static async Task<List<Line>> Run(string server)
    {
        await using var seeded = await BenchSilo.Start(server);
        var keys = seeded.Services.GetRequiredService<ClubKeys>();
        var club = await GateClub.Create(seeded.Grains, keys, 1, Members);
        var publicKey = ListProtocol.PublicKey(keys);
        await seeded.StopKeepingDatabase();
        using var silo = await Child.Silo(seeded.Uri, seeded.Folder);
        var folder = Directory.CreateTempSubdirectory("smartclub-agent-bench").FullName;
        try
        {
            return await Measure(club, publicKey, silo, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<Line>> Measure(GateClub club, string publicKey, Child silo, string folder)
    {
        using var store = AgentStore.Open(Path.Combine(folder, "door"));
        Enrol(store, club.Gates[0], publicKey, silo.Port);
        using var network = new SocketsHttpHandler();
        using var host = new AgentHost(
            store, network, new NoRelay(), OfflineMode.Deny, _ => { }, TimeProvider.System);
        var list = await List(host);
        var isOk = host.List.Count == Members;

        // The link was never up: what comes now the door decides alone.
        var door = new List<Run>();
        var disk = new List<Run>();
        for (var i = 0; i < Runs; i++)
        {
            var random = new Random(i);
            var granted = 0L;
            door.Add(await Load.Closed(1, WarmUp, Length, async _ =>
            {
                var badge = club.Badges[random.Next(club.Badges.Count)];
                var shown = await host.Door.Scan(new Credential("rfid", badge), Direction.In, default);
                granted++;
                isOk &= shown is { State: "grant", IsOffline: true };
                return true;
            }));
            isOk &= store.QueueLength == granted;
            store.Forget(long.MaxValue);
            disk.Add(await Disk(Path.Combine(folder, $"peer{i}.db")));
        }

        return
        [
            new Line(
                "decisions alone, 50,000 listed", "sqlite-row-and-fsync",
                Statistics.Median(door.Select(r => r.PerSecond)), Statistics.Median(disk.Select(r => r.PerSecond)),
                "decisions/s", isOk),
            new Line(
                "p99 of a decision alone", "sqlite-row-and-fsync", P99(door), P99(disk), "ms", isOk && P99(door) < 50)
            {
                Note = "from the badge to the lock; one reader",
            },
            list with { ChecksOk = isOk && list.ChecksOk },
        ];
    }

    // The first request after the silo's start also waits until its book of members is loaded.
    private static async Task<Line> List(AgentHost host)
    {
        var link = host.Link;
        byte[]? answer = null;
        while (answer is null)
        {
            answer = await link.FetchList(0, default);
        }

        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var began = Stopwatch.GetTimestamp();
            answer = (await link.FetchList(0, default))!;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var kept = Stopwatch.GetTimestamp();
        var isOk = host.List.Take(answer, link.ClubKey, link.Identity.Id);
        var takes = Stopwatch.GetElapsedTime(kept).TotalMilliseconds;
        var began2 = Stopwatch.GetTimestamp();
        var delta = (await link.FetchList(host.List.Version, default))!;
        var deltaTime = Stopwatch.GetElapsedTime(began2).TotalMilliseconds;
        return new Line("whole list of 50,000", "its delta", Statistics.Median(times), deltaTime, "ms", isOk)
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{answer.Length / 1e6:N1} MB whole, {delta.Length} bytes when nothing changed; kept in {takes:N0} ms"),
        };
    }

    private static void Enrol(AgentStore store, BenchGate gate, string publicKey, int port)
    {
        var identity = new DoorIdentity(
            gate.Id, "", "Porte", "", "both", false, publicKey, $"http://127.0.0.1:{port}/");
        store.Keep("identity", Wire.Text(identity));
        store.Keep("key", Convert.ToBase64String(gate.Key));
    }

    private static async Task<Run> Disk(string path)
    {
        await using var database = new SqliteConnection($"Data Source={path};Pooling=False");
        await database.OpenAsync();
        await using (var setUp = database.CreateCommand())
        {
            setUp.CommandText =
                "pragma journal_mode = wal; pragma synchronous = full; "
                + "create table events (n integer primary key, body text)";
            await setUp.ExecuteNonQueryAsync();
        }

        await using var insert = database.CreateCommand();
        insert.CommandText = "insert into events (body) values ($1)";
        insert.Parameters.AddWithValue("$1", new string('x', 200));
        return await Load.Closed(1, WarmUp, Length, _ =>
        {
            insert.ExecuteNonQuery();
            return Task.FromResult(true);
        });
    }

    private static double P99(List<Run> runs) => Statistics.Median(runs.Select(r => r.Latencies!.P99));

    private sealed class NoRelay : IRelay
    {
        public Task Open(TimeSpan length, CancellationToken stop) => Task.CompletedTask;

        public Task Hold() => Task.CompletedTask;

        public Task Close() => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
