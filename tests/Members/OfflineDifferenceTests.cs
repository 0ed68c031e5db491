using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>What a door did alone, beside what the club would have done.</summary>
public sealed class OfflineDifferenceTests
{
    [Fact]
    public void Nothing_IsSaid_WhenTheClubWouldHaveDoneTheSame()
    {
        var hall = new Hall().With();
        Assert.DoesNotContain(hall.Offline(true).Events, e => e is OfflineDifferenceFound);
        Assert.DoesNotContain(
            hall.Later(600).Offline(true, Direction.Out, "out").Events, e => e is OfflineDifferenceFound);
        Suspend(hall);
        Assert.DoesNotContain(hall.Later(900).Offline(false, scanId: "no").Events, e => e is OfflineDifferenceFound);
    }

    [Fact]
    public void Entry_OfSomebodySuspended_IsSaid_WithItsWorth()
    {
        var hall = new Hall().With();
        Suspend(hall);
        var found = hall.Offline(true).Tells<OfflineDifferenceFound>();
        Assert.Equal((AccessReason.Suspended, true), (found.OnlineReason, found.IsGranted));

        // Thirty dollars for 21 days, rounded up.
        Assert.Equal(new Money(143, "USD"), found.Worth);
        Assert.True(hall.IsInside());
    }

    [Fact]
    public void Worth_IsByVisit_WhereVisitsAreSold()
    {
        var hall = new Hall().With(visits: 8, lastDay: new Hall().Today.AddDays(-1));
        Assert.Equal(new Money(375, "USD"), hall.Offline(true).Tells<OfflineDifferenceFound>().Worth);
    }

    [Fact]
    public void Refusal_OfSomebodyInOrder_IsSaid_AndIsWorthNothing()
    {
        var hall = new Hall().With();
        var found = hall.Offline(false).Tells<OfflineDifferenceFound>();
        Assert.Equal((AccessReason.Ok, false), (found.OnlineReason, found.IsGranted));
        Assert.Null(found.Worth);
    }

    [Fact]
    public void SecondEntry_IsSaid_WhereInsideCountsAsInside()
    {
        var hall = new Hall().With();
        hall.Offline(true, scanId: "one door");
        var found = hall.Later(60).Offline(true, scanId: "another door").Tells<OfflineDifferenceFound>();
        Assert.Equal(AccessReason.AntiPassback, found.OnlineReason);
    }

    [Fact]
    public void EarlierEntry_ThatIsToldLater_IsNoSecondOne()
    {
        var hall = new Hall().With();
        var morning = hall.Grain.Now;
        hall.Later(7_200).Offline(true, scanId: "evening");
        Assert.DoesNotContain(
            hall.Offline(true, scanId: "morning", at: morning).Events, e => e is OfflineDifferenceFound);
    }

    [Fact]
    public void RightsOfThen_Count_NotThoseOfNow()
    {
        var hall = new Hall().With();
        Suspend(hall);
        Assert.DoesNotContain(Told(hall, "then", AccessReason.Ok).Events, e => e is OfflineDifferenceFound);

        var other = new Hall().With();
        Assert.Equal(
            AccessReason.PaymentOverdue,
            Told(other, "then", AccessReason.PaymentOverdue).Tells<OfflineDifferenceFound>().OnlineReason);
    }

    [Fact]
    public void RepeatedReport_SaysNothingAgain()
    {
        var hall = new Hall().With();
        Suspend(hall);
        hall.Offline(true).Tells<OfflineDifferenceFound>();
        hall.Offline(true).TellsNothing();
    }

    private static Decision Told(Hall hall, string scan, AccessReason then) => hall.Grain.When(new RecordDoorDecision(
        Hall.Member, Hall.Badge, hall.Gate.Id, scan, Direction.In, true, hall.Grain.Now, then));

    private static void Suspend(Hall hall) =>
        hall.Grain.Events(new MemberSuspended(new MemberStanding(MemberStatus.Suspended, null), "dette"));
}
