using SmartClub.Grains.Model;

namespace SmartClub.Grains.Accounts;

/// <summary>The open sessions of members, so that a restarted silo knows the tokens by their hashes.</summary>
public sealed class AccountView : IView
{
    /// <inheritdoc/>
    public string Name => "member_sessions";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "member_sessions",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["token_hash"] = ColumnType.Text,
                ["opened_at"] = ColumnType.Time,
                ["expires_at"] = ColumnType.Time,
            }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(MemberSessionOpened), typeof(MemberSessionClosed),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case MemberSessionOpened opened:
                yield return new RowChange(
                    "member_sessions",
                    opened.SessionId.ToString(),
                    new Dictionary<string, object?>
                    {
                        ["member_id"] = new MemberId(recorded.Grain.Key).ToString(),
                        ["token_hash"] = opened.TokenHash,
                        ["opened_at"] = opened.OpenedAt,
                        ["expires_at"] = opened.ExpiresAt,
                    });
                break;
            case MemberSessionClosed closed:
                yield return new RowChange("member_sessions", closed.SessionId.ToString(), null);
                break;
        }
    }
}
