using System.Diagnostics;
using System.Globalization;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Staff;
using SmartClub.Tests.Faults;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Chaos;

/// <summary>How long a campaign goes on, and from which seed.</summary>
internal sealed record Plan(int Seed, int Kills, TimeSpan Length, bool EachKindOnce = false);

/// <summary>
/// Load on a club that suffers one storm of faults after the other. After each the club must come back by itself;
/// at the end everything that was ever answered is held against the journal.
/// </summary>
internal sealed class Campaign(Plan plan, string outputFolder, Action<string> say) : IDisposable
{
    private static readonly TimeSpan ComesBackWithin = TimeSpan.FromMinutes(2);
    private readonly CallLog log = new(Path.Combine(outputFolder, "calls.log"));
    private readonly StreamWriter faultLog = new(Path.Combine(outputFolder, "faults.log")) { AutoFlush = true };
    private readonly Progress progress = new();
    private readonly Outages outages = new();

    public void Dispose()
    {
        log.Dispose();
        faultLog.Dispose();
    }

    /// <summary>Runs it; what is wrong at the end is in the report.</summary>
    public async Task<Report> Run()
    {
        await using var club = await ChaosClub.Start();
        try
        {
            await club.Silos[0].Process.Active.Happens("the first silo becomes active", minutes: 2);
            await club.AddSilo().Process.StandsBy.Happens("the second silo stands by", minutes: 2);
            var addresses = club.Silos.ConvertAll(s => s.Address);
            using var http = new HttpClient(new SiloAddresses(addresses, log)) { BaseAddress = addresses[0] };
            var login = FirstLogin.Load(Path.Combine(club.Folder, "first-login.json"));
            using var staff = new StaffClient(
                http, login, Path.Combine(outputFolder, "token"), TimeProvider.System);
            var load = new Load(http, staff, outputFolder, progress);
            await load.SetUp(CancellationToken.None).Happens("the club is set up", minutes: 2);
            log.Answered += outages.Hear;
            var kills = await Storms(club, load);
            return await Judge(club, http, kills);
        }
        finally
        {
            foreach (var (number, silo) in club.Silos.Index())
            {
                var file = Path.Combine(outputFolder, $"silo{number + 1}.log");
                await File.WriteAllLinesAsync(file, silo.Process.Lines);
            }
        }
    }

    private async Task<int> Storms(ChaosClub club, Load load)
    {
        var enough = new TaskCompletionSource();
        var running = load.Run(plan.Seed, enough.Task);
        var storming = EndureAll(club);
        await await Task.WhenAny(running, storming);
        enough.SetResult();
        await running.Happens("everybody has an answer", ComesBackWithin.TotalMinutes);
        await Task.WhenAll(load.Everybody.Select(p => p.Look())).Happens("everybody has looked once more", 2);
        return await storming;
    }

    private async Task<int> EndureAll(ChaosClub club)
    {
        var began = Stopwatch.StartNew();
        var kills = 0;
        var storms = plan.EachKindOnce
            ? Storm.Each(plan.Seed, ChaosClub.Possible) : Storm.Endless(plan.Seed, ChaosClub.Possible);
        foreach (var (number, storm) in storms.Index())
        {
            if (!plan.EachKindOnce && kills >= plan.Kills && began.Elapsed >= plan.Length)
            {
                break;
            }

            kills += storm.Faults.Sum(f => f.Kills);
            await Endure(club, storm, number + 1, kills);
        }

        club.SetClocksRight();
        return kills;
    }

    private async Task Endure(ChaosClub club, Storm storm, int number, int kills)
    {
        var faults = string.Join(' ', storm.Faults);
        await faultLog.WriteLineAsync($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {number} {faults}");
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(storm.Faults.Select(club.Suffer)).Happens($"storm {number} is over: {faults}", 2);
        await progress.After(storm.AnswersAfter)
            .Happens($"the club answers again after storm {number}: {faults}", ComesBackWithin.TotalMinutes);
        var without = outages.Note(storm, began);
        say(string.Create(
            CultureInfo.InvariantCulture,
            $"storm {number}, {kills} kills: {faults}: {without.TotalSeconds:N1} s without an answer"));
    }

    private async Task<Report> Judge(ChaosClub club, HttpClient http, int kills)
    {
        await Backlog.IsSettled(http).Happens("all sends are delivered and the views are there", 2);
        await Task.WhenAll(club.Silos.Select(s => s.Process.Stop()));
        var faults = new List<string>();
        faults.AddRange(await Verify(club));
        var judgement = await Oracle.Judge(club.Database.Uri(), club.Folder, log.Calls);
        faults.AddRange(judgement.Faults);
        foreach (var silo in club.Silos.Select(s => s.Process))
        {
            faults.AddRange(silo.Lines.Where(l => l.Contains("Unhandled exception", StringComparison.Ordinal)));
            faults.AddRange(silo.EndedByItself.Where(c => c != SmartClub.Silo.Entry.TryLater)
                .Select(c => $"A silo ended with exit code {c}."));
        }

        return new Report(plan.Seed, kills, log.Calls.Count, judgement, outages, faults);
    }

    // The views as they were kept, and as they come out when they are made anew.
    private static async Task<List<string>> Verify(ChaosClub club)
    {
        var faults = new List<string>();
        var kept = await Views(club.Database);
        foreach (var verb in (string[])["verify", "rebuild-views", "verify"])
        {
            var (code, said) = await club.Silos[0].Process.Run(verb);
            faults.AddRange(code == 0 ? [] : [$"{verb}: {said}"]);
        }

        var rebuilt = await Views(club.Database);
        faults.AddRange(kept.Keys.Union(rebuilt.Keys)
            .Where(table => kept.GetValueOrDefault(table) != rebuilt.GetValueOrDefault(table))
            .Select(table => $"The view {table} is not what its rebuild is."));
        return faults;
    }

    private static async Task<Dictionary<string, string>> Views(TestDatabase database)
    {
        var digests = new Dictionary<string, string>();
        foreach (var table in await database.Rows("select tablename from pg_tables where schemaname = 'views'"))
        {
            var name = table.Trim('(', ')');
            digests[name] = await database.Scalar<string>(
                $"select coalesce(md5(string_agg(t::text, ';' order by t::text)), '') from views.{name} t");
        }

        return digests;
    }
}
