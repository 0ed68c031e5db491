using System.Globalization;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// What a person may want to look into: refusals, entries by hand, passages that do not fit what was known, and doors
/// that alone did something else than the rules say.
/// </summary>
public sealed class AnomalyView : IView
{
    // Of several remarks the one that says most comes first.
    private static readonly (AccessFlags Flag, string Kind)[] Remarks =
    [
        (AccessFlags.Differs, "offline_differs"), (AccessFlags.Again, "entered_again"),
        (AccessFlags.NotInside, "not_inside"), (AccessFlags.InferredExit, "exit_unseen"),
        (AccessFlags.LatePassage, "late_passage"),
    ];

    /// <summary>Every kind, for the test that each has its words.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["refused", "by_hand", .. Remarks.Select(r => r.Kind)];

    /// <inheritdoc/>
    public string Name => "anomalies";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "anomalies",
            new Dictionary<string, ColumnType>
            {
                ["kind"] = ColumnType.Text,
                ["reason"] = ColumnType.Text,
                ["member_id"] = ColumnType.Text,
                ["gate_id"] = ColumnType.Text,
                ["zone_id"] = ColumnType.Text,
                ["at"] = ColumnType.Time,
                ["position"] = ColumnType.Number,
                ["note"] = ColumnType.Text,
            },
            "position, key",
            "member_id"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(AccessDenied), typeof(AdmittedByHand), typeof(Entered), typeof(PassedWithoutMove),
        typeof(OfflineAccessRecorded), typeof(PastVisitCounted),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded) => recorded.Event switch
    {
        AccessDenied e =>
            [Row(recorded, "refused", e.GateId, e.ZoneId, e.At, Refusal.Snake(e.Reason.ToString()), null)],
        AdmittedByHand e => [Row(recorded, "by_hand", e.GateId, e.ZoneId, e.At, null, e.Reason)],
        Entered e => Flagged(recorded, e.Flags, e.GateId, e.ZoneId, e.At),
        PassedWithoutMove e => Flagged(recorded, e.Flags, e.GateId, e.ZoneId, e.At),
        PastVisitCounted e => Flagged(recorded, e.Flags, e.GateId, e.ZoneId, e.At),
        OfflineAccessRecorded e => Flagged(recorded, e.Flags, e.GateId, e.ZoneId, e.At),
        _ => [],
    };

    private static IEnumerable<RowChange> Flagged(
        Recorded recorded, AccessFlags flags, GateId gate, ZoneId zone, DateTimeOffset at)
    {
        foreach (var (flag, kind) in Remarks)
        {
            if (flags.HasFlag(flag))
            {
                return [Row(recorded, kind, gate, zone, at, null, null)];
            }
        }

        return [];
    }

    private static RowChange Row(
        Recorded recorded, string kind, GateId gate, ZoneId zone, DateTimeOffset at, string? reason, string? note) =>
        new(
            "anomalies",
            string.Create(CultureInfo.InvariantCulture, $"{recorded.Position}:{kind}"),
            new Dictionary<string, object?>
            {
                ["kind"] = kind,
                ["reason"] = reason,
                ["member_id"] = new MemberId(recorded.Grain.Key).ToString(),
                ["gate_id"] = gate.ToString(),
                ["zone_id"] = zone.ToString(),
                ["at"] = at,
                ["position"] = recorded.Position,
                ["note"] = note,
            });
}
