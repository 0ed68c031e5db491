using SmartClub.Grains.Model;
using SmartClub.Grains.Plans.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Plans;

/// <summary>Decides the commands of a plan.</summary>
public static class PlanRules
{
    /// <summary>Sets up the plan.</summary>
    public static Decision Decide(PlanState plan, CreatePlan create, Facts facts) =>
        Fault(
            create.Name, create.Length, create.Price, create.Entitlements, create.VisitsPerPeriod,
            facts.Reference) is { } fault ? Refuse(fault)
        : plan.Exists ? Refuse(PlanRefusal.PlanExists)
        : Accept(
            new Created<PlanTag>(create.PlanId),
            new PlanCreated(
                create.Name, create.Length, create.Price, create.Entitlements, create.VisitsPerPeriod));

    /// <summary>Changes what is sold from now on.</summary>
    public static Decision Decide(PlanState plan, ChangePlan change, Facts facts) =>
        !plan.Exists ? RefuseUnkept(PlanRefusal.NotFound)
        : Fault(
            change.Name, change.Length, change.Price, change.Entitlements, change.VisitsPerPeriod,
            facts.Reference) is { } fault ? Refuse(fault)
        : Accept(new PlanChanged(
            change.Name, change.Length, change.Price, change.Entitlements, change.VisitsPerPeriod));

    /// <summary>Sells it no more; doing so twice changes nothing.</summary>
    public static Decision Decide(PlanState plan, RetirePlan retire, Facts facts)
    {
        _ = (retire, facts);
        return !plan.Exists ? RefuseUnkept(PlanRefusal.NotFound)
            : plan.IsRetired ? Accept()
            : Accept(new PlanRetired());
    }

    /// <summary>Sells it again; doing so twice changes nothing.</summary>
    public static Decision Decide(PlanState plan, ReinstatePlan reinstate, Facts facts)
    {
        _ = (reinstate, facts);
        return !plan.Exists ? RefuseUnkept(PlanRefusal.NotFound)
            : !plan.IsRetired ? Accept()
            : Accept(new PlanReinstated());
    }

    /// <summary>Sets how many guests come with it.</summary>
    public static Decision Decide(PlanState plan, SetPlanGuests set, Facts facts)
    {
        _ = facts;
        return !plan.Exists ? RefuseUnkept(PlanRefusal.NotFound)
            : set.GuestsPerPeriod is < 0 or > Limits.GuestsPerPeriod ? Refuse(PlanRefusal.InvalidGuests)
            : set.GuestsPerPeriod == plan.GuestsPerPeriod ? Accept()
            : Accept(new PlanGuestsSet(set.GuestsPerPeriod));
    }

    private static PlanRefusal? Fault(
        string name, PlanLength length, Money price, IReadOnlyList<Entitlement> entitlements, int? visits,
        IReference reference) =>
        !Limits.IsName(name) ? PlanRefusal.InvalidName
        : !IsLength(length) ? PlanRefusal.InvalidLength
        : price.Amount is < 0 or > Limits.PriceAmount ? PlanRefusal.InvalidPrice
        : !Money.Currencies.Contains(price.Currency) ? PlanRefusal.UnknownCurrency
        : !Entitlement.AreWellFormed(entitlements) ? PlanRefusal.InvalidEntitlements
        : visits is < 1 or > Limits.VisitsPerPeriod ? PlanRefusal.InvalidVisits
        : entitlements.Any(e => reference.Zone(e.ZoneId) is null) ? PlanRefusal.UnknownZone
        : null;

    private static bool IsLength(PlanLength length) => length switch
    {
        { Months: >= 1 and <= Limits.PlanMonths, Days: null } => true,
        { Months: null, Days: >= 1 and <= Limits.PlanDays } => true,
        _ => false,
    };
}
