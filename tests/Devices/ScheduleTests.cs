using SmartClub.Devices;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;
using SmartClub.Devices.Running;

namespace SmartClub.Tests.Devices;

public sealed class ScheduleTests
{
    private static readonly DateTime Monday = new(2015, 2, 2);

    [Fact]
    public void File_BeginsOnItsFirstDayWithThePresentWeekday()
    {
        Swipe[] file = [In(Monday.AddHours(8)), In(Monday.AddDays(1).AddHours(9)), In(Monday.AddDays(8))];
        var tuesday = new DateTime(2026, 11, 24, 17, 5, 0);

        Assert.Equal(new DateTime(2015, 2, 3, 17, 5, 0), Schedule.Begin(null, tuesday, file));
        Assert.Equal(tuesday, Schedule.Begin(null, tuesday, null));
        Assert.Equal(Monday.AddHours(6), Schedule.Begin(Monday.AddHours(6), tuesday, file));
    }

    [Fact]
    public void File_RefusesATimeOutsideIt() =>
        Assert.Throws<DeviceException>(
            () => Schedule.Begin(Monday.AddYears(3), Monday, [In(Monday), In(Monday.AddDays(1))]));

    [Fact]
    public void File_StartsAgainAfterItsEnd_WithEveryDayOnItsWeekday()
    {
        Swipe[] file = [In(Monday.AddHours(8)), In(Monday.AddDays(8).AddHours(9))];

        var swipes = Schedule.Forever(file, Monday.AddDays(1)).Take(4).Select(swipe => swipe.At.Date);

        Assert.Equal([8, 14, 22, 28], swipes.Select(date => (date - Monday).Days));
    }

    [Fact]
    public void Opening_BringsInWhoIsInside_AndTakesOutWhoIsNoLonger()
    {
        Showing[] before =
        [
            Show(1, 10, ShowingKind.Entry), Show(2, 11, ShowingKind.Entry), Show(3, 12, ShowingKind.Entry),
            Show(1, 20, ShowingKind.InferredExit), Show(2, 21, ShowingKind.Repeat),
        ];
        var leftInside = new Dictionary<int, Place>
        {
            [2] = Place.Weights,
            [7] = Place.Cardio,
            [8] = Place.Pool,
        };

        var opening = Schedule.Opening(before, leftInside, Monday.AddHours(1));

        Assert.Equal(
            [(7, Direction.Out, Reader.SecondTurnstile), (3, Direction.In, Reader.MainEntrance)],
            opening.Select(showing => (showing.Visitor, showing.Direction, showing.Reader)));
    }

    [Fact]
    public void Split_LosesNothing()
    {
        var showings = Enumerable.Range(0, 10).Select(minute => Show(minute, minute, ShowingKind.Entry)).ToList();

        var (before, from) = Schedule.Split(showings, Monday.AddMinutes(4));

        Assert.Equal(4, before.Count);
        Assert.Equal(showings, before.Concat(from));
    }

    private static Swipe In(DateTime at) => new(Direction.In, at);

    private static Showing Show(int visitor, int minute, ShowingKind kind) => new(
        minute, Monday.AddMinutes(minute), visitor, kind,
        kind == ShowingKind.InferredExit ? Direction.Out : Direction.In, Place.Weights, Reader.MainEntrance);
}
