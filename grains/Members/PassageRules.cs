using SmartClub.Grains.Alerts.Commands;
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
    /// forgotten: whoever passes under it again came in with somebody else's grant, and the desk is told.
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
            return Unasked(member, passage, facts);
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

    // A ticket that was forgotten because too many came after it, or that a door used up which decided alone, may have
    // been good: nobody is accused of it.
    private static Decision Unasked(MemberState member, RecordPassage passage, Facts facts)
    {
        var mayBeGood = member.Scans.Exists(s => s.IsOffline)
            || (member.Tickets.Length >= Limits.TicketsKept && passage.Ticket < member.Tickets[0].Number);
        return mayBeGood || facts.Reference.Gate(passage.GateId) is not { ConfirmsPassage: true } gate
            ? Accept()
            : Accept().Sending(new RaiseAlert(
                gate.SiteId, AlertKind.Tailgating, gate.Id, null, passage.At < facts.Now ? passage.At : facts.Now, 1));
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
