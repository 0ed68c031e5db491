using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>How a member is called on screens and at doors.</summary>
public sealed class NameMirror : IMirror
{
    private readonly ConcurrentDictionary<MemberId, string> names = new();

    /// <inheritdoc/>
    public string Table => "members";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["display_name"];

    /// <summary>The name; empty once the person was erased.</summary>
    public string Find(MemberId member) => names.GetValueOrDefault(member, "");

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        if (columns.TryGetValue("display_name", out var name))
        {
            names[MemberId.Parse(key, null)] = name as string ?? "";
        }
    }

    /// <inheritdoc/>
    public void Remove(string key) => names.TryRemove(MemberId.Parse(key, null), out _);
}
