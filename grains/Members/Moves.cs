using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;

namespace SmartClub.Grains.Members;

/// <summary>
/// What coming in and going out do. The same for a grant without confirmation, a confirmed passage and what a door
/// did alone: presence, one visit and the place of the zone move together.
/// </summary>
public static class Moves
{
    /// <summary>Somebody came in. A passage is a fact, so nothing is refused here.</summary>
    public static IEvent In(
        MemberState member, Door door, DateTimeOffset at, long scan, long ticket, Membership? payer, AccessFlags flags)
    {
        var zone = door.Zone.Id;
        var presence = member.PresenceIn(zone);
        var reentry = Reentries.Of(door.Zone, presence, at);
        var isVisit = !reentry.IsSameVisit();
        var visitsUsed = payer is null ? 0 : payer.VisitsUsed + (isVisit ? 1 : 0);
        var all = flags | reentry.Flags();
        if (presence is not { } known || known.MovedAt <= at)
        {
            var since = isVisit ? at : presence!.Value.EnteredAt;
            return new Entered(
                zone, door.Gate.Id, at, since, scan, ticket, payer?.Id, isVisit, visitsUsed, all);
        }

        return isVisit
            ? new PastVisitCounted(zone, door.Gate.Id, at, scan, ticket, payer?.Id, visitsUsed, all)
            : new PassedWithoutMove(zone, door.Gate.Id, at, ticket, all);
    }

    /// <summary>Somebody went out, whether or not they were inside.</summary>
    public static IEvent Out(
        MemberState member, Door door, DateTimeOffset at, long scan, long ticket, AccessFlags flags) =>
        member.PresenceIn(door.Zone.Id) is { IsInside: true } presence && presence.MovedAt <= at
            ? new Left(door.Zone.Id, door.Gate.Id, at, presence.EnteredAt, scan, ticket, flags)
            : new PassedWithoutMove(door.Zone.Id, door.Gate.Id, at, ticket, flags | AccessFlags.NotInside);

    /// <summary>Tells a zone that counts its places what a move means for it.</summary>
    public static void SendPlace(
        Decision decision, MemberState state, MemberId member, ZoneFacts zone, IEvent move, bool heldPlace = false)
    {
        if (zone.Capacity is null)
        {
            return;
        }

        switch (move)
        {
            case Entered { IsVisit: true } entered:
                decision.Sending(new CapturePlace(
                    zone.Id, member, entered.Ticket, state.Moves + 1, entered.Since));
                break;
            case Left:
                decision.Sending(new ReleasePlace(zone.Id, member, state.Moves + 1));
                break;
            case Entered { Ticket: var ticket } when heldPlace:
                decision.Sending(new ReleaseHold(zone.Id, member, ticket));
                break;
            case PastVisitCounted { Ticket: var ticket } when heldPlace:
                decision.Sending(new ReleaseHold(zone.Id, member, ticket));
                break;
            case PassedWithoutMove { Ticket: var ticket } when heldPlace:
                decision.Sending(new ReleaseHold(zone.Id, member, ticket));
                break;
        }
    }
}
