using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Backups;

/// <summary>
/// Reads what <see cref="PartWriter"/> wrote. Anything else is refused with a sentence, and nothing of a part is given
/// away before its seal was checked.
/// </summary>
internal sealed class PartReader : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly TarReader tar;
    private readonly string kind;
    private AesGcm? cipher;
    private int parts;

    /// <param name="source">The file, at its beginning; stays open.</param>
    /// <param name="kind">What it must be.</param>
    public PartReader(Stream source, string kind)
    {
        this.kind = kind;
        source.Position = 0;
        tar = new TarReader(source, leaveOpen: true);
        Header = ReadHeader();
    }

    public BackupHeader Header { get; }

    /// <summary>What the file says last, once all its parts were read.</summary>
    public BackupManifest? Manifest { get; private set; }

    private FormattableString Name => kind == "keys" ? (FormattableString)$"file of keys" : $"backup";

    /// <summary>Opens sealed parts from here on.</summary>
    public void Unlock(byte[] key) => cipher = new AesGcm(key, PartSeal.TagBytes);

    /// <summary>The parts in order; after the last one everything was there and unchanged.</summary>
    public IEnumerable<(string Name, byte[] Content)> Parts()
    {
        while (Next() is var (name, stored))
        {
            parts++;
            if (name == BackupFormat.Manifest)
            {
                Finish(Open(name, stored));
                yield break;
            }

            hash.AppendData(stored);
            yield return (name, Open(name, stored));
        }

        throw new RefusesToRunException($"The {Name} is not whole: its end is missing.");
    }

    public void Dispose()
    {
        tar.Dispose();
        hash.Dispose();
        cipher?.Dispose();
    }

    private BackupHeader ReadHeader()
    {
        BackupHeader? header = null;
        try
        {
            if (Next() is (BackupFormat.Header, var content))
            {
                hash.AppendData(content);
                header = JsonSerializer.Deserialize<BackupHeader>(content, BackupFormat.Json);
            }
        }
        catch (Exception other) when (other is JsonException or RefusesToRunException)
        {
            // Not ours, which is said below.
        }

        if (header is not { Kind: not null, Club: not null, MadeBy: not null, Salt: not null })
        {
            throw new RefusesToRunException($"This is not a {Name} of SmartClub.");
        }

        if (header.Format > BackupFormat.Version)
        {
            throw new RefusesToRunException(
                $"The {Name} was made by a newer SmartClub ({header.MadeBy}); this one is {BackupFormat.Program}.");
        }

        return header.Kind == kind
            ? header
            : throw new RefusesToRunException($"This is not a {Name} but the other file of a backup.");
    }

    private (string Name, byte[] Content)? Next()
    {
        try
        {
            if (tar.GetNextEntry() is not { } entry)
            {
                return null;
            }

            if (entry.Length > Limits.BackupPartBytes)
            {
                throw new InvalidDataException("A part is larger than any that is written.");
            }

            // An empty part has no stream.
            var content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            return (entry.Name, content);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw new RefusesToRunException($"The {Name} is damaged or not whole, after {parts} parts.");
        }
    }

    private byte[] Open(string name, byte[] stored)
    {
        if (cipher is null)
        {
            return stored;
        }

        try
        {
            return PartSeal.Open(cipher, parts, name, stored);
        }
        catch (Exception damage) when (damage is CryptographicException or InvalidDataException)
        {
            throw parts == 1
                ? new RefusesToRunException($"These keys do not open this {Name}.")
                : new RefusesToRunException($"The {Name} is damaged at part {parts}.");
        }
    }

    private void Finish(byte[] content)
    {
        Manifest = Parse(content);
        if (Manifest is not { Chain: not null, Hash: not null } || Manifest.Parts != parts - 1
            || !Manifest.Hash.AsSpan().SequenceEqual(hash.GetHashAndReset()))
        {
            throw new RefusesToRunException($"The {Name} is damaged: its checksum differs.");
        }
    }

    private static BackupManifest? Parse(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(content, BackupFormat.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
