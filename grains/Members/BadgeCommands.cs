using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>What a credential is.</summary>
[JsonConverter(typeof(SnakeEnumConverter<CredentialKind>))]
public enum CredentialKind
{
    /// <summary>A printed or shown QR code.</summary>
    Qr,

    /// <summary>A bar code.</summary>
    Barcode,

    /// <summary>A radio badge.</summary>
    Rfid,

    /// <summary>A phone or card over NFC.</summary>
    Nfc,

    /// <summary>A reference into a biometric reader; never the biometric itself.</summary>
    BiometricRef,
}

/// <summary>
/// Gives a member a badge or code. The gateway computes the key from kind and value; the answer waits until the
/// credential's grain has said whether it is free.
/// </summary>
[Needs(Rights.CredentialsWrite)]
public sealed record AddCredential(
    MemberId MemberId, CredentialKey Key, CredentialKind Kind, [property: Personal] string? Value)
    : ICommand<Created<CredentialTag>>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>Closes every door to a badge or code. It never becomes another member's. Twice changes nothing.</summary>
[Needs(Rights.CredentialsWrite)]
public sealed record RevokeCredential(MemberId MemberId, CredentialId CredentialId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}
