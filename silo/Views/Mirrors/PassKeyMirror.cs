using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>Whose phone a key belongs to, and its public part: x and y of P-256, base64url.</summary>
public sealed record KnownPassKey(CredentialId Id, MemberId Member, string PublicKey, bool IsRevoked);

/// <summary>The keys of members' phones, revoked ones too: what every rotating pass is checked with.</summary>
public sealed class PassKeyMirror : IMirror
{
    private readonly ConcurrentDictionary<CredentialId, KnownPassKey> keys = new();

    /// <inheritdoc/>
    public string Table => "pass_keys";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["member_id", "public_key", "revoked"];

    /// <summary>The key, or null where there is none.</summary>
    public KnownPassKey? Find(CredentialId id) => keys.GetValueOrDefault(id);

    /// <summary>All keys, for the lists of gates.</summary>
    public IEnumerable<KnownPassKey> All => keys.Values;

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        var id = CredentialId.Parse(key, null);
        if (columns.GetValueOrDefault("public_key") is string publicKey)
        {
            keys[id] = new KnownPassKey(
                id, MemberId.Parse((string)columns["member_id"]!, null), publicKey, columns["revoked"] is true);
        }
        else if (keys.TryGetValue(id, out var known))
        {
            keys[id] = known with { IsRevoked = columns.GetValueOrDefault("revoked") is true };
        }
    }

    /// <summary>A revoked key stays, so that its passes are refused by name.</summary>
    public void Remove(string key)
    {
    }
}
