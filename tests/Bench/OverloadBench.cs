using System.Globalization;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// Ten times the load for two minutes, with ten times the connections, and back: every answer explicit, memory flat,
/// the normal load served as before within ten seconds. What is normal is a fifth of what the silo can do here, so
/// ten times of it is twice of what it can.
/// </summary>
internal static class OverloadBench
{
    private const int NormalConnections = 300;
    private const int NormalStaffPerSecond = 20;
    private const int Times = 10;
    private const double ShareOfCapacity = 0.2;
    private const double RecoveredShare = 0.95;
    private const double MemoryGrowthMax = 1.25;
    private static readonly TimeSpan Normal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Overload = TimeSpan.FromSeconds(Seconds("SMARTCLUB_OVERLOAD_SECONDS", 60));
    private static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(10);

    public static async Task<List<Line>> Run(string server)
    {
        await using var seeded = await BenchSilo.Start(server);
        var club = await GateClub.Create(seeded.Grains, seeded.Services.GetRequiredService<ClubKeys>(), 20, 10_000);
        await seeded.StopKeepingDatabase();
        using var silo = await Child.Silo(seeded.Uri, seeded.Folder);
        await new GateLoad(silo.Port, club, 64, 1).TouchAll();
        var closed = await new GateLoad(silo.Port, club, NormalConnections, 2)
            .Closed(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
        var rate = (int)(closed.PerSecond * ShareOfCapacity);
        using var staff = await StaffLoad.SignIn(silo.Port, seeded.Folder);

        var before = await Phase("normal", silo, club, staff, rate, 1, Normal);

        // The collector's generations grow to a new load for about a minute; from then on memory may not.
        var first = await Phase("ten times, first minute", silo, club, staff, rate, Times, Overload);
        var early = silo.Memory;
        var during = await Phase("ten times, second minute", silo, club, staff, rate, Times, Overload);
        var late = silo.Memory;
        var after = await Phase("afterwards", silo, club, staff, rate, 1, Normal);
        return Lines(closed, before, [first, during], after, early, late);
    }

    private static async Task<OverloadPhase> Phase(
        string name, Child silo, GateClub club, StaffLoad staff, int rate, int times, TimeSpan length)
    {
        var phase = new OverloadPhase(name, length);
        var load = new GateLoad(silo.Port, club, NormalConnections * times, times + name.Length);
        await Task.WhenAll(
            phase.Gates.Offer(rate * times, await load.Connect()),
            phase.Staff.Offer(NormalStaffPerSecond * times, staff.Callers(times), call => call()));
        Console.WriteLine($"  {phase}");
        return phase;
    }

    private static List<Line> Lines(
        Run closed, OverloadPhase before, OverloadPhase[] minutes, OverloadPhase after, long early, long late)
    {
        var explicitly = minutes.Append(before).Append(after).Sum(p => p.Gates.Unexplained + p.Staff.Unexplained);
        var during = minutes[^1];
        var recovered = after.Gates.SecondsUntil(RecoveredShare * before.Gates.GoodPerSecond);
        var isFlat = late <= early * MemoryGrowthMax;
        return
        [
            new Line("granted at ten times the load", "doors that wait", during.Gates.GoodPerSecond,
                closed.PerSecond, "scans/s", explicitly == 0)
            {
                Note = $"{during.Gates}; not answered as promised: {explicitly}",
            },
            new Line("p99 of a grant at ten times the load", "at the normal load", during.Gates.Good.P99,
                before.Gates.Good.P99, "ms", during.Gates.Slowest < OverloadSide.HangsAfter)
            {
                Note = $"slowest answer of all {during.Gates.Slowest.TotalMilliseconds:N0} ms",
            },
            new Line("memory after the second minute", "after the first", late / 1e6, early / 1e6, "MB", isFlat),
            new Line("back to 95 % of normal after", "promised", recovered, RecoversWithin.TotalSeconds, "s",
                recovered <= RecoversWithin.TotalSeconds)
            {
                Note = $"{after.Gates}; normal: {before.Gates}",
            },
            new Line("staff calls at ten times the load", "asked for", during.Staff.GoodPerSecond,
                NormalStaffPerSecond * Times, "calls/s", during.Staff.Unexplained == 0) { Note = $"{during.Staff}" },
        ];
    }

    private static double Seconds(string name, double otherwise) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set)
            ? set : otherwise;
}
