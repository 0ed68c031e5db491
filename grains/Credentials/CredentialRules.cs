using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Credentials;

/// <summary>Decides the claims on one badge or code: the first wins.</summary>
public static class CredentialRules
{
    /// <summary>Claims it.</summary>
    public static Decision Decide(CredentialState credential, ClaimCredential claim, Facts facts)
    {
        _ = facts;
        return credential.Owner is not null
            ? Refuse(CredentialRefusal.CredentialInUse)
            : Accept(new CredentialClaimed(claim.MemberId, claim.CredentialId));
    }

    /// <summary>Gives it up.</summary>
    public static Decision Decide(CredentialState credential, ReleaseCredential release, Facts facts)
    {
        _ = facts;
        return credential.Owner == release.MemberId && credential.CredentialId == release.CredentialId
            ? Accept(new CredentialReleased(release.MemberId, release.CredentialId))
            : Accept();
    }
}
