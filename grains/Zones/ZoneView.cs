using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Zones;

/// <summary>The zones, with the facts that the silo's reference data is loaded from.</summary>
public sealed class ZoneView : IView
{
    /// <inheritdoc/>
    public string Name => "zones";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable("zones", new Dictionary<string, ColumnType>
        {
            ["site_id"] = ColumnType.Text,
            ["name"] = ColumnType.Text,
            ["facts"] = ColumnType.Json,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(ZoneCreated), typeof(ZoneChanged) };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var id = new ZoneId(recorded.Grain.Key);
        var facts = recorded.Event switch
        {
            ZoneCreated created => created.ToFacts(id),
            ZoneChanged changed => changed.ToFacts(id),
            _ => null,
        };
        if (facts is not null)
        {
            yield return new RowChange("zones", id.ToString(), new Dictionary<string, object?>
            {
                ["site_id"] = facts.SiteId.ToString(),
                ["name"] = facts.Name,
                ["facts"] = JsonSerializer.Serialize(facts),
            });
        }
    }

    /// <summary>The facts of a row.</summary>
    public static ZoneFacts Facts(string json) => JsonSerializer.Deserialize<ZoneFacts>(json)!;
}
