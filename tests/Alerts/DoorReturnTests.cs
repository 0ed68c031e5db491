using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Alerts;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Alerts;

/// <summary>Whether a door went back to normal when it was over, from its orders and its signs of life.</summary>
public sealed class DoorReturnTests
{
    private static readonly DateTimeOffset Ended = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private static readonly GateOrderId Order = Town.Id<GateOrderTag>("order");

    /// <summary>The last order with its seconds after the end; what the door says of itself, and when; what is found.
    /// </summary>
    [Theory]
    [InlineData("evacuate done -60", "open 0", 10, "waiting early")]
    [InlineData("evacuate waiting 5", "open 0", 200, null)]
    [InlineData("lock done 5", "locked 20", 200, null)]
    [InlineData("unlock waiting 1", "open 20", 30, "waiting early")]
    [InlineData("unlock waiting 1", "open 20", 91, "waiting due")]
    [InlineData("unlock expired 1", "open 20", 3_700, "expired due")]
    [InlineData("unlock waiting 1", "never", 200, null)]
    [InlineData("unlock waiting 1", "silent", 200, "waiting due")]
    [InlineData("unlock refused 3", "closed 20", 30, "refused due")]
    [InlineData("unlock done 3", "open 2", 200, null)]
    [InlineData("unlock done 3", "closed 20", 200, null)]
    [InlineData("unlock done 3", "held 20", 200, null)]
    [InlineData("unlock done 3", "open 20", 30, "stays due")]
    [InlineData("unlock done 3", "locked 20", 30, "stays due")]
    [InlineData("unlock done 3", "open 900", 901, null)]
    [InlineData("unlock done 3", "open 900 known", 901, "stays due")]
    public void Door_IsBack_OrSaysWhyNot(string order, string says, int after, string? found)
    {
        var told = order.Split(' ');
        var said = says.Split(' ');
        DateTimeOffset? saidAt = said.Length > 1 ? Ended.AddSeconds(Number(said[1])) : null;
        var stand = new GateStand(
            Order, Enum.Parse<GateOrderKind>(told[0], true), Enum.Parse<GateStandOutcome>(told[1], true),
            Ended.AddSeconds(Number(told[2])), null);
        var left = DoorReturn.Of(
            stand, Ended, new Telemetry(saidAt, saidAt is null ? null : said[0], 0, saidAt), says == "silent",
            said.Length > 2, Ended.AddSeconds(after));
        Assert.Equal(found, left is null ? null : $"{left.State} {(left.IsDue ? "due" : "early")}");
    }

    [Fact]
    public void Door_ThatNobodyEverTold_IsAsItWas() =>
        Assert.Null(DoorReturn.Of(null, Ended, new Telemetry(Ended, "open", 0, Ended), false, false, Ended));

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
