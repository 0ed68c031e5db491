using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// Who was where, from when to when; the key is member, zone and when they came in. It tells a member's visits, and
/// how busy a zone usually is.
/// </summary>
public sealed class VisitView : IView
{
    /// <inheritdoc/>
    public string Name => "visits";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "visits",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["zone_id"] = ColumnType.Text,
                ["entered_at"] = ColumnType.Time,
                ["left_at"] = ColumnType.Time,
            },
            "member_id, entered_at",
            "zone_id, entered_at"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(Entered), typeof(Left), typeof(PastVisitCounted),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var member = new MemberId(recorded.Grain.Key);
        switch (recorded.Event)
        {
            case Entered entered:
                yield return Row(member, entered.ZoneId, entered.Since, null);
                break;
            case Left left:
                yield return Row(member, left.ZoneId, left.Since, left.At);
                break;
            case PastVisitCounted past:
                yield return Row(member, past.ZoneId, past.At, past.At);
                break;
        }
    }

    private static RowChange Row(MemberId member, ZoneId zone, DateTimeOffset since, DateTimeOffset? left) =>
        new("visits", $"{member}:{zone}:{since.UtcTicks}", new Dictionary<string, object?>
        {
            ["member_id"] = member.ToString(),
            ["zone_id"] = zone.ToString(),
            ["entered_at"] = since,
            ["left_at"] = left,
        });
}
