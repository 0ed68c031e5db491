using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides what concerns persons who may be no members.</summary>
public static class PersonRules
{
    /// <summary>Registers the person.</summary>
    public static Decision Decide(MemberState member, RegisterPerson register, Facts facts)
    {
        _ = facts;
        return MemberRules.Register(
            member,
            register.MemberId,
            new MemberRegistered(
                MemberCode.Of(register.MemberId), register.FirstName, register.LastName, register.Email,
                register.Phone),
            register.Kind == PersonKind.Member ? [] : [new PersonClassified(register.Kind)]);
    }

    /// <summary>Says what they are from now on.</summary>
    public static Decision Decide(MemberState member, ClassifyPerson classify, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : member.Kind == classify.Kind ? Accept()
            : Accept(new PersonClassified(classify.Kind));
    }

    /// <summary>
    /// Gives rights that nobody buys, in the form of a membership of a plan made for this one person: everything that
    /// decides, lists and shows memberships then treats them right.
    /// </summary>
    public static Decision Decide(MemberState member, GrantRights grant, Facts facts)
    {
        if (!member.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (member.Kind is not (PersonKind.Staff or PersonKind.Supplier))
        {
            return Refuse(MemberRefusal.NotStaffOrSupplier);
        }

        if (!IsWellFormed(grant))
        {
            return Refuse(MemberRefusal.InvalidRights);
        }

        if (facts.Reference.Site(grant.SiteId) is not { } site)
        {
            return Refuse(MemberRefusal.UnknownSite);
        }

        if (!grant.Entitlements.All(e => facts.Reference.Zone(e.ZoneId)?.SiteId == site.Id))
        {
            return Refuse(MemberRefusal.UnknownZone);
        }

        if (grant.Gates is { } gates
            && !gates.All(g => grant.Entitlements.Any(e => facts.Reference.Gate(g)?.ZoneId == e.ZoneId)))
        {
            return Refuse(MemberRefusal.UnknownGate);
        }

        var id = facts.NewId<MembershipTag>();
        var terms = new MembershipTerms(
            facts.NewId<PlanTag>(), grant.Name, new Money(0, site.Currency), grant.Entitlements, null,
            site.TimeZone.Id);
        return MembershipRules.Begin(
            member,
            new MembershipRules.Beginning(
                grant.MemberId, id, terms, grant.StartsOn, grant.LastDay, true,
                grant.Gates is null ? null : new MembershipNarrowed(id, grant.Gates)),
            site,
            facts);
    }

    private static bool IsWellFormed(GrantRights grant) =>
        Limits.IsName(grant.Name)
        && grant.StartsOn <= grant.LastDay
        && grant.LastDay.DayNumber - grant.StartsOn.DayNumber < Limits.PlanDays
        && Entitlement.AreWellFormed(grant.Entitlements)
        && grant.Gates is null or { Count: >= 1 and <= Limits.EntitlementsPerPlan };
}
