using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>Whose credential it is.</summary>
public readonly record struct CredentialOwner(MemberId Member, CredentialId Credential);

/// <summary>Who has which badge or code: the one look-up between a scan and its member grain.</summary>
public sealed class CredentialMirror : IMirror
{
    private readonly ConcurrentDictionary<CredentialKey, CredentialOwner> owners = new();

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
            owners[CredentialKey.Parse(hashed, null)] = new CredentialOwner(
                MemberId.Parse((string)columns["member_id"]!, null), CredentialId.Parse(key, null));
        }
    }

    /// <summary>A claim is never given away again, so nothing is removed.</summary>
    public void Remove(string key)
    {
    }
}
