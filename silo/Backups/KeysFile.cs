using System.Buffers.Binary;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Backups;

/// <summary>The second file of a backup: what opens the first one, and the names in it.</summary>
public sealed class KeysFile
{
    private readonly List<(string Name, byte[] Content)> secrets = [];
    private readonly Dictionary<Guid, byte[]> people = [];

    private KeysFile(BackupHeader header) => Header = header;

    /// <summary>Whose keys, and when they were taken.</summary>
    public BackupHeader Header { get; }

    /// <summary>Where the journal ended then: all persons up to there have their key in here, if they still have one.
    /// </summary>
    public long Position { get; private set; }

    /// <summary>Wrapped keys by person.</summary>
    public IReadOnlyDictionary<Guid, byte[]> People => people;

    /// <summary>Reads and checks the whole file.</summary>
    /// <exception cref="RefusesToRunException">It is not whole, or another file.</exception>
    public static KeysFile Read(Stream source)
    {
        using var reader = new PartReader(source, "keys");
        var file = new KeysFile(reader.Header);
        // Nothing of it is believed before its end was read and its checksum holds.
        foreach (var (name, content) in reader.Parts().ToList())
        {
            if (name.StartsWith(BackupFormat.PersonKeys, StringComparison.Ordinal))
            {
                file.AddPeople(content);
            }
            else if (!BackupFormat.SecretPlaces.Contains(name.Split('/')[0]) || name.Split('/').Contains(".."))
            {
                throw new RefusesToRunException($"The file of keys holds '{name}', which no SmartClub writes.");
            }
            else
            {
                file.secrets.Add((name, content));
            }
        }

        file.Position = reader.Manifest!.Position;
        return file;
    }

    /// <summary>Puts the keys into a data folder that has none.</summary>
    public void Unpack(string dataFolder)
    {
        if (Directory.Exists(Path.Combine(dataFolder, "keys")))
        {
            throw new RefusesToRunException($"The data folder has keys already; restore into a new one.");
        }

        foreach (var (name, content) in secrets)
        {
            var path = Path.Combine(dataFolder, name);
            Directory.CreateDirectory(
                Path.GetDirectoryName(path)!,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            ClubKeys.WriteFile(path, content);
        }
    }

    private void AddPeople(byte[] content)
    {
        for (var at = 0; at < content.Length;)
        {
            var person = new Guid(content.AsSpan(at, 16), bigEndian: true);
            var length = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(at + 16));
            people[person] = content[(at + 20)..(at + 20 + length)];
            at += 20 + length;
        }
    }
}
