using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>What somebody is to the club; who was never classified is a member.</summary>
public sealed record PersonClassified(PersonKind Kind) : IEvent;

/// <summary>A membership is good only while its host is inside. It follows at once on the membership.</summary>
public sealed record MembershipHosted(MembershipId MembershipId, MemberId HostId) : IEvent;

/// <summary>A membership opens these gates only. It follows at once on the membership.</summary>
public sealed record MembershipNarrowed(MembershipId MembershipId, IReadOnlyList<GateId> Gates) : IEvent;

/// <summary>A guest is being given a membership; one of the guests of the host's own is kept for it.</summary>
public sealed record GuestRequested(
    CommandId Command, MemberId GuestId, MembershipId MembershipId, MembershipId HostMembershipId,
    int GuestsAllowed) : IEvent;

/// <summary>The guest has the membership. <paramref name="GuestsInvited"/> counts this one.</summary>
public sealed record GuestInvited(
    MemberId GuestId, MembershipId MembershipId, MembershipId HostMembershipId, int GuestsInvited, int GuestsAllowed)
    : IEvent;

/// <summary>The guest could not be given the membership.</summary>
public sealed record GuestNotInvited(MembershipId MembershipId) : IEvent;

/// <summary>A host said whether they are inside; the guest's access still waits, for a place or another host.</summary>
public sealed record HostAnswered(long Ticket, MembershipId MembershipId, bool IsInside) : IEvent;
