using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// What the journal takes: events against what PostgreSQL takes from plain clients, sends between grains against two
/// transactions, a restart against a fold from zero, and what a member at rest keeps in memory.
/// </summary>
internal static class JournalBench
{
    private const int Runs = 5;
    private const int Grains = 1_000;
    private const int Callers = 1_000;
    private const int Senders = 256;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static async Task<List<Line>> Run(string server) =>
    [
        .. await Events(server),
        await Sends(server),
        .. await RestartBench.Run(server, 1_000_000, 10_000),
        .. await MemoryBench.Run(server, 10_000),
    ];

    private static async Task<List<Line>> Events(string server)
    {
        await using var silo = await BenchSilo.Start(server);
        var (_, isOk) = await Append(silo, TimeSpan.FromSeconds(1));
        await using var peers = await JournalPeers.Create(silo.Uri);
        var ours = new List<Run>();
        var inserts = new List<Run>();
        var copies = new Dictionary<int, List<Run>> { [1] = [], [2] = [] };

        // Taking turns: whatever else the machine does hits all alike.
        for (var i = 0; i < Runs; i++)
        {
            var (run, holds) = await Append(silo, Length);
            ours.Add(run);
            isOk &= holds;
            inserts.Add(await peers.Inserts(8, WarmUp, Length));
            isOk &= await peers.HoldsAll();
            foreach (var (connections, runs) in copies)
            {
                runs.Add(await peers.Copies(connections, WarmUp, Length));
                isOk &= await peers.HoldsAll();
            }
        }

        isOk &= await IsSound(silo);
        return
        [
            Rate("durable events", "insert-per-commit, 8 clients", "events/s", ours, inserts, isOk),
            Rate("durable events", "copy of 100 rows, 1 connection", "events/s", ours, copies[1], isOk),
            Rate("durable events", "copy of 100 rows, 2 connections", "events/s", ours, copies[2], isOk),
        ];
    }

    // As many rows more as were acknowledged: callers are answered before the load returns.
    private static async Task<(Run Run, bool Ok)> Append(BenchSilo silo, TimeSpan length)
    {
        var before = await CountRows(silo.Uri);
        long acknowledged = 0;
        var run = await Load.Closed(Callers, WarmUp, length, async caller =>
        {
            var show = CommandId.Of("show", $"{caller % Grains}").Value;
            var id = new CommandId(Guid.NewGuid());
            var answered = await silo.Grains.Send(new TakeSeat(show, long.MaxValue), new Envelope(id, Caller.System));
            Interlocked.Increment(ref acknowledged);
            return answered is { Answer.Outcome: SeatTaken, Position: not null };
        });
        return (run, await CountRows(silo.Uri) - before == acknowledged);
    }

    private static async Task<Line> Sends(string server)
    {
        await using var silo = await BenchSilo.Start(server);
        await using var peers = await JournalPeers.Create(silo.Uri);
        long acknowledged = 0;
        Task<Run> Pay() => Load.Closed(Senders, WarmUp, Length, async _ =>
        {
            var payer = Random.Shared.Next(Grains);
            var payee = (payer + 1 + Random.Shared.Next(Grains - 1)) % Grains;
            var answered = await silo.Grains.Send(
                new Pay(Purse(payer), Purse(payee)), new Envelope(new CommandId(Guid.NewGuid()), Caller.System));
            Interlocked.Increment(ref acknowledged);
            return answered.Answer.Outcome is Done;
        });

        var (ours, theirs) = (new List<Run>(), new List<Run>());
        for (var i = 0; i < Runs; i++)
        {
            ours.Add(await Pay());
            theirs.Add(await peers.TwoTransactions(8, WarmUp, Length));
        }

        long paidOut = 0, paidIn = 0;
        for (var i = 0; i < Grains; i++)
        {
            var (gone, come) = await silo.Grains.Read<PurseState, (long, long)>(
                new GrainId(PurseModule.Kind, Purse(i)), s => (s.Out, s.In));
            paidOut += gone;
            paidIn += come;
        }

        var isOk = paidOut == acknowledged && paidIn == acknowledged && await peers.IsBalanced() && await IsSound(silo);
        return Rate("sends between grains", "two-transactions", "sends/s", ours, theirs, isOk);
    }

    private static Guid Purse(int number) => CommandId.Of("purse", $"{number}").Value;

    private static Line Rate(string name, string peer, string unit, List<Run> ours, List<Run> theirs, bool isOk)
    {
        var rates = ours.ConvertAll(r => r.PerSecond);
        var others = theirs.ConvertAll(r => r.PerSecond);
        return new Line(name, peer, Statistics.Median(rates), Statistics.Median(others), unit, isOk)
        {
            Note = $"spread {Statistics.Spread(rates)} vs {Statistics.Spread(others)}; CPU "
                + $"{Statistics.Median(ours.Select(r => r.CpuMicroseconds)):N1}/"
                + $"{Statistics.Median(theirs.Select(r => r.CpuMicroseconds)):N1} us; p99 "
                + $"{Statistics.Median(ours.Select(r => r.Latencies!.P99)):N1}/"
                + $"{Statistics.Median(theirs.Select(r => r.Latencies!.P99)):N1} ms",
        };
    }

    /// <summary>Positions without gaps, chain, versions, snapshots, views: all that <c>verify</c> checks.</summary>
    public static async Task<bool> IsSound(BenchSilo silo)
    {
        try
        {
            var verified = await silo.Services.GetRequiredService<Verifier>().Run(CancellationToken.None);
            return verified.Rows == await CountRows(silo.Uri);
        }
        catch (FaultFoundException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return false;
        }
    }

    private static async Task<long> CountRows(string uri)
    {
        await using var database = new Database(uri);
        await using var connection = await database.Open();
        await using var command = new NpgsqlCommand("select count(*) from journal.rows", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
