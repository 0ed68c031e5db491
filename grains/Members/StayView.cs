using System.Globalization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// Every visit, from coming in to going out; the key is member, zone and when it began. It tells a member's visits and
/// how busy a zone usually is. A second table names entries that turned out not to have happened: only their scan is
/// known then.
/// </summary>
public sealed class StayView : IView
{
    /// <inheritdoc/>
    public string Name => "stays";

    /// <inheritdoc/>
    public int Version => 3;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "stays",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["zone_id"] = ColumnType.Text,
                ["gate_id"] = ColumnType.Text,
                ["out_gate_id"] = ColumnType.Text,
                ["entered_at"] = ColumnType.Time,
                ["left_at"] = ColumnType.Time,
                ["seen_late"] = ColumnType.Flag,
                ["scan_key"] = ColumnType.Text,
                ["membership_id"] = ColumnType.Text,
            },
            "entered_at, key",
            "member_id, entered_at"),
        new ViewTable("stays_undone", new Dictionary<string, ColumnType> { ["at"] = ColumnType.Time }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(Entered), typeof(Left), typeof(PastVisitCounted), typeof(EntryReverted), typeof(ExitReverted),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var member = new MemberId(recorded.Grain.Key);
        switch (recorded.Event)
        {
            case Entered { IsVisit: true } e:
                yield return Began(member, e.ZoneId, e.GateId, e.Since, e.Scan, false, e.MembershipId);
                break;
            case Entered e:
                // Coming in again within a visit: it goes on.
                yield return Row(member, e.ZoneId, e.Since, new() { ["left_at"] = null, ["out_gate_id"] = null });
                break;
            case PastVisitCounted e:
                yield return Began(member, e.ZoneId, e.GateId, e.At, e.Scan, true, e.MembershipId);
                break;
            case Left e:
                yield return Row(member, e.ZoneId, e.Since, new()
                {
                    ["left_at"] = e.At,
                    ["out_gate_id"] = e.GateId.ToString(),
                });
                break;
            case EntryReverted e:
                yield return new RowChange(
                    "stays_undone", ScanKey(member, e.ZoneId, e.Scan),
                    new Dictionary<string, object?> { ["at"] = recorded.At });
                break;
            case ExitReverted { InsideSince: { } since } e:
                yield return Row(member, e.ZoneId, since, new() { ["left_at"] = null, ["out_gate_id"] = null });
                break;
        }
    }

    private static RowChange Began(
        MemberId member, ZoneId zone, GateId gate, DateTimeOffset at, long scan, bool seenLate,
        MembershipId? membership) =>
        Row(member, zone, at, new()
        {
            ["member_id"] = member.ToString(),
            ["zone_id"] = zone.ToString(),
            ["gate_id"] = gate.ToString(),
            ["entered_at"] = at,
            ["left_at"] = null,
            ["seen_late"] = seenLate,
            ["scan_key"] = ScanKey(member, zone, scan),
            ["membership_id"] = membership?.ToString(),
        });

    private static RowChange Row(
        MemberId member, ZoneId zone, DateTimeOffset since, Dictionary<string, object?> columns) =>
        new(
            "stays",
            string.Create(CultureInfo.InvariantCulture, $"{member}:{zone}:{since.UtcTicks}"),
            columns);

    private static string ScanKey(MemberId member, ZoneId zone, long scan) =>
        string.Create(CultureInfo.InvariantCulture, $"{member}:{zone}:{scan}");
}
