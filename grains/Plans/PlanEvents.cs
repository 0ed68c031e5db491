using SmartClub.Grains.Model;

namespace SmartClub.Grains.Plans;

/// <summary>A plan was set up.</summary>
public sealed record PlanCreated(
    string Name, PlanLength Length, Money Price, IReadOnlyList<Entitlement> Entitlements, int? VisitsPerPeriod) : IEvent
{
    /// <summary>What other grains need to know of it.</summary>
    public PlanFacts ToFacts(PlanId id) => new(id, Name, Length, Price, Entitlements, VisitsPerPeriod);
}

/// <summary>A plan is sold otherwise from now on.</summary>
public sealed record PlanChanged(
    string Name, PlanLength Length, Money Price, IReadOnlyList<Entitlement> Entitlements, int? VisitsPerPeriod) : IEvent
{
    /// <summary>What other grains need to know of it.</summary>
    public PlanFacts ToFacts(PlanId id) => new(id, Name, Length, Price, Entitlements, VisitsPerPeriod);
}

/// <summary>A plan is sold no more.</summary>
public sealed record PlanRetired : IEvent;

/// <summary>A retired plan is sold again.</summary>
public sealed record PlanReinstated : IEvent;

/// <summary>A member with this plan can invite so many guests in a period.</summary>
public sealed record PlanGuestsSet(int GuestsPerPeriod) : IEvent;
