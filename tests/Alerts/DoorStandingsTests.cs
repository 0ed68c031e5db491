using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Silo.Gateway.Alerts;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Tests.Alerts;

/// <summary>What the page of an evacuation says of a door, from the orders that the door was given.</summary>
public sealed class DoorStandingsTests
{
    private static readonly DateTimeOffset Begun = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    /// <summary>Orders as "kind state given ended", with minutes since the beginning; then what is said.</summary>
    [Theory]
    [InlineData("", "none", null)]
    [InlineData("evacuate waiting 0 -", "waiting", 0)]
    [InlineData("evacuate done 0 1", "done", 1)]
    [InlineData("evacuate refused 0 2", "refused", 2)]
    [InlineData("evacuate expired 0 60", "expired", 0)]
    [InlineData("evacuate expired 0 50, evacuate waiting 50 -", "waiting", 0)]
    [InlineData("evacuate done 0 1, evacuate done 50 51", "done", 1)]
    [InlineData("evacuate done 0 1, evacuate waiting 50 -", "waiting", 50)]
    [InlineData("evacuate refused 0 1, evacuate done 50 51", "done", 51)]
    [InlineData("evacuate done 0 1, unlock done 5 6", "overruled", 6)]
    [InlineData("evacuate done 0 1, lock waiting 5 -", "overruled", 5)]
    [InlineData("evacuate done 0 1, unlock done 5 6, evacuate done 50 51", "done", 51)]
    public void Door_IsToldByItsOrders(string orders, string state, int? minutes)
    {
        var said = DoorStandings.Of(EmergencyKind.Evacuation, Rows(orders));
        Assert.Equal((state, minutes is { } m ? Begun.AddMinutes(m) : null), (said.State, said.Since));
    }

    [Fact]
    public void Refusal_KeepsTheDoorsOwnWord_AndALockDownWantsLocks()
    {
        var row = new DoorOrderRow("lock", "refused", Begun, Begun.AddMinutes(1), "relay_stuck");
        Assert.Equal(
            ("refused", Begun.AddMinutes(1), "relay_stuck"), DoorStandings.Of(EmergencyKind.LockDown, [row]));
        Assert.Equal("overruled", DoorStandings.Of(EmergencyKind.Evacuation, [row]).State);
        Assert.Equal("none", DoorStandings.Of(EmergencyKind.None, [row]).State);
    }

    private static List<DoorOrderRow> Rows(string orders) =>
    [
        .. orders.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(o => o.Split(' ')).Select(
            o => new DoorOrderRow(o[0], o[1], At(o[2])!.Value, At(o[3]), null)),
    ];

    private static DateTimeOffset? At(string minutes) =>
        minutes == "-" ? null : Begun.AddMinutes(int.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture));
}
