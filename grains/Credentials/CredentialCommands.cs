using SmartClub.Grains.Model;

namespace SmartClub.Grains.Credentials.Commands;

/// <summary>
/// Claims a badge or code for one member, for good: a revoked badge never becomes another's. Only a member who is taken
/// back as if they had never been gives it back.
/// </summary>
[Internal]
public sealed record ClaimCredential(CredentialKey Key, MemberId MemberId, CredentialId CredentialId) : ICommand<Done>
{
    GrainId ICommand.Target => Key.Grain;
}

/// <summary>Gives up a claim. What somebody else has, or nobody, is left alone.</summary>
[Internal]
public sealed record ReleaseCredential(CredentialKey Key, MemberId MemberId, CredentialId CredentialId)
    : ICommand<Done>
{
    GrainId ICommand.Target => Key.Grain;
}

/// <summary>Why a claim is refused.</summary>
public enum CredentialRefusal
{
    /// <summary>Somebody has it, maybe the same member.</summary>
    CredentialInUse,
}
