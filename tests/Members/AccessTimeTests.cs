using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Members;

/// <summary>Doors decide from the wall clock and the calendar of the gate's site.</summary>
public sealed class AccessTimeTests
{
    private static readonly DayOfWeek[] EveryDay = Enum.GetValues<DayOfWeek>();

    [Fact]
    public void LastDay_EndsAtMidnightOfTheSite()
    {
        // The same instant is still the 24th in Kinshasa (UTC+1) and already the 25th in Lubumbashi (UTC+2).
        var instant = new DateTimeOffset(2026, 11, 24, 22, 30, 0, TimeSpan.Zero);
        var lastDay = new DateOnly(2026, 11, 24);
        var kinshasa = new Hall(timeZone: "Africa/Kinshasa").At(instant).With(lastDay: lastDay);
        var lubumbashi = new Hall(timeZone: "Africa/Lubumbashi").At(instant).With(lastDay: lastDay);
        Assert.Equal(AccessReason.Ok, kinshasa.In().Reason);
        var late = lubumbashi.In();
        Assert.Equal(AccessReason.Expired, late.Reason);
        Assert.Equal(lastDay, late.Detail?.ExpiredOn);
    }

    [Fact]
    public void FirstDay_BeginsAtMidnightOfTheSite()
    {
        var first = new DateOnly(2026, 11, 25);
        var hall = new Hall().AtLocal(2026, 11, 24, 23, 59, 59).With(startsOn: first);
        var early = hall.In();
        Assert.Equal(AccessReason.NotStarted, early.Reason);
        Assert.Equal(first, early.Detail?.StartsOn);
        Assert.Equal(AccessReason.Ok, hall.Later(1).In().Reason);
    }

    [Theory]
    [InlineData(1, 59, AccessReason.Ok)]
    [InlineData(3, 0, AccessReason.Ok)]
    [InlineData(3, 30, AccessReason.OutsideHours)]
    public void SpringForward_TheWindowLosesTheMissingHour(int hour, int minute, AccessReason reason)
    {
        var hall = Paris(new TimeOnly(1, 30), new TimeOnly(3, 30)).AtLocal(2026, 3, 29, hour, minute);
        Assert.Equal(reason, hall.In().Reason);
    }

    [Fact]
    public void SpringForward_AWindowInsideTheMissingHourNeverOpens()
    {
        var hall = Paris(new TimeOnly(2, 0), new TimeOnly(3, 0));
        for (var minute = 0; minute < 120; minute += 10)
        {
            hall.At(new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute));
            Assert.Equal(AccessReason.OutsideHours, hall.In().Reason);
        }
    }

    [Fact]
    public void FallBack_TheWindowOpensBothTimesTheHourComes()
    {
        var hall = Paris(new TimeOnly(2, 0), new TimeOnly(2, 30));
        var summer = new DateTimeOffset(2026, 10, 25, 0, 15, 0, TimeSpan.Zero);
        Assert.Equal(AccessReason.Ok, hall.At(summer).In().Reason);
        Assert.Equal(AccessReason.OutsideHours, hall.At(summer.AddMinutes(30)).In().Reason);
        hall.Out();
        Assert.Equal(AccessReason.Ok, hall.At(summer.AddMinutes(60)).In().Reason);
    }

    [Theory]
    [InlineData(24, 21, 59, AccessReason.OutsideHours)]
    [InlineData(24, 22, 0, AccessReason.Ok)]
    [InlineData(25, 1, 59, AccessReason.Ok)]
    [InlineData(25, 2, 0, AccessReason.OutsideHours)]
    [InlineData(25, 23, 0, AccessReason.OutsideHours)]
    public void Window_ReachesIntoTheNextDay(int day, int hour, int minute, AccessReason reason)
    {
        var hall = new Hall().AtLocal(2026, 11, day, hour, minute);
        var window = new ScheduleWindow([DayOfWeek.Tuesday], new TimeOnly(22, 0), new TimeOnly(2, 0));
        hall.With(entitlements: new Entitlement(hall.Zone.Id, [window]));
        Assert.Equal(reason, hall.In().Reason);
    }

    [Fact]
    public void OutsideHours_ShowsTodaysHoursInOrder()
    {
        var hall = new Hall().AtLocal(2026, 11, 24, 13);
        hall.With(entitlements: new Entitlement(hall.Zone.Id,
        [
            new ScheduleWindow([DayOfWeek.Tuesday], new TimeOnly(14, 0), new TimeOnly(18, 0)),
            new ScheduleWindow([DayOfWeek.Monday], new TimeOnly(6, 0), new TimeOnly(7, 0)),
            new ScheduleWindow([DayOfWeek.Tuesday], new TimeOnly(9, 0), new TimeOnly(12, 0)),
        ]));
        Assert.Equal("09:00-12:00, 14:00-18:00", hall.In().Detail?.Hours);
    }

    [Theory]
    [InlineData("2026-01-15", 1, "2026-02-14")]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2028-01-31", 1, "2028-02-29")]
    [InlineData("2028-01-30", 1, "2028-02-29")]
    [InlineData("2028-01-29", 1, "2028-02-28")]
    [InlineData("2028-02-29", 1, "2028-03-28")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2028-02-29", 48, "2032-02-28")]
    [InlineData("2026-03-31", 1, "2026-04-30")]
    [InlineData("2026-12-01", 1, "2026-12-31")]
    public void Months_EndTheDayBefore(string start, int months, string last) => Assert.Equal(
        DateOnly.Parse(last, null), new PlanLength(months, null).LastDay(DateOnly.Parse(start, null)));

    [Fact]
    public void OneDay_EndsOnItsDay()
    {
        var leapDay = new DateOnly(2028, 2, 29);
        Assert.Equal(leapDay, new PlanLength(null, 1).LastDay(leapDay));
    }

    [Fact]
    public void LeapDay_IsTheLastDay()
    {
        var hall = new Hall().AtLocal(2028, 2, 29, 23, 59);
        hall.With(startsOn: new DateOnly(2028, 1, 31), lastDay: new DateOnly(2028, 2, 29));
        Assert.Equal(AccessReason.Ok, hall.In().Reason);
        hall.Out();
        Assert.Equal(AccessReason.Expired, hall.AtLocal(2028, 3, 1, 0).In().Reason);
    }

    private static Hall Paris(TimeOnly from, TimeOnly to)
    {
        var hall = new Hall(timeZone: "Europe/Paris").AtLocal(2026, 6, 1, 12);
        return hall.With(
            startsOn: new DateOnly(2026, 1, 1), lastDay: new DateOnly(2026, 12, 31),
            entitlements: new Entitlement(hall.Zone.Id, [new ScheduleWindow(EveryDay, from, to)]));
    }
}
