using SmartClub.Devices.Protocol;
using SmartClub.Devices.Rhythm;

namespace SmartClub.Tests.Devices;

public sealed class SwipeFileTests
{
    [Fact]
    public void File_IsReadInOrderOfTime_AndBadLinesAreKnownByNumber()
    {
        var file = SwipeFile.Parse(
        [
            "DeviceName,Direction,AlarmDateTime",
            "Door,In,2/3/2015 8:25",
            "Door,Sideways,2/3/2015 8:30",
            "Door,Out,2/3/2015 25:99",
            "Door,In",
            "",
            "Door,OUT, 2/2/2015 18:01 ",
            "Door,7,2/2/2015 18:01",
        ]);

        Assert.Equal(
            [
                new Swipe(Direction.Out, new DateTime(2015, 2, 2, 18, 1, 0)),
                new Swipe(Direction.In, new DateTime(2015, 2, 3, 8, 25, 0)),
            ],
            file.Swipes);
        Assert.Equal([3, 4, 5, 8], file.BadLines);
    }

    [Fact]
    public void Swipes_OfOneMinuteAreSpreadOverIt_InTheirOrder()
    {
        var minute = new DateTime(2015, 2, 2, 12, 0, 0);
        Swipe[] swipes =
            [new(Direction.In, minute), new(Direction.Out, minute), new(Direction.In, minute.AddMinutes(1))];

        var spread = SwipeFile.SpreadWithinMinutes(swipes).ToList();

        Assert.Equal([15, 45, 90], spread.Select(swipe => (swipe.At - minute).TotalSeconds));
        Assert.Equal([Direction.In, Direction.Out, Direction.In], spread.Select(swipe => swipe.Direction));
    }
}
