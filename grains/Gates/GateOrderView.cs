using SmartClub.Grains.Model;

namespace SmartClub.Grains.Gates;

/// <summary>What staff told gates to do, and what came of it. The reason stays in the journal, sealed.</summary>
public sealed class GateOrderView : IView
{
    /// <inheritdoc/>
    public string Name => "gate_orders";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "gate_orders",
            new Dictionary<string, ColumnType>
            {
                ["gate_id"] = ColumnType.Text,
                ["kind"] = ColumnType.Text,
                ["operator"] = ColumnType.Text,
                ["reason"] = ColumnType.Sealed,
                ["given_at"] = ColumnType.Time,
                ["until"] = ColumnType.Time,
                ["state"] = ColumnType.Text,
                ["ended_at"] = ColumnType.Time,
                ["detail"] = ColumnType.Text,
            },
            "gate_id, given_at"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(GateOrderGiven), typeof(GateOrderAnswered), typeof(GateOrderExpired),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case GateOrderGiven e:
                yield return Row(e.OrderId, new()
                {
                    ["gate_id"] = new GateId(recorded.Grain.Key).ToString(),
                    ["kind"] = Refusal.Snake(e.Kind.ToString()),
                    ["operator"] = e.Operator,
                    ["reason"] = e.Reason,
                    ["given_at"] = e.At,
                    ["until"] = e.Until,
                    ["state"] = "waiting",
                });
                break;
            case GateOrderAnswered e:
                yield return Row(e.OrderId, new()
                {
                    ["state"] = e.IsDone ? "done" : "refused",
                    ["ended_at"] = e.At,
                    ["detail"] = e.Detail,
                });
                break;
            case GateOrderExpired e:
                yield return Row(e.OrderId, new() { ["state"] = "expired", ["ended_at"] = recorded.At });
                break;
        }
    }

    private static RowChange Row(GateOrderId id, Dictionary<string, object?> columns) =>
        new("gate_orders", id.ToString(), columns);
}
