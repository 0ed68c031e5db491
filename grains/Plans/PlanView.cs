using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Plans;

/// <summary>The plans, with the facts that the silo's reference data is loaded from.</summary>
public sealed class PlanView : IView
{
    /// <inheritdoc/>
    public string Name => "plans";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable("plans", new Dictionary<string, ColumnType>
        {
            ["name"] = ColumnType.Text,
            ["facts"] = ColumnType.Json,
            ["guests"] = ColumnType.Number,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(PlanCreated), typeof(PlanGuestsSet) };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var id = new PlanId(recorded.Grain.Key);
        switch (recorded.Event)
        {
            case PlanCreated created:
                yield return new RowChange("plans", id.ToString(), new Dictionary<string, object?>
                {
                    ["name"] = created.Name,
                    ["facts"] = JsonSerializer.Serialize(created.ToFacts(id)),
                });
                break;
            case PlanGuestsSet set:
                yield return new RowChange("plans", id.ToString(), new Dictionary<string, object?>
                {
                    ["guests"] = (long)set.GuestsPerPeriod,
                });
                break;
        }
    }

    /// <summary>The facts of a row.</summary>
    public static PlanFacts Facts(string json) => JsonSerializer.Deserialize<PlanFacts>(json)!;
}
