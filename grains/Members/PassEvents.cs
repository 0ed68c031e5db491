using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>A phone of the member can show rotating passes.</summary>
public sealed record PassKeyAdded(CredentialId PassKeyId, string PublicKey, [property: Personal] string? Device)
    : IEvent;

/// <summary>The passes of a phone are worth nothing any more.</summary>
public sealed record PassKeyRevoked(CredentialId PassKeyId) : IEvent;

/// <summary>A rotating pass was shown at a door and decided on: it is used up everywhere.</summary>
public sealed record PassConsumed(CredentialId PassKeyId, long Nonce, long SignedAt, DateTimeOffset At) : IEvent;
