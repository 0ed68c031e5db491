using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>How a member is called on screens and at doors, and their face.</summary>
public sealed class NameMirror : IMirror
{
    private readonly ConcurrentDictionary<MemberId, string> names = new();
    private readonly ConcurrentDictionary<MemberId, string> photos = new();

    /// <inheritdoc/>
    public string Table => "members";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["display_name", "photo"];

    /// <summary>The name; empty once the person was erased.</summary>
    public string Find(MemberId member) => names.GetValueOrDefault(member, "");

    /// <summary>Where their photo is found; null where there is none.</summary>
    public string? PhotoUrl(MemberId member) => UrlOf(photos.GetValueOrDefault(member));

    /// <summary>The address of a photo by its id.</summary>
    public static string? UrlOf(string? photo) => photo is null ? null : "/api/photos/" + photo;

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns)
    {
        if (columns.TryGetValue("display_name", out var name))
        {
            names[MemberId.Parse(key, null)] = name as string ?? "";
        }

        if (columns.TryGetValue("photo", out var photo))
        {
            if (photo is string id)
            {
                photos[MemberId.Parse(key, null)] = id;
            }
            else
            {
                photos.TryRemove(MemberId.Parse(key, null), out _);
            }
        }
    }

    /// <inheritdoc/>
    public void Remove(string key)
    {
        names.TryRemove(MemberId.Parse(key, null), out _);
        photos.TryRemove(MemberId.Parse(key, null), out _);
    }
}
