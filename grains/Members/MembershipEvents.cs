using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>A membership was sold, with all of its plan that decides later.</summary>
public sealed record MembershipAdded(
    MembershipId MembershipId,
    MembershipTerms Terms,
    DateOnly StartsOn,
    DateOnly LastDay,
    bool IsPaid,
    MemberStanding Standing) : IEvent;

/// <summary>The first day began.</summary>
public sealed record MembershipStarted(MembershipId MembershipId, MemberStanding Standing) : IEvent;

/// <summary>The last day is over.</summary>
public sealed record MembershipEnded(MembershipId MembershipId, MemberStanding Standing) : IEvent;

/// <summary>The membership was paid.</summary>
public sealed record MembershipSettled(MembershipId MembershipId) : IEvent;

/// <summary>The membership opens nothing until it is unfrozen.</summary>
public sealed record MembershipFrozen(MembershipId MembershipId, [property: Personal] string? Reason) : IEvent;

/// <summary>The membership counts again.</summary>
public sealed record MembershipUnfrozen(MembershipId MembershipId, [property: Personal] string? Reason) : IEvent;
