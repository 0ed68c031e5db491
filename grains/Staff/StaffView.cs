using System.Text.Json;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Grains.Staff;

/// <summary>
/// The accounts, the open sessions, so that a restarted silo knows the tokens by their hashes, and where each session
/// was opened, for as long as the history is read.
/// </summary>
public sealed class StaffView : IView
{
    private const string Staff = "staff";
    private const string Sessions = "sessions";
    private const string Origins = "session_origins";

    /// <inheritdoc/>
    public string Name => "sessions";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            Sessions,
            new Dictionary<string, ColumnType>
            {
                ["staff_id"] = ColumnType.Text,
                ["token_hash"] = ColumnType.Text,
                ["opened_at"] = ColumnType.Time,
                ["expires_at"] = ColumnType.Time,
                ["seen_at"] = ColumnType.Time,
            },
            "token_hash"),
        new ViewTable(Origins, new Dictionary<string, ColumnType>
        {
            ["device"] = ColumnType.Text,
            ["place"] = ColumnType.Text,
        }),
        new ViewTable(Staff, new Dictionary<string, ColumnType>
        {
            ["email"] = ColumnType.Text,
            ["display_name"] = ColumnType.Text,
            ["status"] = ColumnType.Text,
            ["grants"] = ColumnType.Json,
            ["since"] = ColumnType.Time,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(StaffCreated), typeof(StaffInvited), typeof(InvitationAccepted), typeof(GrantsSet),
        typeof(StaffLocked), typeof(StaffUnlocked), typeof(SessionOpened), typeof(SessionBegun), typeof(SessionSeen),
        typeof(SessionClosed),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var id = new StaffId(recorded.Grain.Key).ToString();
        return recorded.Event switch
        {
            StaffCreated made => [Account(
                id, made.Email, made.DisplayName, "active", [new StaffGrant(made.Role)], recorded.At)],
            StaffInvited invited => [Account(id, invited.Email, invited.DisplayName, "invited", [], recorded.At)],
            InvitationAccepted => [Status(id, "active")],
            StaffLocked => [Status(id, "disabled")],
            StaffUnlocked unlocked => [Status(id, unlocked.HasPassword ? "active" : "invited")],
            GrantsSet set => [Set(Staff, id, ("grants", JsonSerializer.Serialize(set.Grants)))],
            _ => Session(id, recorded.Event),
        };
    }

    /// <summary>The grants of a row.</summary>
    public static IReadOnlyList<StaffGrant> Grants(string json) =>
        JsonSerializer.Deserialize<IReadOnlyList<StaffGrant>>(json)!;

    private static IEnumerable<RowChange> Session(string staff, IEvent happened)
    {
        switch (happened)
        {
            case SessionOpened old:
                yield return Opened(staff, old.SessionId, old.TokenHash, old.OpenedAt, old.ExpiresAt);
                break;
            case SessionBegun begun:
                yield return Opened(staff, begun.SessionId, begun.TokenHash, begun.OpenedAt, begun.ExpiresAt);
                yield return Set(
                    Origins, begun.SessionId.ToString(), ("device", begun.Device), ("place", begun.Place));
                break;
            case SessionSeen seen:
                yield return Set(Sessions, seen.SessionId.ToString(), ("seen_at", seen.At));
                break;
            case SessionClosed closed:
                yield return new RowChange(Sessions, closed.SessionId.ToString(), null);
                break;
        }
    }

    private static RowChange Opened(
        string staff, SessionId session, string tokenHash, DateTimeOffset at, DateTimeOffset until) =>
        Set(
            Sessions, session.ToString(), ("staff_id", staff), ("token_hash", tokenHash), ("opened_at", at),
            ("expires_at", until), ("seen_at", at));

    private static RowChange Account(
        string id, string? email, string? name, string status, IReadOnlyList<StaffGrant> grants, DateTimeOffset at) =>
        Set(
            Staff, id, ("email", email), ("display_name", name), ("status", status),
            ("grants", JsonSerializer.Serialize(grants)), ("since", at));

    private static RowChange Status(string id, string status) => Set(Staff, id, ("status", status));

    private static RowChange Set(string table, string key, params (string Name, object? Value)[] columns) =>
        new(table, key, columns.ToDictionary(c => c.Name, c => c.Value));
}
