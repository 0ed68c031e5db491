using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides what confirming gates saw.</summary>
public static class PassageRules
{
    /// <summary>
    /// Moves presence, visit and place, for any remembered ticket of this device. A ticket serves once: used, it is
    /// forgotten, so a second report finds nothing to do.
    /// </summary>
    public static Decision Decide(MemberState member, RecordPassage passage, Facts facts)
    {
        if (!member.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (member.Ticket(passage.Ticket) is not { } ticket || ticket.GateId != passage.GateId
            || Door.At(passage.GateId, facts.Reference) is not { } door)
        {
            return Accept();
        }

        // Nobody passes in the future or before the grant, whatever the clocks of device and silo say.
        var seen = passage.At > facts.Now ? facts.Now : passage.At;
        var at = seen < ticket.At ? ticket.At : seen;
        var flags = ticket.IsOpenAt(at) ? AccessFlags.None : AccessFlags.LatePassage;
        var move = ticket.Direction == Direction.In
            ? Moves.In(
                member, door, at, ticket.Scan, ticket.Number, member.Membership(ticket.MembershipId), flags)
            : Moves.Out(member, door, at, ticket.Scan, ticket.Number, flags);
        var decision = Accept(move);
        Moves.SendPlace(decision, member, passage.MemberId, door.Zone, move, ticket.HoldsPlace);
        return decision;
    }

    /// <summary>Ends the ticket and gives its holds back.</summary>
    public static Decision Decide(MemberState member, RecordNonPassage nonPassage, Facts facts)
    {
        _ = facts;
        if (!member.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (member.Ticket(nonPassage.Ticket) is not { IsOpen: true } ticket || ticket.GateId != nonPassage.GateId)
        {
            return Accept();
        }

        var decision = Accept(new TicketEnded(ticket.ZoneId, ticket.Number));
        return ticket.HoldsPlace
            ? decision.Sending(new ReleaseHold(ticket.ZoneId, nonPassage.MemberId, ticket.Number))
            : decision;
    }
}
