using System.Collections.Concurrent;
using System.Text.Json;
using SmartClub.Grains.Model;
using SmartClub.Grains.Roles;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>An account as lists show it and as open streams are checked against.</summary>
public sealed record StaffFacts(
    StaffId Id, string Email, string DisplayName, string Status, IReadOnlyList<StaffGrant> Grants,
    DateTimeOffset Since);

/// <summary>The accounts: also asked by streams, which must end when a right does.</summary>
public sealed class StaffMirror() : FactsMirror<StaffTag, StaffFacts>(
    "staff", "email", "display_name", "status", "grants", "since")
{
    /// <inheritdoc/>
    protected override StaffFacts? Read(string key, StaffFacts? before, IReadOnlyDictionary<string, object?> columns)
    {
        var facts = before ?? new StaffFacts(StaffId.Parse(key, null), "", "", "", [], default);
        return facts with
        {
            Email = Text(columns, "email", facts.Email),
            DisplayName = Text(columns, "display_name", facts.DisplayName),
            Status = Text(columns, "status", facts.Status),
            Grants = columns.GetValueOrDefault("grants") is string json ? StaffView.Grants(json) : facts.Grants,
            Since = SessionMirror.Time(columns, "since") ?? facts.Since,
        };
    }

    private static string Text(IReadOnlyDictionary<string, object?> columns, string name, string before) =>
        columns.TryGetValue(name, out var value) ? value as string ?? "" : before;
}

/// <summary>The roles that the club made.</summary>
public sealed class RoleMirror : IMirror
{
    private readonly ConcurrentDictionary<RoleId, RoleFacts> known = new();

    /// <inheritdoc/>
    public string Table => "roles";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["name", "rights"];

    /// <summary>All of them.</summary>
    public ICollection<RoleFacts> All => known.Values;

    /// <summary>The role, or null where there is none.</summary>
    public RoleFacts? Find(RoleId id) => known.GetValueOrDefault(id);

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        var id = RoleId.Parse(key, null);
        known[id] = new RoleFacts(
            id, (string)columns["name"]!, JsonSerializer.Deserialize<List<string>>((string)columns["rights"]!)!);
    }

    /// <inheritdoc/>
    public void Remove(string key) => known.TryRemove(RoleId.Parse(key, null), out _);
}
