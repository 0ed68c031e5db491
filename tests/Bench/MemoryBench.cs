using System.Runtime;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// Live heap of a member at rest who has been scanned a few times: a silo with them against a silo without, both
/// after as many rows of another grain as anything keeps of the latest rows.
/// </summary>
internal static class MemoryBench
{
    private const double StateGoal = 1_000;
    private const double AllGoal = 4_000;
    private const int LatestRows = 2 * Silo.Limits.FeedRows;

    public static async Task<List<Line>> Run(string server, int members)
    {
        long without;
        await using (var silo = await BenchSilo.Start(server))
        {
            without = await AtRest(silo);
        }

        var first = await BenchSilo.Start(server);
        var club = await GateClub.Create(first.Grains, first.Services.GetRequiredService<ClubKeys>(), 1, members);
        var load = await MemberLoad.Of(first, club);
        await load.Scan(first, "yesterday", 4);

        // Activated by scans on a silo that knows them only from the journal, as on any morning.
        await using var second = await first.Restart();
        var atStart = await AtRest(second);
        await load.Scan(second, "today", 4);
        var all = (double)(await AtRest(second) - without) / members;
        var indexes = (double)(atStart - without) / members;
        var active = second.Services.GetRequiredService<Catalogue>().Count;
        var (state, missing) = await State(second, load);
        var isOk = active >= members && missing == 0 && await JournalBench.IsSound(second);
        return
        [
            new Line("heap per idle member, state", "goal", state, StateGoal, "B", isOk),
            new Line("heap per idle member, all in", "goal", all, AllGoal, "B", isOk)
            {
                Note = $"of these {indexes:N0} without any activation: names, badges, keys; {members} members, "
                    + $"{active} activations, 8 scans each",
            },
        ];
    }

    private static async Task<long> AtRest(BenchSilo silo)
    {
        var show = Guid.NewGuid();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, LatestRows),
            new ParallelOptions { MaxDegreeOfParallelism = 1_000 },
            async (_, _) => await silo.Grains.Send(
                new TakeSeat(show, long.MaxValue), new Envelope(new CommandId(Guid.NewGuid()), Caller.System)));
        await MemberLoad.CatchUp(silo);
        return Live();
    }

    // The states alone: folded from the journal, nothing else kept.
    private static async Task<(double Bytes, int Missing)> State(BenchSilo silo, MemberLoad load)
    {
        var reader = silo.Services.GetRequiredService<JournalReader>();
        var members = load.Members.ToList();
        var states = new MemberState[members.Count];
        var before = Live();
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = new MemberState();
            foreach (var happened in (await reader.Stream(members[i].Grain, 0)).SelectMany(r => r.Events))
            {
                states[i].Apply(happened);
            }
        }

        var bytes = (double)(Live() - before) / states.Length;
        return (bytes, states.Count(s => !s.Exists));
    }

    private static long Live()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
