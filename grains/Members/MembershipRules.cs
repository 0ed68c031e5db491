using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides what concerns a membership.</summary>
public static class MembershipRules
{
    /// <summary>
    /// Sells a membership. What its plan says now is copied, so that a later plan changes nothing. Its start and end
    /// become events when they come; those already past are told at once.
    /// </summary>
    public static Decision Decide(MemberState member, AddMembership add, Facts facts) =>
        Sell(
            member,
            new Sale(add.MemberId, facts.NewId<MembershipTag>(), add.PlanId, add.StartsOn, add.Paid, null),
            facts);

    /// <summary>The same, for a guest: what they get names their host.</summary>
    public static Decision Decide(MemberState member, AdmitGuest admit, Facts facts) => Sell(
        member,
        new Sale(
            admit.MemberId, admit.MembershipId, admit.PlanId, admit.StartsOn, admit.Paid, admit.HostId),
        facts);

    private static Decision Sell(MemberState member, Sale add, Facts facts)
    {
        if (!member.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (facts.Reference.Plan(add.PlanId) is not { } plan
            || facts.Reference.Zone(plan.Entitlements[0].ZoneId) is not { } zone
            || facts.Reference.Site(zone.SiteId) is not { } home)
        {
            return Refuse(MemberRefusal.UnknownPlan);
        }

        if (plan.IsRetired)
        {
            return Refuse(MemberRefusal.PlanRetired);
        }

        // Before the last day is counted: from the calendar's own last day there is none to count.
        if (!IsInReach(add.StartsOn, home, facts))
        {
            return Refuse(MemberRefusal.InvalidStart);
        }

        var terms = new MembershipTerms(
            plan.Id, plan.Name, plan.Price, plan.Entitlements, plan.VisitsPerPeriod, home.TimeZone.Id);
        return Begin(
            member,
            new Beginning(
                add.MemberId, add.Id, terms, add.StartsOn, plan.Length.LastDay(add.StartsOn), add.Paid,
                add.HostId is { } host ? new MembershipHosted(add.Id, host) : null),
            home,
            facts);
    }

    private static bool IsInReach(DateOnly startsOn, SiteFacts home, Facts facts) =>
        Math.Abs(startsOn.DayNumber - home.Day(facts.Now).DayNumber) <= Limits.PlanDays;

    /// <summary>Gives a membership; days are those of <paramref name="home"/>.</summary>
    internal static Decision Begin(MemberState member, Beginning one, SiteFacts home, Facts facts)
    {
        if (!IsInReach(one.StartsOn, home, facts))
        {
            return Refuse(MemberRefusal.InvalidStart);
        }

        var today = home.Day(facts.Now);
        if (member.Memberships.Length >= Limits.MembershipsPerMember)
        {
            return Refuse(MemberRefusal.TooManyMemberships);
        }

        var (id, lastDay) = (one.Id, one.LastDay);
        var isBegun = today >= one.StartsOn;
        var isOver = today > lastDay;
        var before = member.Standing;
        List<IEvent> events =
        [
            new MembershipAdded(
                id, one.Terms, one.StartsOn, lastDay, one.IsPaid, With(member, before, false, lastDay)),
        ];
        if (one.Narrowed is not null)
        {
            events.Add(one.Narrowed);
        }

        if (isBegun)
        {
            events.Add(new MembershipStarted(id, With(member, before, true, lastDay)));
        }

        if (isOver)
        {
            events.Add(new MembershipEnded(id, With(member, before, false, lastDay)));
        }

        var decision = Accept(new MembershipTerm(id, lastDay), [.. events]);
        if (!isBegun)
        {
            decision.Reminding($"start:{id}", home.StartOf(one.StartsOn), new StartMembership(one.MemberId, id));
        }

        return isOver
            ? decision
            : decision.Reminding($"end:{id}", home.StartOf(lastDay.AddDays(1)), new EndMembership(one.MemberId, id));
    }

    /// <summary>Notes that it is paid.</summary>
    public static Decision Decide(MemberState member, SettleMembership settle, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : member.Membership(settle.MembershipId) is not { } membership ? Refuse(MemberRefusal.UnknownMembership)
            : membership.IsPaid ? Accept()
            : Accept(new MembershipSettled(membership.Id));
    }

    /// <summary>Freezes it.</summary>
    public static Decision Decide(MemberState member, FreezeMembership freeze, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : freeze.Reason?.Length > Limits.TextLength ? Refuse(MemberRefusal.InvalidReason)
            : member.Membership(freeze.MembershipId) is not { } membership ? Refuse(MemberRefusal.UnknownMembership)
            : membership.IsFrozen ? Accept()
            : Accept(new MembershipFrozen(membership.Id, freeze.Reason));
    }

    /// <summary>Unfreezes it.</summary>
    public static Decision Decide(MemberState member, UnfreezeMembership unfreeze, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : unfreeze.Reason?.Length > Limits.TextLength ? Refuse(MemberRefusal.InvalidReason)
            : member.Membership(unfreeze.MembershipId) is not { } membership ? Refuse(MemberRefusal.UnknownMembership)
            : !membership.IsFrozen ? Accept()
            : Accept(new MembershipUnfrozen(membership.Id, unfreeze.Reason));
    }

    /// <summary>Its first day began.</summary>
    public static Decision Decide(MemberState member, StartMembership start, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : member.Membership(start.MembershipId) is not { HasStarted: false } membership ? Accept()
            : Accept(new MembershipStarted(membership.Id, With(member, member.Standing, true, membership.LastDay)));
    }

    /// <summary>Its last day is over.</summary>
    public static Decision Decide(MemberState member, EndMembership end, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : member.Membership(end.MembershipId) is not { HasEnded: false } membership ? Accept()
            : Accept(new MembershipEnded(membership.Id, Without(member, membership)));
    }

    private static MemberStanding With(MemberState member, MemberStanding before, bool runs, DateOnly lastDay)
    {
        var last = before.ExpiresOn is { } day && day > lastDay ? day : lastDay;
        return new MemberStanding(runs && !member.IsSuspended ? MemberStatus.Active : before.Status, last);
    }

    private static MemberStanding Without(MemberState member, Membership ended)
    {
        var others = Array.Exists(
            member.Memberships, m => m is { HasStarted: true, HasEnded: false } && m.Id != ended.Id);
        var status = member.IsSuspended ? MemberStatus.Suspended
            : others ? MemberStatus.Active
            : MemberStatus.Expired;
        return member.Standing with { Status = status };
    }

    /// <summary>A membership to give, and the event that narrows it down, if any does.</summary>
    internal sealed record Beginning(
        MemberId MemberId, MembershipId Id, MembershipTerms Terms, DateOnly StartsOn, DateOnly LastDay, bool IsPaid,
        IEvent? Narrowed);

    private sealed record Sale(
        MemberId MemberId, MembershipId Id, PlanId PlanId, DateOnly StartsOn, bool Paid, MemberId? HostId);
}
