using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>Whose credential it is.</summary>
public readonly record struct CredentialOwner(MemberId Member, CredentialId Credential);

/// <summary>Who has which badge or code: the one look-up between a scan and its member grain.</summary>
public sealed class CredentialMirror : IMirror
{
    private readonly ConcurrentDictionary<CredentialKey, CredentialOwner> owners = new();
    private readonly ConcurrentDictionary<CredentialId, CredentialKey> keys = new();

    /// <inheritdoc/>
    public string Table => "credentials";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["credential_key", "member_id"];

    /// <summary>The owner, revoked or not; null where nobody has it.</summary>
    public CredentialOwner? Find(CredentialKey key) => owners.TryGetValue(key, out var owner) ? owner : null;

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        if (columns.GetValueOrDefault("credential_key") is string hashed)
        {
            var credential = CredentialId.Parse(key, null);
            var claim = CredentialKey.Parse(hashed, null);
            keys[credential] = claim;
            owners[claim] = new CredentialOwner(MemberId.Parse((string)columns["member_id"]!, null), credential);
        }
    }

    /// <summary>Its member was taken back; it may be somebody else's by now.</summary>
    public void Remove(string key)
    {
        var credential = CredentialId.Parse(key, null);
        if (keys.TryRemove(credential, out var claim) && Find(claim) is { } owner && owner.Credential == credential)
        {
            owners.TryRemove(KeyValuePair.Create(claim, owner));
        }
    }
}
