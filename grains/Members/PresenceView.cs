using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>Who is inside which zone; the key is member and zone.</summary>
public sealed class PresenceView : IView
{
    /// <inheritdoc/>
    public string Name => "presence";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "presence",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["zone_id"] = ColumnType.Text,
                ["gate_id"] = ColumnType.Text,
                ["entered_at"] = ColumnType.Time,
                ["membership_id"] = ColumnType.Text,
            },
            "zone_id",
            "member_id"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(Entered), typeof(Left), typeof(EntryReverted), typeof(ExitReverted),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var member = new MemberId(recorded.Grain.Key);
        switch (recorded.Event)
        {
            case Entered entered:
                yield return Inside(member, entered.ZoneId, entered.Since, entered.GateId, entered.MembershipId);
                break;
            case Left left:
                yield return Outside(member, left.ZoneId);
                break;
            case EntryReverted reverted:
                yield return Restored(member, reverted.ZoneId, reverted.InsideSince);
                break;
            case ExitReverted reverted:
                yield return Restored(member, reverted.ZoneId, reverted.InsideSince);
                break;
        }
    }

    private static string Key(MemberId member, ZoneId zone) => $"{member}:{zone}";

    private static RowChange Inside(
        MemberId member, ZoneId zone, DateTimeOffset since, GateId? gate, MembershipId? membership) =>
        new("presence", Key(member, zone), new Dictionary<string, object?>
        {
            ["member_id"] = member.ToString(),
            ["zone_id"] = zone.ToString(),
            ["gate_id"] = gate?.ToString(),
            ["entered_at"] = since,
            ["membership_id"] = membership?.ToString(),
        });

    private static RowChange Outside(MemberId member, ZoneId zone) => new("presence", Key(member, zone), null);

    private static RowChange Restored(MemberId member, ZoneId zone, DateTimeOffset? since) =>
        since is { } inside ? Inside(member, zone, inside, null, null) : Outside(member, zone);
}
