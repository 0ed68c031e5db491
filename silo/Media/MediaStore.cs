using System.Security.Cryptography;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Media;

/// <summary>How a file of a person is found.</summary>
public enum MediaState
{
    /// <summary>As it was kept.</summary>
    Whole,

    /// <summary>Its person has no key any more.</summary>
    Erased,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is not what was kept.</summary>
    Damaged,
}

/// <summary>
/// Pictures and documents of persons: one file each, named by its id and sealed with the person's own key, so that a
/// person who is erased takes them along, out of every backup too.
/// </summary>
public sealed class MediaStore(SiloSettings settings, KeyRing keys)
{
    /// <summary>Name of the folder in the data folder, and of its parts in a backup.</summary>
    public const string Folder = "media";

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>
    /// Keeps a content under an id. What is there stays: a repeated upload finds its first content.
    /// </summary>
    public void Put(MemberId person, FileId id, ReadOnlySpan<byte> content)
    {
        var path = PathOf(settings.DataFolder, id.ToString());
        if (File.Exists(path))
        {
            return;
        }

        var box = new byte[NonceBytes + TagBytes + content.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(keys.GetOrCreate(person.Value), TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes), content, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes),
            id.Value.ToByteArray());
        WriteWhole(path, box);
    }

    /// <summary>The content, or null where there is none or nobody can open it any more.</summary>
    public async Task<byte[]?> Find(MemberId person, FileId id, CancellationToken cancel) =>
        (await Open(person, id, cancel)).Content;

    /// <summary>The content where it is whole, and else why there is none.</summary>
    public async Task<(MediaState State, byte[]? Content)> Open(MemberId person, FileId id, CancellationToken cancel)
    {
        var path = PathOf(settings.DataFolder, id.ToString());
        await keys.Prepare(person.Value, cancel);
        if (keys.Find(person.Value) is not { } key)
        {
            return (MediaState.Erased, null);
        }

        if (!File.Exists(path))
        {
            return (MediaState.Missing, null);
        }

        var box = await File.ReadAllBytesAsync(path, cancel);
        var content = new byte[Math.Max(0, box.Length - NonceBytes - TagBytes)];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(
                box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes),
                content, id.Value.ToByteArray());
        }
        catch (Exception damage) when (damage is CryptographicException or ArgumentException)
        {
            return (MediaState.Damaged, null);
        }

        return (MediaState.Whole, content);
    }

    /// <summary>Every file of a data folder, by the name it has in a backup.</summary>
    public static IEnumerable<(string Name, string Path)> All(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, Folder);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "fil_*", SearchOption.AllDirectories)
                .Where(path => FileId.TryParse(Path.GetFileName(path), null, out _))
                .Order(StringComparer.Ordinal)
                .Select(path => ($"{Folder}/{Path.GetFileName(path)}", path))
            : [];
    }

    /// <summary>Puts a file of a backup back in its place. What is not named by an id is not ours.</summary>
    public static void Restore(string dataFolder, string name, byte[] box)
    {
        var id = name[(Folder.Length + 1)..];
        if (FileId.TryParse(id, null, out _))
        {
            WriteWhole(PathOf(dataFolder, id), box);
        }
    }

    // Two letters of the id make folders of a size that people can still open.
    private static string PathOf(string dataFolder, string id) =>
        Path.Combine(dataFolder, Folder, id[^2..], id);

    private static void WriteWhole(string path, byte[] box)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(box);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
