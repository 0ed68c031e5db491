using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>An open session of a member.</summary>
public sealed record OpenedMemberSession(
    SessionId Id, MemberId Member, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt);

/// <summary>The open sessions of members by the hash of their token, asked on every request of a phone.</summary>
public sealed class MemberSessionMirror : IMirror
{
    private readonly ConcurrentDictionary<string, OpenedMemberSession> byToken = new();
    private readonly ConcurrentDictionary<string, string> tokens = new();

    /// <inheritdoc/>
    public string Table => "member_sessions";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["member_id", "token_hash", "opened_at", "expires_at"];

    /// <summary>The session of a token, whether expired or not.</summary>
    public OpenedMemberSession? Find(string tokenHash) => byToken.GetValueOrDefault(tokenHash);

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        var hash = (string)columns["token_hash"]!;
        tokens[key] = hash;
        byToken[hash] = new OpenedMemberSession(
            SessionId.Parse(key, null), MemberId.Parse((string)columns["member_id"]!, null),
            Time(columns["opened_at"]!), Time(columns["expires_at"]!));
    }

    /// <inheritdoc/>
    public void Remove(string key)
    {
        if (tokens.TryRemove(key, out var hash))
        {
            byToken.TryRemove(hash, out _);
        }
    }

    // From the table it comes as the driver reads it, from the journal as the event holds it.
    private static DateTimeOffset Time(object value) =>
        value is DateTime stored ? new DateTimeOffset(stored, TimeSpan.Zero) : (DateTimeOffset)value;
}
