using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>An open session.</summary>
public sealed record OpenedSession(SessionId Id, StaffId Staff, DateTimeOffset ExpiresAt);

/// <summary>
/// The open sessions by the hash of their token: asked on every request, so that a revoked one ends at once.
/// </summary>
public sealed class SessionMirror : IMirror
{
    private readonly ConcurrentDictionary<string, OpenedSession> byToken = new();
    private readonly ConcurrentDictionary<string, string> tokens = new();

    /// <inheritdoc/>
    public string Table => "sessions";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["staff_id", "token_hash", "expires_at"];

    /// <summary>The session of a token, whether expired or not.</summary>
    public OpenedSession? Find(string tokenHash) => byToken.GetValueOrDefault(tokenHash);

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        var hash = (string)columns["token_hash"]!;
        var expires = columns["expires_at"] is DateTime stored
            ? new DateTimeOffset(stored, TimeSpan.Zero)
            : (DateTimeOffset)columns["expires_at"]!;
        tokens[key] = hash;
        byToken[hash] = new OpenedSession(
            SessionId.Parse(key, null), StaffId.Parse((string)columns["staff_id"]!, null), expires);
    }

    /// <inheritdoc/>
    public void Remove(string key)
    {
        if (tokens.TryRemove(key, out var hash))
        {
            byToken.TryRemove(hash, out _);
        }
    }
}
