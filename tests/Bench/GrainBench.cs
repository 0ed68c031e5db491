using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// One hot grain against one hot row: every success is durable, nothing is oversold. Callers are a closed loop, as a
/// door or a till is: the next request follows the answer.
/// </summary>
internal static class GrainBench
{
    private const int Runs = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static async Task<List<Line>> Run(string server)
    {
        await using var silo = await BenchSilo.Start(server);
        await BenchSilo.Execute(silo.Uri, "create table seat (id int primary key, taken bigint, n bigint)");
        var lines = new List<Line>();
        var rows = await Repeat(i => HotRow(silo.Uri, i, 32));
        foreach (var callers in (int[])[32, 1_000])
        {
            var grains = await Repeat(i => HotGrain(silo, callers, i));
            lines.AddRange(Compare(callers, grains, rows));
        }

        return lines;
    }

    private static async Task<List<(Run Run, bool Ok)>> Repeat(Func<int, Task<(Run, bool)>> run)
    {
        var results = new List<(Run, bool)>();
        for (var i = 0; i < Runs; i++)
        {
            results.Add(await run(i));
        }

        return results;
    }

    private static IEnumerable<Line> Compare(
        int callers, List<(Run Run, bool Ok)> ours, List<(Run Run, bool Ok)> theirs)
    {
        var ok = ours.TrueForAll(r => r.Ok) && theirs.TrueForAll(r => r.Ok);
        var rates = ours.ConvertAll(r => r.Run.PerSecond);
        yield return new Line(
            $"hot grain, {callers} callers", "UPDATE seat, 32 clients", Statistics.Median(rates),
            Statistics.Median(theirs.Select(r => r.Run.PerSecond)), "decisions/s", ok)
        {
            Note = $"spread {Statistics.Spread(rates)}, "
                + $"{Statistics.Median(ours.Select(r => r.Run.CpuMicroseconds)):N1} us CPU each",
        };
        yield return new Line(
            $"hot grain p99, {callers} callers", "UPDATE seat p99, 32 clients",
            Statistics.Median(ours.Select(r => r.Run.Latencies!.P99)),
            Statistics.Median(theirs.Select(r => r.Run.Latencies!.P99)), "ms", ok)
        {
            Note = $"p50 {Statistics.Median(ours.Select(r => r.Run.Latencies!.P50)):N2}, "
                + $"p99.9 {Statistics.Median(ours.Select(r => r.Run.Latencies!.P999)):N2}, "
                + $"max {ours.Max(r => r.Run.Latencies!.Max):N2} ms",
        };
    }

    private static async Task<(Run Run, bool Ok)> HotGrain(BenchSilo silo, int callers, int number)
    {
        var show = CommandId.Of("show", $"{callers}", $"{number}").Value;
        long sold = 0;
        async Task<bool> Take(int caller)
        {
            var id = new CommandId(Guid.NewGuid());
            var answered = await silo.Grains.Send(new TakeSeat(show, long.MaxValue), new Envelope(id, Caller.System));
            Interlocked.Increment(ref sold);
            return answered.Answer.Outcome is SeatTaken;
        }

        var run = await Load.Closed(callers, WarmUp, Length, Take);

        // Every success is a row in the journal, and the grain has sold exactly as many seats.
        var taken = await silo.Grains.Read<SeatState, long>(new GrainId(SeatModule.Kind, show), s => s.Taken);
        await using var database = new Database(silo.Uri);
        await using var connection = await database.Open();
        await using var count = new NpgsqlCommand("select count(*) from journal.rows where stream = $1", connection);
        count.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = show });
        var stored = (long)(await count.ExecuteScalarAsync())!;

        // And at the limit nothing is oversold: 200 callers for 50 seats.
        var small = CommandId.Of("small", $"{callers}", $"{number}").Value;
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => silo.Grains.Send(
            new TakeSeat(small, 50), new Envelope(new CommandId(Guid.NewGuid()), Caller.System))));
        return (run, taken == sold && stored == sold && answers.Count(a => a.Answer.Outcome is SeatTaken) == 50);
    }

    private static async Task<(Run Run, bool Ok)> HotRow(string uri, int number, int clients)
    {
        await BenchSilo.Execute(uri, $"insert into seat values ({number}, 0, {long.MaxValue})");
        var settings = new NpgsqlConnectionStringBuilder(new Database(uri).ConnectionString)
        {
            MaxPoolSize = clients + 2,
            MaxAutoPrepare = 10,
        };
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        long sold = 0;
        var commands = new List<NpgsqlCommand>();
        for (var i = 0; i < clients; i++)
        {
            var connection = await source.OpenConnectionAsync();
            var command = new NpgsqlCommand(
                $"update seat set taken = taken + 1 where id = {number} and taken < n", connection);
            await command.PrepareAsync();
            commands.Add(command);
        }

        async Task<bool> Take(int caller)
        {
            var changed = await commands[caller].ExecuteNonQueryAsync();
            Interlocked.Add(ref sold, changed);
            return changed == 1;
        }

        var run = await Load.Closed(clients, WarmUp, Length, Take);
        foreach (var command in commands)
        {
            await command.Connection!.DisposeAsync();
        }

        await using var check = source.CreateCommand($"select taken from seat where id = {number}");
        return (run, (long)(await check.ExecuteScalarAsync())! == sold);
    }
}
