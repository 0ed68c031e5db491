using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides what a member can do for guests.</summary>
public static class GuestRules
{
    /// <summary>Keeps one of the host's guests and gives the guest their membership; the answer waits for it.</summary>
    public static Decision Decide(MemberState host, InviteGuest invite, Facts facts)
    {
        if (!host.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (invite.GuestId == invite.MemberId)
        {
            return Refuse(MemberRefusal.GuestIsHost);
        }

        if (Allowing(host, facts) is not { } membership)
        {
            return Refuse(MemberRefusal.NoGuestsLeft);
        }

        var id = facts.NewId<MembershipTag>();
        return Open(new GuestRequested(
                facts.CommandId, invite.GuestId, id, membership.Id, Allowed(membership, facts)))
            .Sending(new AdmitGuest(
                invite.GuestId, id, invite.MemberId, invite.PlanId, invite.StartsOn, invite.Paid));
    }

    /// <summary>Goes on when the guest was admitted, or not.</summary>
    public static Decision DecideReturn(MemberState host, Returned<AdmitGuest> returned, Facts facts)
    {
        _ = facts;
        if (Array.Find(host.RequestedGuests, g => g.MembershipId == returned.Sent.MembershipId) is not { } guest)
        {
            return Accept();
        }

        if (returned.Answer.Refusal is { } refusal)
        {
            return Accept(new GuestNotInvited(guest.MembershipId))
                .Settling(guest.Command, Answer.Refused(OfGuest(refusal)));
        }

        var membership = host.Membership(guest.HostMembershipId)!;
        var invited = membership.GuestsInvited + 1;
        return Accept(new GuestInvited(
                guest.GuestId, guest.MembershipId, membership.Id, invited, guest.GuestsAllowed))
            .Settling(guest.Command, Answer.Accepted(returned.Answer.Outcome!));
    }

    /// <summary>Says whether the host is inside at a site. Who is suspended brings nobody along.</summary>
    public static Decision Decide(MemberState host, AskHost ask, Facts facts) =>
        !host.Exists ? RefuseUnkept(MemberRefusal.NotFound)
        : host.IsSuspended || !IsInside(host, ask.SiteId, facts) ? Refuse(MemberRefusal.HostAway)
        : Accept();

    private static bool IsInside(MemberState host, SiteId site, Facts facts)
    {
        foreach (var presence in host.Presences)
        {
            if (presence.IsInside
                && facts.Reference.Zone(presence.ZoneId) is { } zone
                && zone.SiteId == site
                && !Reentries.IsForgiven(zone, presence.EnteredAt, facts.Now))
            {
                return true;
            }
        }

        return false;
    }

    private static Membership? Allowing(MemberState host, Facts facts) => host.IsSuspended ? null : Array.Find(
        host.Memberships,
        m => m is { HasStarted: true, HasEnded: false, IsPaid: true, IsFrozen: false, Bounds: null }
            && host.GuestsTaken(m) < Allowed(m, facts));

    private static int Allowed(Membership membership, Facts facts) =>
        facts.Reference.Plan(membership.Terms.PlanId)?.GuestsPerPeriod ?? 0;

    // "Not found" would be said of the host, whom the call is about.
    private static Refusal OfGuest(Refusal refusal) =>
        refusal == Refusal.Of(MemberRefusal.NotFound) ? Refusal.Of(MemberRefusal.UnknownGuest) : refusal;
}
