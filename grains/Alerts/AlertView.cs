using SmartClub.Grains.Model;

namespace SmartClub.Grains.Alerts;

/// <summary>All alerts, ended ones included, and what was done about each. The reason stays sealed.</summary>
public sealed class AlertView : IView
{
    /// <inheritdoc/>
    public string Name => "alerts";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "alerts",
            new Dictionary<string, ColumnType>
            {
                ["site_id"] = ColumnType.Text,
                ["kind"] = ColumnType.Text,
                ["state"] = ColumnType.Text,
                ["gate_id"] = ColumnType.Text,
                ["member_id"] = ColumnType.Text,
                ["opened_at"] = ColumnType.Time,
                ["last_at"] = ColumnType.Time,
                ["count"] = ColumnType.Number,
                ["level"] = ColumnType.Text,
                ["owner"] = ColumnType.Text,
                ["snoozed_until"] = ColumnType.Time,
                ["resolved_at"] = ColumnType.Time,
                ["resolved_by"] = ColumnType.Text,
                ["resolution"] = ColumnType.Sealed,
            },
            "state, opened_at"),
        new ViewTable(
            "alert_steps",
            new Dictionary<string, ColumnType>
            {
                ["alert_id"] = ColumnType.Text,
                ["position"] = ColumnType.Number,
                ["at"] = ColumnType.Time,
                ["step"] = ColumnType.Text,
                ["principal"] = ColumnType.Text,
                ["detail"] = ColumnType.Text,
            },
            "alert_id"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(AlertOpened), typeof(AlertRepeated), typeof(AlertTaken), typeof(AlertSnoozed), typeof(AlertWoke),
        typeof(AlertEscalated), typeof(AlertResolved),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded) => recorded.Event switch
    {
        AlertOpened e => [Opened(recorded, e), Step(recorded, e.AlertId, "opened", null, null)],
        AlertRepeated e => [Row(e.AlertId, new() { ["last_at"] = e.At, ["count"] = (long)e.Count })],
        AlertTaken e =>
        [
            Row(e.AlertId, new() { ["state"] = "taken", ["owner"] = e.Owner, ["snoozed_until"] = null }),
            Step(recorded, e.AlertId, "taken", e.Owner, null),
        ],
        AlertSnoozed e =>
        [
            Row(e.AlertId, new() { ["state"] = "snoozed", ["snoozed_until"] = e.Until }),
            Step(recorded, e.AlertId, "snoozed", e.By, e.Until.UtcDateTime.ToString("O")),
        ],
        AlertWoke e =>
        [
            Row(e.AlertId, new() { ["state"] = e.HasOwner ? "taken" : "open", ["snoozed_until"] = null }),
            Step(recorded, e.AlertId, "woke", null, null),
        ],
        AlertEscalated e =>
        [
            Row(e.AlertId, new() { ["level"] = Refusal.Snake(e.Level.ToString()) }),
            Step(recorded, e.AlertId, "escalated", null, Refusal.Snake(e.Level.ToString())),
        ],
        AlertResolved e =>
        [
            Row(e.AlertId, new()
            {
                ["state"] = "resolved",
                ["snoozed_until"] = null,
                ["resolved_at"] = recorded.At,
                ["resolved_by"] = e.By,
                ["resolution"] = e.Reason,
            }),
            Step(recorded, e.AlertId, "resolved", e.By, null),
        ],
        _ => [],
    };

    private static RowChange Opened(Recorded recorded, AlertOpened e) => Row(e.AlertId, new()
    {
        ["site_id"] = new SiteId(recorded.Grain.Key).ToString(),
        ["kind"] = Refusal.Snake(e.Kind.ToString()),
        ["state"] = "open",
        ["gate_id"] = e.GateId?.ToString(),
        ["member_id"] = e.MemberId?.ToString(),
        ["opened_at"] = recorded.At,
        ["last_at"] = e.At,
        ["count"] = (long)e.Count,
        ["level"] = Refusal.Snake(nameof(Commands.AlertLevel.Desk)),
    });

    private static RowChange Step(Recorded recorded, AlertId id, string step, string? principal, string? detail) =>
        new("alert_steps", $"{id}:{recorded.Position}", new Dictionary<string, object?>
        {
            ["alert_id"] = id.ToString(),
            ["position"] = recorded.Position,
            ["at"] = recorded.At,
            ["step"] = step,
            ["principal"] = principal,
            ["detail"] = detail,
        });

    private static RowChange Row(AlertId id, Dictionary<string, object?> columns) =>
        new("alerts", id.ToString(), columns);
}
