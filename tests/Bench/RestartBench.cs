using System.Diagnostics;
using SmartClub.Grains.Model;
using SmartClub.Silo;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// The real program on a large journal, killed under load and started again: from the start of the process to the
/// first right answer of a scan, and to the first answer again of a scan from before. Against reading and folding
/// the whole journal, which is what a program without snapshots, views and fingerprints would have to do first.
/// </summary>
internal static class RestartBench
{
    private const int Runs = 5;

    public static async Task<List<Line>> Run(string server, int events, int members)
    {
        await using var seeded = await BenchSilo.Start(server);
        var club = await GateClub.Create(seeded.Grains, seeded.Services.GetRequiredService<ClubKeys>(), 20, members);
        var load = await MemberLoad.Of(seeded, club);
        await load.Scan(seeded, "seed", 1 + (events / members));
        await MemberLoad.CatchUp(seeded);
        await seeded.StopKeepingDatabase();
        var (scans, repeats, folds) = (new List<double>(), new List<double>(), new List<double>());
        var isOk = true;
        var silo = new StartedSilo(seeded, club);
        await silo.Scan("first", 0);
        for (var i = 0; i < Runs; i++)
        {
            var kept = await silo.Scan($"kept-{i}", i);
            var gates = new GateLoad(silo.Port, club, 64, i);
            await gates.Closed(TimeSpan.Zero, TimeSpan.FromSeconds(1));
            var last = await silo.Scan($"last-{i}", i);
            silo.Dispose();
            silo = new StartedSilo(seeded, club);
            var fresh = await silo.Scan($"fresh-{i}", members / 2);
            scans.Add(silo.Seconds);
            var again = await silo.Scan($"kept-{i}", i);
            repeats.Add(silo.Seconds);
            isOk &= fresh.Position > last.Position && fresh.Decision == "grant" && again == kept;
            folds.Add(await Fold(seeded, events));
        }

        silo.Dispose();
        await using var after = await seeded.Restart();
        isOk &= await JournalBench.IsSound(after);
        return [Line("first scan", scans, folds, isOk), Line("repeat of an old scan", repeats, folds, isOk)];
    }

    private static Line Line(string what, List<double> ours, List<double> folds, bool isOk) => new(
        $"restart to {what}", "fold from zero", Statistics.Median(ours), Statistics.Median(folds), "s", isOk)
    {
        Note = $"spread {Statistics.Spread(ours)} vs {Statistics.Spread(folds)}",
    };

    // All rows read, decoded and folded; the time of starting a process is left out.
    private static async Task<double> Fold(BenchSilo silo, int atLeast)
    {
        await using var services = new ServiceCollection()
            .AddLogging().AddSilo(silo.Settings, BenchSilo.Modules).BuildServiceProvider();
        await services.GetRequiredService<KeyRing>().Preload(CancellationToken.None);
        var reader = services.GetRequiredService<JournalReader>();
        var kinds = services.GetServices<FeatureModule>().SelectMany(m => m.Grains).ToDictionary(g => g.Kind);
        var states = new Dictionary<GrainId, IGrainState>();
        var rows = 0;
        var clock = Stopwatch.StartNew();
        await foreach (var stored in reader.All(0, int.MaxValue))
        {
            if (!states.TryGetValue(stored.Row.Grain, out var state))
            {
                states[stored.Row.Grain] = state = kinds[stored.Row.Grain.Kind].NewState();
            }

            foreach (var happened in stored.Row.Events)
            {
                state.Apply(happened);
            }

            rows++;
        }

        return rows >= atLeast
            ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"The journal holds {rows} rows only.");
    }
}
