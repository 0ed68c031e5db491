using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>
/// Gives a member a membership of a plan. Unpaid means due now: its doors stay shut until it is settled.
/// </summary>
[Needs(Rights.MembershipsWrite)]
public sealed record AddMembership(MemberId MemberId, PlanId PlanId, DateOnly StartsOn, bool Paid)
    : ICommand<MembershipTerm>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>The new membership and its last day, included.</summary>
public sealed record MembershipTerm(MembershipId Id, DateOnly ExpiresOn);

/// <summary>Says that a membership is paid. Saying it twice changes nothing.</summary>
[Needs(Rights.MembershipsWrite)]
public sealed record SettleMembership(MemberId MemberId, MembershipId MembershipId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Freezes a membership from now until it is unfrozen. Its dates stay.</summary>
[Needs(Rights.MembershipsWrite)]
public sealed record FreezeMembership(
    MemberId MemberId, MembershipId MembershipId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Ends a freeze.</summary>
[Needs(Rights.MembershipsWrite)]
public sealed record UnfreezeMembership(
    MemberId MemberId, MembershipId MembershipId, [property: Personal] string? Reason) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>A reminder: the first day of a membership began.</summary>
[Internal]
public sealed record StartMembership(MemberId MemberId, MembershipId MembershipId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>A reminder: the last day of a membership is over.</summary>
[Internal]
public sealed record EndMembership(MemberId MemberId, MembershipId MembershipId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}
