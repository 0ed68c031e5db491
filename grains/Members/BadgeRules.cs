using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides what concerns a member's badges and codes.</summary>
public static class BadgeRules
{
    /// <summary>Asks the credential's grain whether it is free; the answer waits for it.</summary>
    public static Decision Decide(MemberState member, AddCredential add, Facts facts)
    {
        if (!member.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (string.IsNullOrEmpty(add.Value) || add.Value.Length > Limits.CredentialLength)
        {
            return Refuse(MemberRefusal.InvalidCredential);
        }

        var requested = member.RequestedBadges.Length;
        if (requested + member.Badges.Count(b => !b.IsRevoked) >= Limits.CredentialsPerMember
            || requested + member.Badges.Length >= Limits.CredentialsEverPerMember)
        {
            return Refuse(MemberRefusal.TooManyCredentials);
        }

        if (Array.Exists(member.Badges, b => b.Key == add.Key))
        {
            return Refuse(MemberRefusal.CredentialInUse);
        }

        var id = facts.NewId<CredentialTag>();
        return Open(new CredentialRequested(facts.CommandId, id, add.Key, add.Kind, add.Value))
            .Sending(new ClaimCredential(add.Key, add.MemberId, id));
    }

    /// <summary>Goes on when the claim was answered.</summary>
    public static Decision DecideReturn(MemberState member, Returned<ClaimCredential> returned, Facts facts)
    {
        _ = facts;
        var id = returned.Sent.CredentialId;
        if (Array.Find(member.RequestedBadges, b => b.Id == id) is not { } badge)
        {
            return Accept();
        }

        return returned.Answer.Refusal is null
            ? Accept(new CredentialAdded(id, badge.Key, badge.Kind, badge.Value))
                .Settling(badge.Command, Answer.Accepted(new Created<CredentialTag>(id)))
            : Accept(new CredentialNotAdded(id))
                .Settling(badge.Command, Answer.Refused(Refusal.Of(MemberRefusal.CredentialInUse)));
    }

    /// <summary>Closes every door to it.</summary>
    public static Decision Decide(MemberState member, RevokeCredential revoke, Facts facts)
    {
        _ = facts;
        return !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
            : member.Badge(revoke.CredentialId) is not { } badge ? Refuse(MemberRefusal.UnknownCredential)
            : badge.IsRevoked ? Accept()
            : Accept(new CredentialRevoked(badge.Id));
    }
}
