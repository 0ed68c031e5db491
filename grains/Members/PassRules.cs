using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Members;

/// <summary>Decides which phones can show passes of a member.</summary>
public static class PassRules
{
    private const int PublicKeyLength = 86;

    /// <summary>Gives a phone its key.</summary>
    public static Decision Decide(MemberState member, AddPassKey add, Facts facts)
    {
        if (!member.Exists)
        {
            return RefuseUnkept(MemberRefusal.NotFound);
        }

        if (facts.Now - add.SignedInAt > Limits.EnrolmentWindow)
        {
            return RefuseUnkept(MemberRefusal.SignInAgain);
        }

        if (add.PublicKey.Length != PublicKeyLength || add.Device?.Length > Limits.DeviceLength)
        {
            return Refuse(MemberRefusal.InvalidPassKey);
        }

        if (Array.Find(member.PassKeys, k => k.PublicKey == add.PublicKey) is { } known)
        {
            return known.IsRevoked
                ? Refuse(MemberRefusal.PassKeyRevoked)
                : Accept(new Created<CredentialTag>(known.Id));
        }

        if (member.PassKeys.Count(k => !k.IsRevoked) >= Limits.PassKeysPerMember
            || member.PassKeys.Length >= Limits.PassKeysEverPerMember)
        {
            return Refuse(MemberRefusal.TooManyPassKeys);
        }

        var id = facts.NewId<CredentialTag>();
        return Accept(new Created<CredentialTag>(id), new PassKeyAdded(id, add.PublicKey, add.Device));
    }

    /// <summary>Takes it away.</summary>
    public static Decision Decide(MemberState member, RevokePassKey revoke, Facts facts)
    {
        _ = facts;
        return Revoke(member, revoke.PassKeyId);
    }

    /// <summary>Takes it away from whoever found the phone.</summary>
    public static Decision Decide(MemberState member, RevokeLostPassKey revoke, Facts facts)
    {
        _ = facts;
        return Revoke(member, revoke.PassKeyId);
    }

    private static Decision Revoke(MemberState member, CredentialId id) =>
        !member.Exists ? RefuseUnkept(MemberRefusal.NotFound)
        : member.PassKey(id) is not { } key ? Refuse(MemberRefusal.UnknownPassKey)
        : key.IsRevoked ? Accept()
        : Accept(new PassKeyRevoked(key.Id));
}
