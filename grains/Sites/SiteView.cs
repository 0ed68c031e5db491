using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Sites;

/// <summary>The sites, with the facts that the silo's reference data is loaded from.</summary>
public sealed class SiteView : IView
{
    /// <inheritdoc/>
    public string Name => "sites";

    /// <inheritdoc/>
    public int Version => 4;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable("sites", new Dictionary<string, ColumnType>
        {
            ["name"] = ColumnType.Text,
            ["facts"] = ColumnType.Json,
            ["hours"] = ColumnType.Json,
            ["location"] = ColumnType.Json,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(SiteCreated), typeof(SiteChanged), typeof(OpeningHoursSet), typeof(SiteLocated),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var id = new SiteId(recorded.Grain.Key).ToString();
        if (recorded.Event is SiteCreated created)
        {
            yield return Row(id, created);
        }
        else if (recorded.Event is SiteChanged changed)
        {
            yield return Row(id, new SiteCreated(changed.Name, changed.TimeZone, changed.Currency));
        }
        else if (recorded.Event is OpeningHoursSet set)
        {
            yield return new RowChange("sites", id, new Dictionary<string, object?>
            {
                ["hours"] = JsonSerializer.Serialize(set.Hours),
            });
        }
        else if (recorded.Event is SiteLocated located)
        {
            yield return new RowChange("sites", id, new Dictionary<string, object?>
            {
                ["location"] = located.Location is null ? null : JsonSerializer.Serialize(located.Location),
            });
        }
    }

    private static RowChange Row(string id, SiteCreated facts) => new("sites", id, new Dictionary<string, object?>
    {
        ["name"] = facts.Name,
        ["facts"] = JsonSerializer.Serialize(facts),
    });

    /// <summary>The facts of a row.</summary>
    public static SiteFacts Facts(string key, string json) =>
        JsonSerializer.Deserialize<SiteCreated>(json)!.ToFacts(SiteId.Parse(key, null));

    /// <summary>The place of a row.</summary>
    public static GeoPoint Location(string json) => JsonSerializer.Deserialize<GeoPoint>(json)!;

    /// <summary>The hours of a row.</summary>
    public static OpeningHours Hours(string json) => JsonSerializer.Deserialize<OpeningHours>(json)!;
}
