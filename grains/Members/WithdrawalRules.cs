using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides whether an import may take a member back: only who is still as the import made them.</summary>
public static class WithdrawalRules
{
    /// <summary>
    /// Withdraws the member whole, or not at all. Where there is a badge, the answer waits until it is free: whoever
    /// was told that the member is gone can give it to somebody else.
    /// </summary>
    public static Decision Decide(MemberState member, WithdrawMember withdraw, Facts facts) =>
        !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : withdraw.Reason?.Length > Limits.TextLength ? Refuse(MemberRefusal.InvalidReason)
            : HasCome(member) ? Refuse(MemberRefusal.MemberCame)
            : HasPaid(member, withdraw) ? Refuse(MemberRefusal.MemberPaid)
            : IsChanged(member, withdraw) ? Refuse(MemberRefusal.MemberChanged)
            : Withdraw(member, withdraw, facts);

    /// <summary>Goes on when the badge is free.</summary>
    public static Decision DecideReturn(MemberState member, Returned<ReleaseCredential> returned, Facts facts)
    {
        _ = (returned, facts);
        return member.WithdrawnBy is { } command
            ? Accept().Settling(command, Answer.Accepted(Done.Instance))
            : Accept();
    }

    private static Decision Withdraw(MemberState member, WithdrawMember withdraw, Facts facts)
    {
        var withdrawn = new MemberWithdrawn(
            facts.CommandId,
            [.. member.Memberships.Select(m => m.Id)],
            [.. member.Badges.Select(b => b.Id)],
            withdraw.Reason);
        var decision = member.Badges.Length == 0 ? Accept(withdrawn) : Open(withdrawn);
        foreach (var badge in member.Badges)
        {
            decision.Sending(new ReleaseCredential(badge.Key, withdraw.MemberId, badge.Id));
        }

        foreach (var membership in member.Memberships)
        {
            decision.Forgetting($"start:{membership.Id}").Forgetting($"end:{membership.Id}");
        }

        return decision;
    }

    // A refusal counts as well: somebody stood at a door with this badge.
    private static bool HasCome(MemberState member) =>
        member.LastTicket > 0 || member.Presences.Length > 0 || member.Scans.Count > 0 || member.Asked.Length > 0
        || member.Tickets.Length > 0;

    private static bool HasPaid(MemberState member, WithdrawMember withdraw) => Array.Exists(
        member.Memberships, m => m.IsPaid && !(m.Id == withdraw.MembershipId && withdraw.WasPaid));

    private static bool IsChanged(MemberState member, WithdrawMember withdraw) =>
        member.IsSuspended || member.DetailsChanges > 0 || member.Kind != PersonKind.Member || member.Photo is not null
        || member.Notes.Length > 0 || member.Attachments.Length > 0 || member.PassKeys.Length > 0
        || member.RequestedBadges.Length > 0 || member.RequestedGuests.Length > 0
        || Array.Exists(member.Badges, b => b.Id != withdraw.CredentialId || b.IsRevoked)
        || Array.Exists(member.Memberships, m => m.Id != withdraw.MembershipId || m.IsFrozen
            || m.GuestsInvited > 0 || m.Bounds is not null);
}
