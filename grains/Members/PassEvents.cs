using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>A phone of the member can show rotating passes.</summary>
public sealed record PassKeyAdded(CredentialId PassKeyId, string PublicKey, [property: Personal] string? Device)
    : IEvent;

/// <summary>The passes of a phone are worth nothing any more.</summary>
public sealed record PassKeyRevoked(CredentialId PassKeyId) : IEvent;

/// <summary>A rotating pass was shown at a door and decided on: it is used up everywhere.</summary>
/// <param name="PassKeyId">The key of its phone.</param>
/// <param name="Nonce">With the key and the next one, what makes it this pass.</param>
/// <param name="SignedAt">When the phone signed it, in Unix seconds.</param>
/// <param name="At">When it was shown.</param>
/// <param name="GateId">At which door; null in what was stored before doors that are alone told of passes.</param>
/// <param name="Scan">The scan that used it.</param>
public sealed record PassConsumed(
    CredentialId PassKeyId, long Nonce, long SignedAt, DateTimeOffset At, GateId? GateId = null, long? Scan = null)
    : IEvent;
