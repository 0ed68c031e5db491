using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>Gates that confirm: a grant only opens a ticket, and a passage is a fact.</summary>
public sealed class PassageTests
{
    [Fact]
    public void Grant_MovesNothing_UntilThePassage()
    {
        var hall = new Hall(confirms: true).With(visits: 3);
        var answer = hall.In();
        Assert.False(hall.IsInside());
        Assert.Equal(0, hall.VisitsUsed());
        var entered = hall.Later(5).Pass(answer).Tells<Entered>();
        Assert.True(entered is { IsVisit: true, VisitsUsed: 1, Flags: AccessFlags.None });
        Assert.True(hall.IsInside());
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void Passage_CountsOnce()
    {
        var hall = new Hall(confirms: true).With(visits: 3);
        var answer = hall.In();
        hall.Pass(answer);
        hall.Pass(answer).IsTailgating();
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void Passage_OfAnotherDevice_IsNone()
    {
        var hall = new Hall(confirms: true).With();
        var answer = hall.In();
        hall.Pass(answer, hall.PoolGate).IsTailgating();
        hall.NotPass(answer, hall.PoolGate).TellsNothing();
        Assert.False(hall.IsInside());
        hall.NotPass(answer).Tells<TicketEnded>();
    }

    [Fact]
    public void Passage_IsLate_AfterAMinute_ByWhenItHappened()
    {
        var hall = new Hall(confirms: true).With();
        var answer = hall.In();
        var inTime = hall.Grain.Now.AddSeconds(59);
        Assert.Equal(AccessFlags.None, hall.Later(300).Pass(answer, at: inTime).Tells<Entered>().Flags);

        var second = new Hall(confirms: true).With();
        var late = second.In();
        Assert.Equal(AccessFlags.LatePassage, second.Later(60).Pass(late).Tells<Entered>().Flags);
        Assert.True(second.IsInside());
    }

    [Fact]
    public void Passage_UnderASupersededTicket_IsAFact()
    {
        var hall = new Hall(confirms: true).With(visits: 3);
        var first = hall.In();
        var second = hall.Later(10).In();
        Assert.Equal(AccessFlags.LatePassage, hall.Later(5).Pass(first).Tells<Entered>().Flags);

        // Somebody else slipped through on the second: in a hard zone that is a visit of its own.
        var again = hall.Later(5).Pass(second).Tells<Entered>();
        Assert.Equal(AccessFlags.Again, again.Flags);
        Assert.Equal(2, hall.VisitsUsed());
    }

    [Fact]
    public void Passage_MayExceedTheQuota_ForItHappened()
    {
        var hall = new Hall(confirms: true).With(visits: 1);
        var pool = hall.In(hall.PoolGate);
        var weights = hall.Later(60).In();
        hall.Pass(weights);
        hall.Pass(pool, hall.PoolGate);
        Assert.Equal(2, hall.VisitsUsed());
    }

    [Fact]
    public void NonPassage_EndsTheTicket_ButAPassageAfterItIsStillAFact()
    {
        var hall = new Hall(confirms: true).With(visits: 1);
        var answer = hall.In(hall.Gate);
        hall.NotPass(answer).Tells<TicketEnded>();
        hall.NotPass(answer).TellsNothing();
        Assert.True(hall.In(hall.PoolGate).Granted);
        Assert.Equal(AccessFlags.LatePassage, hall.Pass(answer).Tells<Entered>().Flags);
    }

    [Fact]
    public void GoingOut_MovesAtThePassage()
    {
        var hall = new Hall(confirms: true).With();
        hall.Pass(hall.In());
        var exit = hall.Later(60).Out();
        Assert.True(hall.IsInside());
        hall.Pass(exit).Tells<Left>();
        Assert.False(hall.IsInside());
    }

    [Fact]
    public void GoingOut_WithoutBeingInside_PassesAndMovesNothing()
    {
        var hall = new Hall(confirms: true).With();
        var passed = hall.Pass(hall.Out()).Tells<PassedWithoutMove>();
        Assert.Equal(AccessFlags.NotInside, passed.Flags);
    }

    [Fact]
    public void Entry_KnownAfterALaterExit_CountsAndMovesNothing()
    {
        var hall = new Hall(confirms: true).With(visits: 3);
        hall.Pass(hall.In());
        var again = hall.Later(1).In();
        Assert.False(again.Granted);
        hall.Pass(hall.Later(10).Out());
        var entry = hall.Later(10).In();
        var seenAt = hall.Grain.Now.AddSeconds(1);
        hall.Town.AddGate(hall.Zone, "Free door");
        hall.Scan(Direction.In, hall.Town.Gate(Town.Id<GateTag>("Free door")));
        hall.Later(20).Scan(Direction.Out, hall.Town.Gate(Town.Id<GateTag>("Free door")));
        var past = hall.Pass(entry, at: seenAt).Tells<PastVisitCounted>();
        Assert.Equal(3, past.VisitsUsed);
        Assert.False(hall.IsInside());
    }

    [Fact]
    public void Clock_OfTheDevice_CannotLeaveTheTimeSinceTheGrant()
    {
        var hall = new Hall(confirms: true).With();
        var granted = hall.Grain.Now;
        var early = hall.In();
        Assert.Equal(granted, hall.Later(9).Pass(early, at: granted.AddDays(-1)).Tells<Entered>().At);
        var late = hall.Later(9).Out();
        Assert.Equal(hall.Grain.Now, hall.Pass(late, at: granted.AddDays(1)).Tells<Left>().At);
    }

    [Fact]
    public void Tickets_AreRememberedUpToALimit()
    {
        var hall = new Hall(confirms: true).With();
        var first = hall.In();
        for (var i = 0; i < Limits.TicketsKept; i++)
        {
            hall.In();
        }

        Assert.Equal(Limits.TicketsKept, hall.State.Tickets.Length);
        hall.Pass(first).TellsNothing();
    }

    [Fact]
    public void WithoutConfirmation_AReportedPassage_MovesNothingMore()
    {
        var hall = new Hall().With(visits: 2);
        hall.Pass(hall.In()).TellsNothing();
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void Capacity_IsHeldAtTheGrant_AndCapturedAtThePassage()
    {
        var hall = new Hall(capacity: 1, confirms: true).With();
        var hold = hall.Scan().Sends<HoldPlace>();
        var granted = hall.Grain.WhenDone(hold);
        Assert.Empty(granted.Sends);
        var answer = Assert.IsType<AccessAnswer>(granted.Settlements[0].Answer.Outcome);
        var capture = hall.Later(2).Pass(answer).Sends<CapturePlace>();
        Assert.Equal(hold.Ticket, capture.Ticket);
        hall.Pass(hall.Later(2).Out()).Sends<ReleasePlace>();
    }

    [Fact]
    public void Capacity_IsGivenBack_WhenNobodyPassed()
    {
        var hall = new Hall(capacity: 1, confirms: true).With();
        var hold = hall.Scan().Sends<HoldPlace>();
        var granted = hall.Grain.WhenDone(hold);
        var release = hall.NotPass((AccessAnswer)granted.Settlements[0].Answer.Outcome!).Sends<ReleaseHold>();
        Assert.Equal(hold.Ticket, release.Ticket);
    }

    [Fact]
    public void Capacity_IsGivenBack_WhenTheRulesRefuseAfterAll()
    {
        var hall = new Hall(capacity: 1).With();
        var asked = hall.Scan();
        Assert.Null(asked.Answer);
        var command = hall.Grain.LastCommand;
        hall.Grain.When(new SuspendMember(Hall.Member, null));
        var settled = hall.Grain.WhenDone(asked.Sends<HoldPlace>());
        var settlement = Assert.Single(settled.Settlements);
        Assert.Equal(command, settlement.Command);
        Assert.Equal(AccessReason.Suspended, Assert.IsType<AccessAnswer>(settlement.Answer.Outcome).Reason);
        settled.Sends<ReleaseHold>();
        Assert.Empty(hall.State.Asked);
    }

    [Fact]
    public void Capacity_IsNotAskedTwice_ForTheSameVisit()
    {
        var hall = new Hall(AntiPassback.Soft, capacity: 1).With();
        hall.Grain.WhenDone(hall.Scan().Sends<HoldPlace>()).Sends<CapturePlace>();
        var again = hall.Scan();
        Assert.True(again.IsAcceptedGrant());
        Assert.Empty(again.Sends);
    }

    [Fact]
    public void Capacity_IsGivenBack_WhenTwoScansWaitAndOneIsEnough()
    {
        var hall = new Hall(AntiPassback.Soft, capacity: 1).With(visits: 1);
        var first = hall.Scan().Sends<HoldPlace>();
        var second = hall.Scan().Sends<HoldPlace>();
        hall.Grain.WhenDone(first).Sends<CapturePlace>();
        var settled = hall.Grain.WhenDone(second);
        Assert.Equal(second.Ticket, settled.Sends<ReleaseHold>().Ticket);
        Assert.True(((AccessAnswer)settled.Settlements[0].Answer.Outcome!).Granted);
        Assert.Equal(1, hall.VisitsUsed());
    }

    [Fact]
    public void Passage_Moves_WhenTheClockWasSetBackAfterTheGrant()
    {
        var hall = new Hall(confirms: true).With();
        var answer = hall.In();
        var entered = hall.Later(-30).Pass(answer).Tells<Entered>();
        Assert.Equal(AccessFlags.None, entered.Flags);
        var leaving = hall.Later(-30).Out();
        hall.Later(5).Pass(leaving).Tells<Left>();
        Assert.False(hall.IsInside());
    }

    [Fact]
    public void GoingOut_Moves_WhenTheClockWasSetBackSinceComingIn()
    {
        var hall = new Hall().With();
        Assert.True(hall.In().Granted);
        Assert.True(hall.Later(-40).Scan(Direction.Out).Tells<Left>().Since <= hall.Grain.Now.AddSeconds(40));
        Assert.False(hall.IsInside());
        Assert.True(hall.Later(-40).In().Granted);
        Assert.True(hall.IsInside());
        Assert.Equal(2, hall.VisitsUsed());
    }
}
