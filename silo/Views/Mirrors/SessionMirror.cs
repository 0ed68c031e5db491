using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>An open session.</summary>
public sealed class OpenedSession(SessionId id, StaffId staff, DateTimeOffset expiresAt, DateTimeOffset seenAt)
{
    private long seenTicks = seenAt.UtcTicks;
    private int noting;

    /// <summary>Which.</summary>
    public SessionId Id => id;

    /// <summary>Whose.</summary>
    public StaffId Staff => staff;

    /// <summary>Its end.</summary>
    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>When it was used last, as far as this silo knows; the journal hears of it now and then.</summary>
    public DateTimeOffset SeenAt => new(Interlocked.Read(ref seenTicks), TimeSpan.Zero);

    /// <summary>When the journal heard of it last.</summary>
    public DateTimeOffset NotedAt { get; } = seenAt;

    /// <summary>Whether the journal is to be told by who asks; of several at once one is.</summary>
    public bool TryNote() => Interlocked.Exchange(ref noting, 1) == 0;

    /// <summary>The journal could not be told.</summary>
    public void NoteLater() => Volatile.Write(ref noting, 0);

    /// <summary>It is used.</summary>
    public void See(DateTimeOffset now) => Interlocked.Exchange(ref seenTicks, now.UtcTicks);
}

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
    public IReadOnlyList<string> Columns { get; } = ["staff_id", "token_hash", "expires_at", "seen_at"];

    /// <summary>The session of a token, whether expired or not.</summary>
    public OpenedSession? Find(string tokenHash) => byToken.GetValueOrDefault(tokenHash);

    /// <summary>An open session by its id.</summary>
    public OpenedSession? Find(SessionId id) =>
        tokens.TryGetValue(id.ToString(), out var hash) ? Find(hash) : null;

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        if (columns.GetValueOrDefault("token_hash") is not string hash)
        {
            Seen(key, Time(columns, "seen_at"));
            return;
        }

        tokens[key] = hash;
        byToken[hash] = new OpenedSession(
            SessionId.Parse(key, null), StaffId.Parse((string)columns["staff_id"]!, null),
            Time(columns, "expires_at")!.Value, Time(columns, "seen_at") ?? default);
    }

    /// <inheritdoc/>
    public void Remove(string key)
    {
        if (tokens.TryRemove(key, out var hash))
        {
            byToken.TryRemove(hash, out _);
        }
    }

    /// <summary>A time, as a row just made or one read from the table holds it.</summary>
    internal static DateTimeOffset? Time(IReadOnlyDictionary<string, object?> columns, string name) =>
        columns.GetValueOrDefault(name) switch
        {
            DateTime stored => new DateTimeOffset(stored, TimeSpan.Zero),
            DateTimeOffset made => made,
            _ => null,
        };

    private void Seen(string key, DateTimeOffset? at)
    {
        if (at is { } seen && tokens.TryGetValue(key, out var hash) && byToken.TryGetValue(hash, out var session))
        {
            byToken[hash] = new OpenedSession(session.Id, session.Staff, session.ExpiresAt, seen);
        }
    }
}
