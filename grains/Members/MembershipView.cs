using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>The memberships of members.</summary>
public sealed class MembershipView : IView
{
    /// <inheritdoc/>
    public string Name => "memberships";

    /// <inheritdoc/>
    public int Version => 3;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "memberships",
            new Dictionary<string, ColumnType>
            {
                ["member_id"] = ColumnType.Text,
                ["plan_id"] = ColumnType.Text,
                ["plan_name"] = ColumnType.Text,
                ["starts_on"] = ColumnType.Day,
                ["expires_on"] = ColumnType.Day,
                ["price_amount"] = ColumnType.Number,
                ["price_currency"] = ColumnType.Text,
                ["paid"] = ColumnType.Flag,
                ["frozen"] = ColumnType.Flag,
                ["started"] = ColumnType.Flag,
                ["ended"] = ColumnType.Flag,
                ["visits_used"] = ColumnType.Number,
                ["visits_allowed"] = ColumnType.Number,
                ["host_id"] = ColumnType.Text,
            },
            "member_id"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(MembershipAdded), typeof(MembershipStarted), typeof(MembershipEnded), typeof(MembershipSettled),
        typeof(MembershipFrozen), typeof(MembershipUnfrozen), typeof(Entered), typeof(PastVisitCounted),
        typeof(EntryReverted), typeof(MembershipHosted), typeof(MemberWithdrawn),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        if (recorded.Event is MemberWithdrawn withdrawn)
        {
            foreach (var gone in withdrawn.MembershipIds)
            {
                yield return new RowChange("memberships", gone.ToString(), null);
            }
        }

        var (id, columns) = recorded.Event switch
        {
            MembershipAdded e => (e.MembershipId, Added(new MemberId(recorded.Grain.Key), e)),
            MembershipStarted e => (e.MembershipId, Set("started", true)),
            MembershipEnded e => (e.MembershipId, Set("ended", true)),
            MembershipSettled e => (e.MembershipId, Set("paid", true)),
            MembershipHosted e => (e.MembershipId, Set("host_id", e.HostId.ToString())),
            MembershipFrozen e => (e.MembershipId, Set("frozen", true)),
            MembershipUnfrozen e => (e.MembershipId, Set("frozen", false)),
            Entered { IsVisit: true, MembershipId: { } paying } e => (paying, Set("visits_used", (long)e.VisitsUsed)),
            PastVisitCounted { MembershipId: { } paying } e => (paying, Set("visits_used", (long)e.VisitsUsed)),
            EntryReverted { MembershipId: { } paying } e => (paying, Set("visits_used", (long)e.VisitsUsed)),
            _ => default,
        };
        if (columns is not null)
        {
            yield return new RowChange("memberships", id.ToString(), columns);
        }
    }

    private static Dictionary<string, object?> Set(string column, object value) => new() { [column] = value };

    private static Dictionary<string, object?> Added(MemberId member, MembershipAdded added) => new()
    {
        ["member_id"] = member.ToString(),
        ["plan_id"] = added.Terms.PlanId.ToString(),
        ["plan_name"] = added.Terms.PlanName,
        ["starts_on"] = added.StartsOn,
        ["expires_on"] = added.LastDay,
        ["price_amount"] = added.Terms.Price.Amount,
        ["price_currency"] = added.Terms.Price.Currency,
        ["paid"] = added.IsPaid,
        ["frozen"] = false,
        ["started"] = false,
        ["ended"] = false,
        ["visits_used"] = 0L,
        ["visits_allowed"] = added.Terms.VisitsPerPeriod is { } allowed ? (long)allowed : null,
    };
}
