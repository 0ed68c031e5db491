using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>
/// Gives somebody a membership, such as a day pass, that is good only while this member is inside. It uses up one of
/// the guests that the member's plan allows for the period of their membership; the answer waits for the guest's.
/// </summary>
[Needs(Rights.MembershipsWrite)]
public sealed record InviteGuest(MemberId MemberId, MemberId GuestId, PlanId PlanId, DateOnly StartsOn, bool Paid)
    : ICommand<MembershipTerm>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>A host invites this person: the membership that names the host.</summary>
[Internal]
public sealed record AdmitGuest(
    MemberId MemberId, MembershipId MembershipId, MemberId HostId, PlanId PlanId, DateOnly StartsOn, bool Paid)
    : ICommand<MembershipTerm>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>A guest is at a door: is this member, their host, inside at that site?</summary>
/// <param name="MemberId">The host.</param>
/// <param name="SiteId">The site.</param>
/// <param name="GuestId">The guest.</param>
/// <param name="MembershipId">The guest's membership that names the host.</param>
/// <param name="Ticket">Which of the guest's accesses waits.</param>
[Internal]
public sealed record AskHost(
    MemberId MemberId, SiteId SiteId, MemberId GuestId, MembershipId MembershipId, long Ticket) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}
