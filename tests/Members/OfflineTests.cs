using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>What a door did alone sets presence and one visit, and corrects what was decided online.</summary>
public sealed class OfflineTests
{
    [Fact]
    public void Entry_DecidedByTheDoor_SetsPresenceAndOneVisit()
    {
        var hall = new Hall().With(visits: 2);
        var at = hall.Grain.Now.AddMinutes(-20);
        var decision = hall.Offline(true, at: at);
        Assert.Equal(AccessFlags.Offline, decision.Tells<OfflineAccessRecorded>().Flags);
        Assert.Equal(at, decision.Tells<Entered>().Since);
        Assert.True(hall.IsInside());
        Assert.Equal(1, hall.VisitsUsed());
        hall.Offline(true, at: at).TellsNothing();
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void Denial_ByTheDoor_MovesNothing()
    {
        var hall = new Hall().With();
        Assert.All(hall.Offline(false).Events, e => Assert.True(e is OfflineAccessRecorded or OfflineDifferenceFound));
        Assert.False(hall.IsInside());
    }

    [Fact]
    public void SameDecision_CountsOnce()
    {
        var hall = new Hall().With(visits: 2);
        hall.Scan(scanId: "s");
        var decision = hall.Later(30).Offline(true, scanId: "s");
        Assert.Equal(AccessFlags.Offline, Assert.IsType<OfflineAccessRecorded>(Assert.Single(decision.Events)).Flags);
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void SameDecision_AtAConfirmingGate_IsThePassage()
    {
        var hall = new Hall(confirms: true).With(visits: 2);
        var answer = hall.Scan(scanId: "s").IsAccepted<AccessAnswer>();
        hall.Later(5).Offline(true, scanId: "s").Tells<Entered>();
        hall.Pass(answer).TellsNothing();
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void DoorOpened_WhereOnlineSaidNo_IsFlaggedAndCounts()
    {
        var hall = new Hall().With(visits: 1);
        hall.In();
        hall.Out();
        Assert.False(hall.Later(60).Scan(scanId: "s").IsAcceptedGrant());
        var decision = hall.Later(5).Offline(true, scanId: "s");
        Assert.Equal(
            AccessFlags.Offline | AccessFlags.Differs, decision.Tells<OfflineAccessRecorded>().Flags);
        Assert.True(hall.IsInside());
        Assert.Equal(2, hall.VisitsUsed());
    }

    [Fact]
    public void DoorStayedShut_WhereOnlineSaidYes_IsUndone()
    {
        var hall = new Hall(capacity: 3).With(visits: 1);
        hall.Grain.WhenDone(hall.Scan(scanId: "s").Sends<HoldPlace>());
        Assert.Equal(1, hall.VisitsUsed());
        var decision = hall.Later(5).Offline(false, scanId: "s");
        Assert.True(decision.Tells<OfflineAccessRecorded>().Flags.HasFlag(AccessFlags.Differs));
        Assert.Null(decision.Tells<EntryReverted>().InsideSince);
        decision.Sends<ReleasePlace>();
        Assert.False(hall.IsInside());
        Assert.Equal(0, hall.VisitsUsed());
        Assert.DoesNotContain(hall.Offline(false, scanId: "t").Events, e => e is EntryReverted);
    }

    [Fact]
    public void DoorStayedShut_AtAConfirmingGate_EndsTheTicket()
    {
        var hall = new Hall(confirms: true).With(visits: 1);
        hall.Scan(scanId: "s");
        hall.Offline(false, scanId: "s").Tells<TicketEnded>();
        Assert.True(hall.In(hall.PoolGate).Granted);
    }

    [Fact]
    public void DoorStayedShut_ForAnExit_LeavesThemInside()
    {
        var hall = new Hall().With();
        var since = hall.Grain.Now;
        hall.In();
        hall.Later(600).Scan(Direction.Out, scanId: "s");
        var decision = hall.Later(5).Offline(false, Direction.Out, "s");
        Assert.Equal(since, decision.Tells<ExitReverted>().InsideSince);
        Assert.Equal(AccessReason.AntiPassback, hall.In().Reason);
    }

    [Fact]
    public void Undone_AfterALaterMove_ChangesOnlyTheCount()
    {
        var hall = new Hall().With(visits: 5);
        hall.Scan(scanId: "s");
        hall.Later(60).Out();
        hall.Later(60).In();
        hall.Later(60).Offline(false, scanId: "s");
        Assert.True(hall.IsInside());
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void ExitReportedBeforeItsEntry_LeavesThemOutside()
    {
        var hall = new Hall().With(visits: 5);
        var entry = hall.Grain.Now.AddMinutes(-30);
        var exit = hall.Offline(true, Direction.Out, "out", entry.AddMinutes(10));
        Assert.True(exit.Tells<OfflineAccessRecorded>().Flags.HasFlag(AccessFlags.NotInside));
        hall.Offline(true, Direction.In, "in", entry).Tells<PastVisitCounted>();
        Assert.False(hall.IsInside());
        Assert.Equal(1, hall.VisitsUsed());
        Assert.True(hall.In().Granted);
    }

    [Fact]
    public void Entry_WithoutARight_IsPaidByNobody()
    {
        var hall = new Hall();
        hall.With("over", lastDay: hall.Today.AddDays(-1), visits: 5);
        Assert.Null(hall.Offline(true).Tells<Entered>().MembershipId);
        Assert.True(hall.IsInside());
        Assert.Equal(0, hall.VisitsUsed("over"));
    }

    [Fact]
    public void Entry_BeyondTheQuota_IsPaidByItsMembership()
    {
        var hall = new Hall().With(visits: 1);
        hall.In();
        hall.Out();
        hall.Later(5).Offline(true);
        Assert.Equal(2, hall.VisitsUsed());
    }

    [Fact]
    public void SameScan_AskedOnlineAfterTheReport_IsNotDecidedTwice()
    {
        var hall = new Hall().With(visits: 5);
        hall.Offline(true, scanId: "s");
        hall.Scan(scanId: "s").IsRefused(MemberRefusal.DecidedAtDoor);
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void SameScan_StillWaitingForAPlace_IsNotDecidedTwice()
    {
        var hall = new Hall(capacity: 5).With(visits: 5);
        var hold = hall.Scan(scanId: "s").Sends<HoldPlace>();
        hall.Offline(true, scanId: "s").Sends<CapturePlace>();
        var settled = hall.Grain.WhenDone(hold);
        Assert.Equal(Refusal.Of(MemberRefusal.DecidedAtDoor), Assert.Single(settled.Settlements).Answer.Refusal);
        settled.Sends<ReleaseHold>();
        Assert.Equal(1, hall.VisitsUsed());
        Assert.Empty(hall.State.Asked);
    }
}
