using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Sites;

/// <summary>The sites, with the facts that the silo's reference data is loaded from.</summary>
public sealed class SiteView : IView
{
    /// <inheritdoc/>
    public string Name => "sites";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable("sites", new Dictionary<string, ColumnType>
        {
            ["name"] = ColumnType.Text,
            ["facts"] = ColumnType.Json,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(SiteCreated) };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        if (recorded.Event is SiteCreated created)
        {
            var id = new SiteId(recorded.Grain.Key);
            yield return new RowChange("sites", id.ToString(), new Dictionary<string, object?>
            {
                ["name"] = created.Name,
                ["facts"] = JsonSerializer.Serialize(created),
            });
        }
    }

    /// <summary>The facts of a row.</summary>
    public static SiteFacts Facts(string key, string json) =>
        JsonSerializer.Deserialize<SiteCreated>(json)!.ToFacts(SiteId.Parse(key, null));
}
