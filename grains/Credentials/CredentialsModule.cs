using SmartClub.Grains.Credentials.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Credentials;

/// <summary>All that the feature "credentials" owns. Its rows are the members': a claim alone opens no door.</summary>
public static class CredentialsModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "credentials",
        [
            new GrainDefinition<CredentialState>(kind: 5, "credential")
                .Command<ClaimCredential, Done>("credential.claim", CredentialRules.Decide)
                .Command<ReleaseCredential, Done>("credential.release", CredentialRules.Decide)
                .Event<CredentialClaimed>("credential.claimed.v1")
                .Event<CredentialReleased>("credential.released.v1"),
        ],
        [],
        [typeof(CredentialRefusal)]);
}
