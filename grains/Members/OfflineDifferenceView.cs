using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// What doors did while they were alone, and where the club would have decided otherwise. Whether one badge was used at
/// two doors shows only when all of them have told: it is asked of the rows.
/// </summary>
public sealed class OfflineDifferenceView : IView
{
    /// <inheritdoc/>
    public string Name => "offline_differences";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "offline_passages",
            new Dictionary<string, ColumnType>
            {
                ["position"] = ColumnType.Number,
                ["member_id"] = ColumnType.Text,
                ["gate_id"] = ColumnType.Text,
                ["zone_id"] = ColumnType.Text,
                ["at"] = ColumnType.Time,
                ["direction"] = ColumnType.Text,
                ["granted"] = ColumnType.Flag,
            },
            "position",
            "member_id, zone_id, at"),
        new ViewTable(
            "offline_differences",
            new Dictionary<string, ColumnType>
            {
                ["online_reason"] = ColumnType.Text,
                ["worth_amount"] = ColumnType.Number,
                ["worth_currency"] = ColumnType.Text,
            }),
        new ViewTable(
            "pass_uses",
            new Dictionary<string, ColumnType>
            {
                ["pass"] = ColumnType.Text,
                ["gate_id"] = ColumnType.Text,
                ["at"] = ColumnType.Time,
            },
            "pass"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(OfflineAccessRecorded), typeof(OfflineDifferenceFound), typeof(PassConsumed),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var member = new MemberId(recorded.Grain.Key);
        switch (recorded.Event)
        {
            case OfflineAccessRecorded e:
                yield return new RowChange("offline_passages", $"{member}:{e.Scan}", new Dictionary<string, object?>
                {
                    ["position"] = recorded.Position,
                    ["member_id"] = member.ToString(),
                    ["gate_id"] = e.GateId.ToString(),
                    ["zone_id"] = e.ZoneId.ToString(),
                    ["at"] = e.At,
                    ["direction"] = Refusal.Snake(e.Direction.ToString()),
                    ["granted"] = e.IsGranted,
                });
                break;
            case OfflineDifferenceFound e:
                yield return new RowChange("offline_differences", $"{member}:{e.Scan}", new Dictionary<string, object?>
                {
                    ["online_reason"] = Refusal.Snake(e.OnlineReason.ToString()),
                    ["worth_amount"] = e.Worth?.Amount,
                    ["worth_currency"] = e.Worth?.Currency,
                });
                break;
            case PassConsumed { GateId: { } gate, Scan: { } scan } e:
                yield return new RowChange("pass_uses", $"{member}:{scan}", new Dictionary<string, object?>
                {
                    ["pass"] = $"{e.PassKeyId}:{e.Nonce}:{e.SignedAt}",
                    ["gate_id"] = gate.ToString(),
                    ["at"] = e.At,
                });
                break;
        }
    }
}
