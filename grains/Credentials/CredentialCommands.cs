using SmartClub.Grains.Model;

namespace SmartClub.Grains.Credentials.Commands;

/// <summary>Claims a badge or code for one member, for good: a revoked badge never becomes another's.</summary>
[Internal]
public sealed record ClaimCredential(CredentialKey Key, MemberId MemberId, CredentialId CredentialId) : ICommand<Done>
{
    GrainId ICommand.Target => Key.Grain;
}

/// <summary>Why a claim is refused.</summary>
public enum CredentialRefusal
{
    /// <summary>Somebody has it, maybe the same member.</summary>
    CredentialInUse,
}
