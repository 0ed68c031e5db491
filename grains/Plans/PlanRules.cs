using SmartClub.Grains.Model;
using SmartClub.Grains.Plans.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Plans;

/// <summary>Decides the commands of a plan.</summary>
public static class PlanRules
{
    /// <summary>Sets up the plan.</summary>
    public static Decision Decide(PlanState plan, CreatePlan create, Facts facts) =>
        !Limits.IsName(create.Name) ? Refuse(PlanRefusal.InvalidName)
        : !IsLength(create.Length) ? Refuse(PlanRefusal.InvalidLength)
        : create.Price.Amount is < 0 or > Limits.PriceAmount ? Refuse(PlanRefusal.InvalidPrice)
        : !Money.Currencies.Contains(create.Price.Currency) ? Refuse(PlanRefusal.UnknownCurrency)
        : !Entitlement.AreWellFormed(create.Entitlements) ? Refuse(PlanRefusal.InvalidEntitlements)
        : create.VisitsPerPeriod is < 1 or > Limits.VisitsPerPeriod ? Refuse(PlanRefusal.InvalidVisits)
        : create.Entitlements.Any(e => facts.Reference.Zone(e.ZoneId) is null) ? Refuse(PlanRefusal.UnknownZone)
        : plan.Exists ? Refuse(PlanRefusal.PlanExists)
        : Accept(
            new Created<PlanTag>(create.PlanId),
            new PlanCreated(
                create.Name, create.Length, create.Price, create.Entitlements, create.VisitsPerPeriod));

    /// <summary>Sets how many guests come with it.</summary>
    public static Decision Decide(PlanState plan, SetPlanGuests set, Facts facts)
    {
        _ = facts;
        return !plan.Exists ? RefuseUnkept(PlanRefusal.NotFound)
            : set.GuestsPerPeriod is < 0 or > Limits.GuestsPerPeriod ? Refuse(PlanRefusal.InvalidGuests)
            : set.GuestsPerPeriod == plan.GuestsPerPeriod ? Accept()
            : Accept(new PlanGuestsSet(set.GuestsPerPeriod));
    }

    private static bool IsLength(PlanLength length) => length switch
    {
        { Months: >= 1 and <= Limits.PlanMonths, Days: null } => true,
        { Months: null, Days: >= 1 and <= Limits.PlanDays } => true,
        _ => false,
    };
}
