using System.Globalization;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Running;

namespace SmartClub.Devices.Verbs;

/// <summary>Sets up the demo club and lives in it until stopped.</summary>
public static class DemoVerb
{
    /// <summary>The door log behind the table is a quiet one; this club is about five times as busy.</summary>
    private const double VolumeDefault = 5;

    // A first look should not depend on the hour at which it is taken: unless asked otherwise the club's clock begins
    // on a Monday afternoon, inside the days that the door log covers, and two seconds are a minute.
    private const double SpeedDefault = 30;
    private static readonly DateTime LivelyHour = new(2015, 3, 2, 16, 30, 0);

    private const double QuietPerHour = 2;

    public static async Task<int> Run(
        Arguments arguments, Output output, TimeProvider clock, CancellationToken stop)
    {
        arguments.AllowOnly("url", "login", "state", "swipes", "speed", "seed", "at", "members", "volume", "trust");
        var speed = arguments.Number("speed", SpeedDefault, 0.1, 3_600);
        var volume = arguments.Number("volume", VolumeDefault, 0.1, 1_000);
        var asked = arguments.Time("at") ?? (speed > 1 ? LivelyHour : null);
        var file = arguments.Text("swipes") is { } path ? SwipeSource.Load(path, output) : null;
        using var setup = await DemoSetup.Open(arguments, output, clock, stop);
        var seed = arguments.Whole("seed", setup.Club.File.Seed, 0, int.MaxValue);

        var zone = TimeZoneInfo.FindSystemTimeZoneById(ClubBuilder.TimeZone);
        var localNow = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime;
        var begin = Schedule.Begin(asked, localNow, file);
        var from = begin - Schedule.WarmUp;
        var swipes = file is null
            ? ArrivalStream.Draw(setup.Table, from, volume, seed)
            : Schedule.Forever(file, from);
        var showings = new Assigner([.. setup.Club.Members.Select(member => member.Habits)], setup.Table, seed)
            .Assign(swipes);

        var (before, later) = Schedule.Split(showings, begin);
        var earlier = ScanJournal.Read(setup.State.ScansPath);
        var leftInside = ScanJournal.LeftInside(earlier);
        using var journal = new ScanJournal(setup.State.ScansPath);
        var desk = new ScanDesk(setup.Club, setup.Gates, journal, RunName(clock), speed, clock);
        desk.Remember(leftInside);
        await UseVisits(setup, stop);
        var opening = Schedule.Opening(before, leftInside, begin);
        var unanswered = earlier.Where(scan => scan.Answered is null).Select(scan => scan.Asked).ToList();
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"the club's clock says {begin:dddd yyyy-MM-dd HH:mm} and runs at {speed} times the real rhythm; "
            + $"{opening.Count} badges to begin with, {unanswered.Count} still without an answer"));
        if (speed <= 1)
        {
            SayWhenQuiet(output, setup.Table, begin, file is null ? volume : 1);
        }

        var simulation = new Simulation(desk, setup.Gates, output, clock);
        try
        {
            await simulation.Run(unanswered, opening.Concat(later), begin, speed, stop);
        }
        finally
        {
            output.Line("whole run: " + simulation.Summary());
        }

        return 0;
    }

    /// <summary>Different in every run, since a scanId must never name two scans.</summary>
    public static string RunName(TimeProvider clock) =>
        clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);

    public static async Task UseVisits(DemoSetup setup, CancellationToken stop)
    {
        if (setup.State.Club is { VisitsUsed: false } club)
        {
            await QuotaUse.Run(setup.Club, setup.Gates, stop);
            setup.State.Save(club with { VisitsUsed = true });
        }
    }

    private static void SayWhenQuiet(Output output, ArrivalTable table, DateTime begin, double volume)
    {
        var perHour = table.EntriesPerHour(ArrivalTable.WeekdayOf(begin), begin.Hour) * volume;
        if (perHour < QuietPerHour)
        {
            output.Line("hardly anybody comes at this hour; --at 2015-03-02T17:00 shows a Monday evening");
        }
    }
}
