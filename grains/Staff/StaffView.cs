using SmartClub.Grains.Model;

namespace SmartClub.Grains.Staff;

/// <summary>The open sessions, so that a restarted silo knows the tokens by their hashes.</summary>
public sealed class StaffView : IView
{
    /// <inheritdoc/>
    public string Name => "sessions";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "sessions",
            new Dictionary<string, ColumnType>
            {
                ["staff_id"] = ColumnType.Text,
                ["token_hash"] = ColumnType.Text,
                ["opened_at"] = ColumnType.Time,
                ["expires_at"] = ColumnType.Time,
            },
            "token_hash"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(SessionOpened), typeof(SessionClosed) };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case SessionOpened opened:
                yield return new RowChange("sessions", opened.SessionId.ToString(), new Dictionary<string, object?>
                {
                    ["staff_id"] = new StaffId(recorded.Grain.Key).ToString(),
                    ["token_hash"] = opened.TokenHash,
                    ["opened_at"] = opened.OpenedAt,
                    ["expires_at"] = opened.ExpiresAt,
                });
                break;
            case SessionClosed closed:
                yield return new RowChange("sessions", closed.SessionId.ToString(), null);
                break;
        }
    }
}
