using System.Diagnostics;
using System.Globalization;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Running;

namespace SmartClub.Devices.Verbs;

/// <summary>A whole swipe file once, at any speed; without an address only the assignment of persons.</summary>
public static class ReplayVerb
{
    public static async Task<int> Run(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        arguments.AllowOnly("url", "login", "state", "swipes", "speed", "seed", "members", "trust");
        var speed = arguments.Number("speed", 0, 0, 1_000_000);
        var file = SwipeSource.Load(arguments.Required("swipes"), output);
        if (file.Count == 0)
        {
            throw new DeviceException($"The swipe file holds no swipes.");
        }

        if (arguments.Text("url") is null)
        {
            return AssignOnly(arguments, file, output);
        }

        using var setup = await DemoSetup.Open(arguments, output, clock, stop);
        var seed = arguments.Whole("seed", setup.Club.File.Seed, 0, int.MaxValue);
        var assigner = new Assigner([.. setup.Club.Members.Select(member => member.Habits)], setup.Table, seed);
        var earlier = ScanJournal.Read(setup.State.ScansPath);
        var leftInside = ScanJournal.LeftInside(earlier);
        var begin = file[0].At;
        using var journal = new ScanJournal(setup.State.ScansPath);
        var desk = new ScanDesk(setup.Club, setup.Gates, journal, DemoVerb.RunName(clock), speed, clock);
        desk.Remember(leftInside);
        var simulation = new Simulation(desk, setup.Gates, output, clock);
        var showings = Schedule.Opening([], leftInside, begin)
            .Concat(assigner.Assign(SwipeFile.SpreadWithinMinutes(file)));
        var unanswered = earlier.Where(scan => scan.Answered is null).Select(scan => scan.Asked).ToList();
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            await simulation.Run(unanswered, showings, begin, speed, stop);
        }
        finally
        {
            var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            SayCounts(assigner.Counts, file, output);
            output.Line(simulation.Summary());
            output.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{simulation.Whole.Latency.Total} answers in {seconds:0.0} s, "
                + $"{simulation.Whole.Latency.Total / seconds:0} a second"));
        }

        return simulation.Whole.Unanswered + simulation.Whole.Refused == 0 ? 0 : 1;
    }

    private static int AssignOnly(Arguments arguments, IReadOnlyList<Swipe> file, Output output)
    {
        var seed = arguments.Whole("seed", DemoSetup.SeedDefault, 0, int.MaxValue);
        var count = arguments.Whole("members", DemoSetup.MembersDefault, 1, 50_000);
        var table = ArrivalTable.Embedded();
        var members = MemberPlan.Draw(count, seed, "000000", table);
        var assigner = new Assigner([.. members.Select(member => member.Habits)], table, seed);
        var insideMax = 0;
        foreach (var _ in assigner.Assign(SwipeFile.SpreadWithinMinutes(file)))
        {
            insideMax = Math.Max(insideMax, assigner.InsideCount);
        }

        SayCounts(assigner.Counts, file, output);
        output.Line($"at most {insideMax} inside at once, {assigner.InsideCount} left inside at the end");
        return 0;
    }

    private static void SayCounts(AssignerCounts counts, IReadOnlyList<Swipe> file, Output output)
    {
        var days = file.Select(swipe => swipe.At.Date).Distinct().Count();
        output.Line(
            $"{file.Count} swipes on {days} days: {counts.Entries} entries ({counts.EntriesWithoutPerson} without a "
            + $"person), {counts.Exits} exits ({counts.ExitsWithoutPerson} without a person), "
            + $"{counts.InferredExits} exits inferred, {counts.UnseenExits} unseen, {counts.Repeats} double scans, "
            + $"{counts.Unknown} unknown badges");
    }
}
