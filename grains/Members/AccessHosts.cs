using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>The part of the decision that guests need: their host is asked whether they are inside.</summary>
public static partial class AccessDecisions
{
    /// <summary>Goes on when a host has answered: with the rules once more, another host or a place.</summary>
    public static Decision DecideReturn(MemberState member, Returned<AskHost> returned, Facts facts)
    {
        var sent = returned.Sent;
        if (Waiting(member, sent.GuestId, sent.Ticket, facts) is not { } attempt)
        {
            return Accept();
        }

        if (member.Decided(attempt.Scan) is { IsOffline: true })
        {
            return AnsweredByDoor(attempt, isHeld: false);
        }

        var door = attempt.Door;

        // A pass that was not good was refused before any host was asked, and a good one was used up then.
        var told = new HostAnswer(sent.MembershipId, returned.Answer.Refusal is null);
        var asked = AccessQuestion.About(
            member, attempt.CredentialId, door, facts.Now, PassVerdict.Good, host: told);
        var verdict = AccessRules.Judge(asked);
        var answered = new HostAnswered(sent.Ticket, told.MembershipId, told.IsInside);
        return verdict.Reason != AccessReason.Ok ? Deny(attempt, asked, verdict)
            : !told.IsInside && HostOf(verdict) is { } next ? Ask(Accept(answered), attempt, verdict, next)
            : door.Zone.Capacity is null || asked.Reentry.IsSameVisit() ? Grant(member, attempt, asked, verdict, false)
            : Accept(answered).Sending(
                new HoldPlace(door.Zone.Id, attempt.MemberId, attempt.Ticket, attempt.Until));
    }

    private static MemberId? HostOf(Verdict verdict) => verdict.Membership!.Bounds?.HostId;

    private static Decision AskForHost(Attempt attempt, Verdict verdict, MemberId host, Facts facts) =>
        Ask(Asking(attempt, facts), attempt, verdict, host);

    private static Decision Ask(Decision decision, Attempt attempt, Verdict verdict, MemberId host) =>
        decision.Sending(new AskHost(
            host, attempt.Door.Site.Id, attempt.MemberId, verdict.Membership!.Id, attempt.Ticket));
}
