using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;

namespace SmartClub.Tests.Devices;

public sealed class ArrivalTableTests
{
    private static readonly DateTime Monday = new(2015, 3, 2);

    [Fact]
    public void Table_OfTheProject_AddsUpAndSaysWhereItComesFrom()
    {
        var table = ArrivalTable.Embedded();

        Assert.Equal(table.EntriesTotal, table.Entries.Sum(hours => hours.Sum()));
        Assert.All(table.Entries, hours => Assert.Equal(24, hours.Count));
        Assert.Equal(7, table.Days.Count);
        Assert.InRange(table.ExitShare, 0.3, 0.5);
        Assert.True(table.EntriesPerHour(0, 12) > table.EntriesPerHour(0, 3));
        Assert.Contains("derive-arrivals", table.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Stays_AreDrawnForEveryHour_AlsoThoseHardlyEverCounted()
    {
        var table = ArrivalTable.Embedded();
        var random = new Random(1);

        var stays = Enumerable.Range(0, 7 * 24).Select(hour => table.DrawStay(Monday.AddHours(hour), random));

        Assert.All(stays, stay => Assert.InRange(stay.TotalMinutes, 20, 140));
    }

    [Fact]
    public void Derivation_CountsEntriesByWeekdayAndHour()
    {
        var table = ArrivalDerivation.Derive(
            [
                In(Monday.AddHours(8)), In(Monday.AddHours(8.5)), Out(Monday.AddHours(9)),
                In(Monday.AddDays(6).AddHours(23)), In(Monday.AddDays(7).AddHours(8)),
            ],
            "a test");

        Assert.Equal([2, 0, 0, 0, 0, 0, 1], table.Days);
        Assert.Equal(3, table.Entries[0][8]);
        Assert.Equal(1, table.Entries[6][23]);
        Assert.Equal(1.5, table.EntriesPerHour(0, 8));
        Assert.Equal((4, 1), (table.EntriesTotal, table.ExitsTotal));
    }

    [Fact]
    public void Derivation_PairsAnExitWithTheMiddleOfTheOpenEntries()
    {
        var stays = ArrivalDerivation.PairStays(
        [
            In(Monday), In(Monday.AddMinutes(150)), In(Monday.AddMinutes(170)), In(Monday.AddMinutes(190)),
            In(Monday.AddMinutes(225)), Out(Monday.AddMinutes(230)), Out(Monday.AddMinutes(231)),
        ]).ToList();

        // The first came too long ago and the last too recently; the third is the middle one, then the fourth.
        Assert.Equal(
            [(Monday.AddMinutes(170), TimeSpan.FromMinutes(60)), (Monday.AddMinutes(190), TimeSpan.FromMinutes(41))],
            stays);
    }

    [Fact]
    public void Derivation_LeavesOutCellsThatWouldSpeakOfPersons()
    {
        var swipes = Enumerable.Range(0, 9).SelectMany(week => new[]
        {
            In(Monday.AddDays(7 * week).AddHours(8)), Out(Monday.AddDays(7 * week).AddHours(9)),
        });

        var table = ArrivalDerivation.Derive([.. swipes], "a test");

        var only = Assert.Single(table.Stays);
        Assert.Equal((null, null), (only.Weekday, only.Hour));
        Assert.Equal(9, only.Counts[6]);
    }

    [Fact]
    public void Stream_FollowsTheTable_AndIsTheSameForTheSameSeed()
    {
        var table = ArrivalTable.Embedded();
        List<Swipe> Weeks(int seed) =>
            [.. ArrivalStream.Draw(table, Monday, 5, seed).TakeWhile(swipe => swipe.At < Monday.AddDays(70))];

        var swipes = Weeks(7);
        var mondays = swipes.Count(swipe =>
            swipe.Direction == Direction.In && swipe.At.DayOfWeek == DayOfWeek.Monday) / 10.0;
        var expected = Enumerable.Range(0, 24).Sum(hour => table.EntriesPerHour(0, hour)) * 5;

        Assert.InRange(mondays, expected * 0.85, expected * 1.15);
        Assert.Equal(swipes.OrderBy(swipe => swipe.At), swipes);
        Assert.Equal(swipes, Weeks(7));
        Assert.NotEqual(swipes, Weeks(8));
    }

    private static Swipe In(DateTime at) => new(Direction.In, at);

    private static Swipe Out(DateTime at) => new(Direction.Out, at);
}
