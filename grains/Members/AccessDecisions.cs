using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides what a door does: asks the rules, and a place of the zone where places are counted.</summary>
public static partial class AccessDecisions
{
    /// <summary>Answers a scan, or leaves it open until the zone has answered.</summary>
    public static Decision Decide(MemberState member, RequestAccess request, Facts facts)
    {
        if (!member.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (Door.At(request.GateId, facts.Reference) is not { } door)
        {
            return Refuse(MemberRefusal.UnknownGate);
        }

        var scan = ScanHash.Of(request.GateId, request.ScanId, request.CredentialId, request.Direction);
        if (member.Decided(scan) is { IsOffline: true })
        {
            // What is done is done, and not done twice.
            return Refuse(MemberRefusal.DecidedAtDoor);
        }

        // Whatever is decided about a pass uses it up, so that who looked over a shoulder has nothing.
        var pass = member.Judge(request.CredentialId, facts.Pass, facts.PassUse);
        var attempt = new Attempt(
            request.MemberId, request.CredentialId, door, scan, member.LastTicket + 1,
            facts.Now + Limits.TicketLife, null,
            pass == PassVerdict.Good && facts.PassUse is { } use
                ? new PassConsumed(request.CredentialId, use.Nonce, use.SignedAt, facts.Now, request.GateId, scan)
                : null);
        if (request.Direction == Direction.Out)
        {
            return GrantExit(member, attempt, facts);
        }

        var asked = AccessQuestion.About(member, request.CredentialId, door, facts.Now, pass);
        var verdict = AccessRules.Judge(asked);
        return verdict.Reason != AccessReason.Ok ? Deny(attempt, asked, verdict)
            : HostOf(verdict) is { } host ? AskForHost(attempt, verdict, host, facts)
            : door.Zone.Capacity is null || asked.Reentry.IsSameVisit() ? Grant(member, attempt, asked, verdict, false)
            : AskForPlace(attempt, facts);
    }

    /// <summary>Goes on when the zone has answered: the rules are asked again, for much may have happened.</summary>
    public static Decision DecideReturn(MemberState member, Returned<HoldPlace> returned, Facts facts)
    {
        var hold = returned.Sent;
        var isHeld = returned.Answer.Refusal is null;
        if (Waiting(member, hold.MemberId, hold.Ticket, facts) is not { } attempt)
        {
            return Accept();
        }

        if (member.Decided(attempt.Scan) is { IsOffline: true })
        {
            return AnsweredByDoor(attempt, isHeld);
        }

        var door = attempt.Door;

        // A pass that was not good was refused before any place was asked for, and a good one was used up then.
        var asked = AccessQuestion.About(
            member, attempt.CredentialId, door, facts.Now, PassVerdict.Good, isPlaceRefused: !isHeld,
            host: member.AskedFor(attempt.Ticket)?.Host);
        var verdict = AccessRules.Judge(asked);
        if (verdict.Reason != AccessReason.Ok)
        {
            var denied = Deny(attempt, asked, verdict);
            return isHeld ? denied.Sending(new ReleaseHold(door.Zone.Id, hold.MemberId, hold.Ticket)) : denied;
        }

        var isPlaceNeeded = !asked.Reentry.IsSameVisit();
        var granted = Grant(member, attempt, asked, verdict, isPlaceNeeded);
        return isPlaceNeeded
            ? granted
            : granted.Sending(new ReleaseHold(door.Zone.Id, hold.MemberId, hold.Ticket));
    }

    // What was left open until another grain answers, at the door as it is now; null where nobody waits any more.
    private static Attempt? Waiting(MemberState member, MemberId id, long ticket, Facts facts) =>
        member.AskedFor(ticket) is { } asked && Door.At(asked.GateId, facts.Reference) is { } door
            ? new Attempt(id, asked.CredentialId, door, asked.Scan, asked.Ticket, asked.Until, asked.Command, null)
            : null;

    private static Decision AskForPlace(Attempt attempt, Facts facts) =>
        Asking(attempt, facts)
            .Sending(new HoldPlace(attempt.Door.Zone.Id, attempt.MemberId, attempt.Ticket, attempt.Until));

    private static Decision Asking(Attempt attempt, Facts facts) =>
        Open(attempt.Events(new AccessAsked(
                facts.CommandId, attempt.CredentialId, attempt.Door.Gate.Id, attempt.Door.Zone.Id,
                attempt.Scan, attempt.Ticket, attempt.Until)));

    private static Decision Deny(Attempt attempt, in AccessQuestion asked, Verdict verdict)
    {
        var detail = AccessDetails.Of(asked, verdict);
        var plan = verdict.Membership?.Terms.PlanName;
        var denied = new AccessDenied(
            attempt.Door.Gate.Id, attempt.Door.Zone.Id, attempt.CredentialId, Direction.In, asked.Now, attempt.Scan,
            attempt.WaitingCommand is null ? null : attempt.Ticket, verdict.Reason, verdict.Membership?.Id, plan,
            detail);
        var answer = new AccessAnswer(false, verdict.Reason, null, 0, AccessFlags.None, plan, detail);
        return attempt.Answer(answer, denied);
    }

    private static Decision Grant(
        MemberState member, Attempt attempt, in AccessQuestion asked, Verdict verdict, bool holdsPlace)
    {
        var door = attempt.Door;
        var confirms = door.Gate.ConfirmsPassage;
        var flags = asked.Reentry.Flags();
        var membership = verdict.Membership!;
        var at = NotBeforeLastMove(member, door, asked.Now);
        var granted = new AccessGranted(
            door.Gate.Id, door.Zone.Id, attempt.CredentialId, Direction.In, at, attempt.Scan, attempt.Ticket,
            confirms ? attempt.Until : null, holdsPlace, membership.Id, membership.Terms.PlanName, flags);
        var answer = new AccessAnswer(
            true, AccessReason.Ok, attempt.TicketText, Limits.OpenMilliseconds, flags, membership.Terms.PlanName,
            AccessDetails.Of(asked, verdict));

        Decision decision;
        if (confirms)
        {
            decision = attempt.Answer(answer, granted);
        }
        else
        {
            var move = Moves.In(
                member, door, at, attempt.Scan, attempt.Ticket, membership, AccessFlags.None);
            decision = attempt.Answer(answer, granted, move);
            Moves.SendPlace(decision, member, attempt.MemberId, door.Zone, move);
        }

        return ReleaseSuperseded(decision, member, attempt, asked.Now, holdsPlace);
    }

    /// <summary>Going out is never refused: whoever wants out may go, and what is odd about it is flagged.</summary>
    private static Decision GrantExit(MemberState member, Attempt attempt, Facts facts)
    {
        var door = attempt.Door;
        var confirms = door.Gate.ConfirmsPassage;
        var presence = member.PresenceIn(door.Zone.Id);
        var flags = presence is { IsInside: true } ? AccessFlags.None : AccessFlags.NotInside;
        var at = NotBeforeLastMove(member, door, facts.Now);
        var granted = new AccessGranted(
            door.Gate.Id, door.Zone.Id, attempt.CredentialId, Direction.Out, at, attempt.Scan, attempt.Ticket,
            confirms ? attempt.Until : null, false, null, null, flags);
        var answer = new AccessAnswer(
            true, AccessReason.Ok, attempt.TicketText, Limits.OpenMilliseconds, flags, null, null);

        Decision decision;
        if (confirms || flags != AccessFlags.None)
        {
            decision = attempt.Answer(answer, granted);
        }
        else
        {
            var move = Moves.Out(member, door, at, attempt.Scan, attempt.Ticket, AccessFlags.None);
            decision = attempt.Answer(answer, granted, move);
            Moves.SendPlace(decision, member, attempt.MemberId, door.Zone, move);
        }

        return ReleaseSuperseded(decision, member, attempt, facts.Now, false);
    }

    // What is decided now comes after what was decided before, also when the clock was set back in between.
    private static DateTimeOffset NotBeforeLastMove(MemberState member, Door door, DateTimeOffset now) =>
        member.PresenceIn(door.Zone.Id) is { } presence && presence.MovedAt > now ? presence.MovedAt : now;

    private static Decision ReleaseSuperseded(
        Decision decision, MemberState member, Attempt attempt, DateTimeOffset now, bool holdsPlace)
    {
        var zone = attempt.Door.Zone.Id;
        return !holdsPlace && member.OpenTicketFor(zone, now) is { HoldsPlace: true } superseded
            ? decision.Sending(new ReleaseHold(zone, attempt.MemberId, superseded.Number))
            : decision;
    }

    private static Decision AnsweredByDoor(Attempt attempt, bool isHeld)
    {
        var decision = Accept(new PlaceNotNeeded(attempt.Ticket)).Settling(
            attempt.WaitingCommand!.Value, Model.Answer.Refused(Refusal.Of(MemberRefusal.DecidedAtDoor)));
        return isHeld
            ? decision.Sending(new ReleaseHold(attempt.Door.Zone.Id, attempt.MemberId, attempt.Ticket))
            : decision;
    }

    /// <summary>One scan on its way to an answer; <c>WaitingCommand</c> is whose outcome was left open.</summary>
    private readonly record struct Attempt(
        MemberId MemberId,
        CredentialId CredentialId,
        Door Door,
        long Scan,
        long Ticket,
        DateTimeOffset Until,
        CommandId? WaitingCommand,
        PassConsumed? Consumed)
    {
        public string TicketText => new Ticket(MemberId, Ticket).ToString();

        public Decision Answer(AccessAnswer answer, params IEvent[] events) => WaitingCommand is { } waiting
            ? Accept(events).Settling(waiting, Model.Answer.Accepted(answer))
            : Accept(answer, Events(events));

        public IEvent[] Events(params IEvent[] events) => Consumed is null ? events : [Consumed, .. events];
    }
}
