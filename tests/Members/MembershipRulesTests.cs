using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

public sealed class MembershipRulesTests
{
    private readonly Hall hall = new Hall().AtLocal(2026, 1, 31, 12);
    private readonly PlanFacts plan;

    public MembershipRulesTests() =>
        plan = hall.Town.AddPlan("Month", new PlanLength(1, null), 8, hall.Zone);

    private DateOnly Today => hall.Today;

    [Fact]
    public void Add_IsRefused_InOrder()
    {
        var nobody = new Given<MemberState>(MembersModule.Module.Grains[0], hall.Town);
        var refused = nobody.When(new AddMembership(Hall.Member, plan.Id, Today, true));
        refused.IsRefused(MemberRefusal.NotFound);
        Assert.False(refused.IsKept);
        Add(Today.AddDays(9_999), Town.Id<PlanTag>("none")).IsRefused(MemberRefusal.UnknownPlan);
        Add(Today.AddDays(Limits.PlanDays + 1)).IsRefused(MemberRefusal.InvalidStart);
        Add(DateOnly.MaxValue).IsRefused(MemberRefusal.InvalidStart);
        for (var i = 0; i < Limits.MembershipsPerMember; i++)
        {
            hall.With($"m{i}");
        }

        Add(Today).IsRefused(MemberRefusal.TooManyMemberships);
    }

    [Fact]
    public void Add_StartsAtOnce_AndRemindsOfItsEnd()
    {
        var decision = Add(Today);
        var term = decision.IsAccepted<MembershipTerm>();
        Assert.Equal(new DateOnly(2026, 2, 28), term.ExpiresOn);
        Assert.Equal(
            new MemberStanding(MemberStatus.Active, term.ExpiresOn), decision.Tells<MembershipStarted>().Standing);
        var reminder = Assert.Single(decision.Reminders);
        Assert.Equal(new EndMembership(Hall.Member, term.Id), reminder.Command);

        // The first moment of 1 March in Kinshasa.
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 23, 0, 0, TimeSpan.Zero), reminder.Due);
        Assert.Equal(AccessReason.Ok, hall.In().Reason);
    }

    [Fact]
    public void Add_CopiesWhatDecides()
    {
        var terms = Add(Today).Tells<MembershipAdded>().Terms;
        Assert.Equal(
            ("Month", plan.Price, 8, "Africa/Kinshasa"),
            (terms.PlanName, terms.Price, terms.VisitsPerPeriod, terms.TimeZone));
        Assert.Equal(plan.Entitlements, terms.Entitlements);
    }

    [Fact]
    public void Add_InTheFuture_RemindsOfBothEnds()
    {
        var decision = Add(Today.AddDays(1));
        Assert.Equal(MemberStatus.Expired, decision.Tells<MembershipAdded>().Standing.Status);
        Assert.Equal(2, decision.Reminders.Count);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 23, 0, 0, TimeSpan.Zero), decision.Reminders[0].Due);
        var id = decision.IsAccepted<MembershipTerm>().Id;
        var started = hall.Grain.When(new StartMembership(Hall.Member, id)).Tells<MembershipStarted>();
        Assert.Equal(MemberStatus.Active, started.Standing.Status);
        hall.Grain.When(new StartMembership(Hall.Member, id)).TellsNothing();
        var ended = hall.Grain.When(new EndMembership(Hall.Member, id)).Tells<MembershipEnded>();
        Assert.Equal(MemberStatus.Expired, ended.Standing.Status);
        hall.Grain.When(new EndMembership(Hall.Member, id)).TellsNothing();
    }

    [Fact]
    public void Add_InThePast_IsToldAtOnce()
    {
        var decision = Add(new DateOnly(2025, 6, 1));
        Assert.Equal(
            [typeof(MembershipAdded), typeof(MembershipStarted), typeof(MembershipEnded)],
            decision.Events.Select(e => e.GetType()));
        Assert.Equal(
            new MemberStanding(MemberStatus.Expired, new DateOnly(2025, 6, 30)),
            decision.Tells<MembershipEnded>().Standing);
        Assert.Empty(decision.Reminders);
    }

    [Fact]
    public void Standing_FollowsAllMemberships()
    {
        Add(Today);
        var old = Add(new DateOnly(2025, 6, 1)).Tells<MembershipEnded>().Standing;
        Assert.Equal(new MemberStanding(MemberStatus.Active, new DateOnly(2026, 2, 28)), old);
        var suspended = hall.Grain.When(new SuspendMember(Hall.Member, "Loud")).IsAccepted<MemberStanding>();
        Assert.Equal(MemberStatus.Suspended, suspended.Status);
        Assert.Equal(MemberStatus.Suspended, Add(Today).Tells<MembershipStarted>().Standing.Status);
        var resumed = hall.Grain.When(new ResumeMember(Hall.Member, null)).IsAccepted<MemberStanding>();
        Assert.Equal(MemberStatus.Active, resumed.Status);
    }

    [Fact]
    public void Settle_OpensTheDoor_Once()
    {
        var id = Add(Today, paid: false).IsAccepted<MembershipTerm>().Id;
        Assert.Equal(AccessReason.PaymentOverdue, hall.In().Reason);
        hall.Grain.When(new SettleMembership(Hall.Member, id)).Tells<MembershipSettled>();
        hall.Grain.When(new SettleMembership(Hall.Member, id)).TellsNothing();
        Assert.Equal(AccessReason.Ok, hall.In().Reason);
        hall.Grain.When(new SettleMembership(Hall.Member, Hall.First)).IsRefused(MemberRefusal.UnknownMembership);
    }

    [Fact]
    public void Freeze_ShutsTheDoor_UntilUnfrozen()
    {
        var id = Add(Today).IsAccepted<MembershipTerm>().Id;
        hall.Grain.When(new FreezeMembership(Hall.Member, id, "Travels")).Tells<MembershipFrozen>();
        hall.Grain.When(new FreezeMembership(Hall.Member, id, "Travels")).TellsNothing();
        Assert.Equal(AccessReason.Frozen, hall.In().Reason);
        hall.Grain.When(new UnfreezeMembership(Hall.Member, id, null)).Tells<MembershipUnfrozen>();
        hall.Grain.When(new UnfreezeMembership(Hall.Member, id, null)).TellsNothing();
        Assert.Equal(AccessReason.Ok, hall.In().Reason);
        var tooLong = new string('x', Limits.TextLength + 1);
        hall.Grain.When(new FreezeMembership(Hall.Member, id, tooLong)).IsRefused(MemberRefusal.InvalidReason);
    }

    [Fact]
    public void Terms_AreShared_WhenEqual()
    {
        Add(Today);
        hall.Town.Put(plan with { Price = new Money(4_000, "USD") });
        Add(Today);
        hall.Town.Put(plan);
        Add(Today);
        hall.Town.Put(plan with { Price = new Money(4_000, "USD") });
        Add(Today);
        var terms = Array.ConvertAll(hall.State.Memberships, m => m.Terms);
        Assert.Same(terms[0], terms[2]);
        Assert.Same(terms[1], terms[3]);
        Assert.NotSame(terms[0], terms[1]);
    }

    [Fact]
    public void WhatWasSold_Stays_WhenThePlanChanges()
    {
        Add(Today);
        hall.Town.Put(plan with
        {
            Name = "Quarter",
            Length = new PlanLength(3, null),
            Price = new Money(9_000, "USD"),
            Entitlements = [new Entitlement(hall.Pool.Id, null)],
            VisitsPerPeriod = null,
        });
        Assert.Equal(AccessReason.Ok, hall.In().Reason);
        var old = hall.State.Memberships[0];
        Assert.Equal(("Month", 8, new DateOnly(2026, 2, 28)),
            (old.Terms.PlanName, old.Terms.VisitsPerPeriod, old.LastDay));

        var terms = Add(old.LastDay.AddDays(1)).Tells<MembershipAdded>().Terms;
        Assert.Equal(("Quarter", new Money(9_000, "USD"), (int?)null),
            (terms.PlanName, terms.Price, terms.VisitsPerPeriod));
        Assert.Equal(new DateOnly(2026, 5, 31), hall.State.Memberships[1].LastDay);
    }

    [Fact]
    public void ARetiredPlan_IsKept_AndNotSold()
    {
        Add(Today);
        hall.Town.Put(plan with { IsRetired = true });
        Assert.Equal(AccessReason.Ok, hall.In().Reason);
        Add(Today.AddDays(9_999)).IsRefused(MemberRefusal.PlanRetired);
        hall.Town.Put(plan);
        Add(Today).Tells<MembershipAdded>();
    }

    [Theory]
    [InlineData("Europe/Paris", "2026-03-28", "2026-03-28T23:00:00Z")]
    [InlineData("Europe/Paris", "2026-10-24", "2026-10-24T22:00:00Z")]
    [InlineData("Africa/Lubumbashi", "2026-02-28", "2026-02-28T22:00:00Z")]
    public void End_ComesAtTheLocalMidnight(string timeZone, string day, string due)
    {
        var there = new Hall(timeZone: timeZone).AtLocal(2026, 1, 5, 12);
        var oneDay = there.Town.AddPlan("Day", new PlanLength(null, 1), null, there.Zone);
        var decision = there.Grain.When(
            new AddMembership(Hall.Member, oneDay.Id, DateOnly.Parse(day, null), true));
        Assert.Equal(DateTimeOffset.Parse(due, null), decision.Reminders[1].Due);
    }

    private Decision Add(DateOnly startsOn, PlanId? other = null, bool paid = true) =>
        hall.Grain.When(new AddMembership(Hall.Member, other ?? plan.Id, startsOn, paid));
}
