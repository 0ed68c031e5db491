using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Roles;

/// <summary>A role as others see it.</summary>
public sealed record RoleFacts(RoleId Id, string Name, IReadOnlyList<string> Rights);

/// <summary>The roles that the club made.</summary>
public sealed class RoleView : IView
{
    /// <inheritdoc/>
    public string Name => "roles";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable("roles", new Dictionary<string, ColumnType>
        {
            ["name"] = ColumnType.Text,
            ["rights"] = ColumnType.Json,
        }),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(RoleCreated), typeof(RoleChanged) };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var id = new RoleId(recorded.Grain.Key).ToString();
        switch (recorded.Event)
        {
            case RoleCreated created:
                yield return Row(id, created.Name, created.Rights);
                break;
            case RoleChanged changed:
                yield return Row(id, changed.Name, changed.Rights);
                break;
        }
    }

    private static RowChange Row(string id, string name, IReadOnlyList<string> rights) =>
        new("roles", id, new Dictionary<string, object?>
        {
            ["name"] = name,
            ["rights"] = JsonSerializer.Serialize(rights),
        });
}
