using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Zones;

/// <summary>The zones, with the facts that the silo's reference data is loaded from.</summary>
public sealed class ZoneView : IView
{
    /// <inheritdoc/>
    public string Name => "zones";

    /// <inheritdoc/>
    public int Version => 1;

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
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(ZoneCreated) };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        if (recorded.Event is ZoneCreated created)
        {
            var id = new ZoneId(recorded.Grain.Key);
            yield return new RowChange("zones", id.ToString(), new Dictionary<string, object?>
            {
                ["site_id"] = created.SiteId.ToString(),
                ["name"] = created.Name,
                ["facts"] = JsonSerializer.Serialize(created.ToFacts(id)),
            });
        }
    }

    /// <summary>The facts of a row.</summary>
    public static ZoneFacts Facts(string json) => JsonSerializer.Deserialize<ZoneFacts>(json)!;
}
