using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Takes over what a door did alone. It corrects what was decided online about the same scan.</summary>
public static class OfflineRules
{
    /// <summary>What the door did sets presence and one visit, once per scan.</summary>
    public static Decision Decide(MemberState member, RecordOfflineAccess access, Facts facts) => Take(
        member,
        new Told(
            access.MemberId, access.CredentialId, access.GateId, access.ScanId, access.Direction, access.Granted,
            access.At, null, null),
        facts);

    /// <summary>The same, and how it compares with what would have been decided online.</summary>
    public static Decision Decide(MemberState member, RecordDoorDecision access, Facts facts) => Take(
        member,
        new Told(
            access.MemberId, access.CredentialId, access.GateId, access.ScanId, access.Direction, access.Granted,
            access.At, access.ReasonThen, access.Pass),
        facts);

    private static Decision Take(MemberState member, in Told access, Facts facts)
    {
        if (!member.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (Door.At(access.GateId, facts.Reference) is not { } door)
        {
            return Refuse(MemberRefusal.UnknownGate);
        }

        var scan = ScanHash.Of(access.GateId, access.ScanId, access.CredentialId, access.Direction);
        var online = member.Decided(scan);
        if (online is { IsOffline: true })
        {
            return Accept();
        }

        var at = access.At > facts.Now ? facts.Now : access.At;
        var differs = online is { } known && known.IsGranted != access.Granted;
        var flags = AccessFlags.Offline | (differs ? AccessFlags.Differs : AccessFlags.None);
        var recorded = new OfflineAccessRecorded(
            access.GateId, door.Zone.Id, access.CredentialId, access.Direction, at, scan, access.Granted, flags);
        var difference = online is { HasMoved: true } && access.Granted
            ? null
            : OfflineComparison.Of(member, recorded, door, access.ReasonThen);
        return !access.Granted ? Undo(member, access.MemberId, door, online, recorded, difference)
            : online is { HasMoved: true } ? Accept(recorded)
            : Move(member, access, door, recorded, difference);
    }

    private static Decision Move(
        MemberState member, in Told access, Door door, OfflineAccessRecorded recorded,
        OfflineDifferenceFound? difference)
    {
        var ticket = Array.Find(member.Tickets, t => t.Scan == recorded.Scan);
        var number = ticket?.Number ?? 0;
        var move = access.Direction == Direction.In
            ? Moves.In(
                member, door, recorded.At, recorded.Scan, number,
                ticket is null ? Payer(member, access, door, recorded.At) : member.Membership(ticket.MembershipId),
                recorded.Flags)
            : Moves.Out(member, door, recorded.At, recorded.Scan, number, recorded.Flags);
        var decision = move is PassedWithoutMove { Flags: var moved } && ticket is null
            ? Accept(All(recorded with { Flags = moved }, difference, Used(access, member, recorded)))
            : Accept(All(recorded, difference, Used(access, member, recorded), move));
        Moves.SendPlace(decision, member, access.MemberId, door.Zone, move, ticket is { HoldsPlace: true });
        return decision;
    }

    /// <summary>
    /// Whose visit it is: of the membership that lets in, else of the one that comes closest to it and runs on that
    /// day. Where none runs, the door let in somebody without a right, and no membership pays.
    /// </summary>
    private static Membership? Payer(
        MemberState member, in Told access, Door door, DateTimeOffset at)
    {
        var asked = AccessQuestion.About(member, access.CredentialId, door, at, PassVerdict.NotAPass);
        var verdict = AccessRules.JudgeMemberships(asked);
        return verdict.Reason > AccessReason.Expired ? verdict.Membership : null;
    }

    private static Decision Undo(
        MemberState member, MemberId id, Door door, DecidedScan? online, OfflineAccessRecorded recorded,
        OfflineDifferenceFound? difference)
    {
        if (Array.Find(member.Tickets, t => t.Scan == recorded.Scan) is { } ticket)
        {
            var ended = Accept(All(recorded, difference, new TicketEnded(ticket.ZoneId, ticket.Number)));
            return ticket is { HoldsPlace: true, IsOpen: true }
                ? ended.Sending(new ReleaseHold(ticket.ZoneId, id, ticket.Number))
                : ended;
        }

        var direction = recorded.Direction;
        if (online is not { HasMoved: true } done || (direction == Direction.In && !done.IsVisit))
        {
            return Accept(All(recorded, difference));
        }

        return direction == Direction.In
            ? UndoEntry(member, id, door, done, recorded)
            : UndoExit(member, id, door, done, recorded);
    }

    private static Decision UndoEntry(
        MemberState member, MemberId id, Door door, DecidedScan done, OfflineAccessRecorded recorded)
    {
        var zone = door.Zone;
        var presence = member.PresenceIn(zone.Id)!.Value;
        var wasLast = presence.IsInside && presence.EnteredAt.UtcDateTime == done.At;
        DateTimeOffset? now = presence.IsInside ? presence.EnteredAt : null;
        var since = wasLast ? done.InsideBefore : now;
        var payer = done.Payer < 0 ? null : member.Memberships[done.Payer];
        var decision = Accept(recorded, new EntryReverted(
            zone.Id, done.Scan, payer?.Id, payer is null ? 0 : payer.VisitsUsed - 1, since));
        return wasLast && since is null && zone.Capacity is not null
            ? decision.Sending(new ReleasePlace(zone.Id, id, member.Moves + 1))
            : decision;
    }

    private static Decision UndoExit(
        MemberState member, MemberId id, Door door, DecidedScan done, OfflineAccessRecorded recorded)
    {
        var zone = door.Zone;
        var presence = member.PresenceIn(zone.Id)!.Value;
        var wasLast = !presence.IsInside && presence.MovedAt.UtcDateTime == done.At;
        DateTimeOffset? now = presence.IsInside ? presence.EnteredAt : null;
        var since = wasLast ? done.InsideBefore : now;
        var decision = Accept(recorded, new ExitReverted(zone.Id, done.Scan, since));
        return wasLast && since is { } inside && zone.Capacity is not null
            ? decision.Sending(new CapturePlace(zone.Id, id, 0, member.Moves + 1, inside))
            : decision;
    }

    // What a door let in by itself uses a pass up as well. That it was shown at two of them is found among all uses.
    private static PassConsumed? Used(in Told access, MemberState member, OfflineAccessRecorded recorded) =>
        access.Pass is { } pass && member.Decided(recorded.Scan) is null
            ? new PassConsumed(
                access.CredentialId, pass.Nonce, pass.SignedAt, recorded.At, access.GateId, recorded.Scan)
            : null;

    private static IEvent[] All(params IEvent?[] events) => [.. events.OfType<IEvent>()];

    private readonly record struct Told(
        MemberId MemberId, CredentialId CredentialId, GateId GateId, string ScanId, Direction Direction, bool Granted,
        DateTimeOffset At, AccessReason? ReasonThen, PassUse? Pass);
}
