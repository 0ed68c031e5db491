using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Credentials;

/// <summary>The claim on one badge or code.</summary>
public sealed class CredentialState : IGrainState
{
    /// <summary>Whose it is, or null while nobody claimed it.</summary>
    [JsonInclude]
    public MemberId? Owner { get; private set; }

    /// <summary>Its id at the owner.</summary>
    [JsonInclude]
    public CredentialId? CredentialId { get; private set; }

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        (Owner, CredentialId) = happened switch
        {
            CredentialClaimed claimed => (claimed.MemberId, claimed.CredentialId),
            CredentialReleased => (null, null),
            _ => (Owner, CredentialId),
        };
    }
}
