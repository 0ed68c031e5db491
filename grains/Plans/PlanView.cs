using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Plans;

/// <summary>The plans, with the facts that the silo's reference data is loaded from.</summary>
public sealed class PlanView : IView
{
    /// <inheritdoc/>
    public string Name => "plans";

    /// <inheritdoc/>
    public int Version => 3;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable("plans", new Dictionary<string, ColumnType>
        {
            ["name"] = ColumnType.Text,
            ["facts"] = ColumnType.Json,
            ["guests"] = ColumnType.Number,
            ["retired"] = ColumnType.Flag,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(PlanCreated), typeof(PlanChanged), typeof(PlanRetired), typeof(PlanReinstated), typeof(PlanGuestsSet),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var id = new PlanId(recorded.Grain.Key);
        var columns = recorded.Event switch
        {
            PlanCreated created => Columns(created.ToFacts(id)),
            PlanChanged changed => Columns(changed.ToFacts(id)),
            PlanRetired => new() { ["retired"] = true },
            PlanReinstated => new() { ["retired"] = false },
            PlanGuestsSet set => new() { ["guests"] = (long)set.GuestsPerPeriod },
            _ => null,
        };
        if (columns is not null)
        {
            yield return new RowChange("plans", id.ToString(), columns);
        }
    }

    private static Dictionary<string, object?> Columns(PlanFacts facts) => new()
    {
        ["name"] = facts.Name,
        ["facts"] = JsonSerializer.Serialize(facts),
    };

    /// <summary>The facts of a row.</summary>
    public static PlanFacts Facts(string json) => JsonSerializer.Deserialize<PlanFacts>(json)!;
}
