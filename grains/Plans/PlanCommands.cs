using SmartClub.Grains.Model;

namespace SmartClub.Grains.Plans.Commands;

/// <summary>Sets up what the club sells: a length of time and the zones it opens.</summary>
[Needs(Rights.Setup)]
public sealed record CreatePlan(
    PlanId PlanId,
    string Name,
    PlanLength Length,
    Money Price,
    IReadOnlyList<Entitlement> Entitlements,
    int? VisitsPerPeriod) : ICommand<Created<PlanTag>>
{
    GrainId ICommand.Target => PlanId.Grain;
}

/// <summary>
/// Changes what the club sells from now on: all five become what is said here. Memberships that were sold keep what
/// they were sold with, down to the name.
/// </summary>
[Needs(Rights.Setup)]
public sealed record ChangePlan(
    PlanId PlanId,
    string Name,
    PlanLength Length,
    Money Price,
    IReadOnlyList<Entitlement> Entitlements,
    int? VisitsPerPeriod) : ICommand<Done>
{
    GrainId ICommand.Target => PlanId.Grain;
}

/// <summary>Sells a plan no more. Whoever has it keeps it, with its guests.</summary>
[Needs(Rights.Setup)]
public sealed record RetirePlan(PlanId PlanId) : ICommand<Done>
{
    GrainId ICommand.Target => PlanId.Grain;
}

/// <summary>Sells a retired plan again.</summary>
[Needs(Rights.Setup)]
public sealed record ReinstatePlan(PlanId PlanId) : ICommand<Done>
{
    GrainId ICommand.Target => PlanId.Grain;
}

/// <summary>
/// Says how many guests a member can invite in the period of a membership of this plan. It counts at once, also for
/// memberships that run. Zero: nobody.
/// </summary>
[Needs(Rights.Setup)]
public sealed record SetPlanGuests(PlanId PlanId, int GuestsPerPeriod) : ICommand<Done>
{
    GrainId ICommand.Target => PlanId.Grain;
}

/// <summary>Why a plan command is refused, in order of precedence.</summary>
public enum PlanRefusal
{
    /// <summary>There is no such plan.</summary>
    NotFound,

    /// <summary>The name is empty or too long.</summary>
    InvalidName,

    /// <summary>Neither or both of months and days, or out of bounds.</summary>
    InvalidLength,

    /// <summary>A negative price, or above the limit.</summary>
    InvalidPrice,

    /// <summary>Not a currency that the club prices in.</summary>
    UnknownCurrency,

    /// <summary>No entitlement, too many, the same zone twice, or a schedule without days.</summary>
    InvalidEntitlements,

    /// <summary>Visits below one or above the limit.</summary>
    InvalidVisits,

    /// <summary>Guests below zero or above the limit.</summary>
    InvalidGuests,

    /// <summary>An entitlement names a zone that is not there.</summary>
    UnknownZone,

    /// <summary>There is such a plan already.</summary>
    PlanExists,
}
