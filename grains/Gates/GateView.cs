using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Gates;

/// <summary>The gates, with the facts that the silo's reference data is loaded from. Keys stay out of it.</summary>
public sealed class GateView : IView
{
    /// <inheritdoc/>
    public string Name => "gates";

    /// <inheritdoc/>
    public int Version => 4;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable("gates", new Dictionary<string, ColumnType>
        {
            ["site_id"] = ColumnType.Text,
            ["zone_id"] = ColumnType.Text,
            ["name"] = ColumnType.Text,
            ["facts"] = ColumnType.Json,
            ["disabled"] = ColumnType.Flag,
            ["silent"] = ColumnType.Flag,
        }),
        new ViewTable(
            "gate_changes",
            new Dictionary<string, ColumnType>
            {
                ["gate_id"] = ColumnType.Text,
                ["position"] = ColumnType.Number,
                ["about"] = ColumnType.Text,
                ["change"] = ColumnType.Text,
                ["at"] = ColumnType.Time,
                ["last_seen_at"] = ColumnType.Time,
            },
            "gate_id, about, position"),
        new ViewTable("gate_enrolments", new Dictionary<string, ColumnType> { ["gate_id"] = ColumnType.Text }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(GateCreated), typeof(GateChanged), typeof(GateDisabled), typeof(GateEnabled), typeof(GateFellSilent),
        typeof(GateReturned), typeof(GateEnrolmentOpened),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        if (recorded.Event is GateEnrolmentOpened opened)
        {
            // Used codes stay: a device that did not hear the answer asks again with its code.
            yield return new RowChange("gate_enrolments", opened.CodeHash, new Dictionary<string, object?>
            {
                ["gate_id"] = new GateId(recorded.Grain.Key).ToString(),
            });
        }

        if (Change(recorded) is { } change)
        {
            yield return change;
        }

        var columns = recorded.Event switch
        {
            GateCreated created => Created(created.ToFacts(new GateId(recorded.Grain.Key))),
            GateChanged changed => Columns(changed.ToFacts(new GateId(recorded.Grain.Key))),
            GateDisabled => Set("disabled", true),
            GateEnabled => Set("disabled", false),
            GateFellSilent => Set("silent", true),
            GateReturned => Set("silent", false),
            _ => null,
        };
        if (columns is not null)
        {
            yield return new RowChange("gates", new GateId(recorded.Grain.Key).ToString(), columns);
        }
    }

    /// <summary>The facts of a row.</summary>
    public static GateFacts Facts(string json, bool disabled) =>
        JsonSerializer.Deserialize<GateFacts>(json)! with { IsDisabled = disabled };

    // What the board of the past asks: when a gate was found silent or taken out of work, and when it was back.
    private static RowChange? Change(Recorded recorded)
    {
        var (about, change, seen) = recorded.Event switch
        {
            GateDisabled => ("work", "disabled", (DateTimeOffset?)null),
            GateEnabled => ("work", "enabled", null),
            GateFellSilent e => ("line", "silent", e.LastSeenAt),
            GateReturned => ("line", "heard", null),
            _ => ("", "", null),
        };
        return about.Length == 0
            ? null
            : new RowChange(
                "gate_changes",
                recorded.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
                new Dictionary<string, object?>
                {
                    ["gate_id"] = new GateId(recorded.Grain.Key).ToString(),
                    ["position"] = recorded.Position,
                    ["about"] = about,
                    ["change"] = change,
                    ["at"] = recorded.At,
                    ["last_seen_at"] = seen,
                });
    }

    private static Dictionary<string, object?> Set(string column, bool value) => new() { [column] = value };

    private static Dictionary<string, object?> Created(GateFacts facts) => new(Columns(facts))
    {
        ["disabled"] = false,
        ["silent"] = false,
    };

    private static Dictionary<string, object?> Columns(GateFacts facts) => new()
    {
        ["site_id"] = facts.SiteId.ToString(),
        ["zone_id"] = facts.ZoneId.ToString(),
        ["name"] = facts.Name,
        ["facts"] = JsonSerializer.Serialize(facts),
    };
}
