using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;

namespace SmartClub.Silo.Backups;

/// <summary>
/// Writes one file of a backup: a tar of small parts, sealed or clear, between a header and a manifest. Everything is
/// written in one go from front to back, and never held in memory as a whole.
/// </summary>
internal sealed class PartWriter : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly TarWriter tar;
    private readonly BackupHeader header;
    private readonly AesGcm? cipher;
    private int parts;

    /// <param name="target">Where it goes; stays open.</param>
    /// <param name="header">What it says first.</param>
    /// <param name="key">Seals all that follows; null leaves it clear.</param>
    public PartWriter(Stream target, BackupHeader header, byte[]? key)
    {
        tar = new TarWriter(target, TarEntryFormat.Ustar, leaveOpen: true);
        this.header = header;
        cipher = key is null ? null : new AesGcm(key, PartSeal.TagBytes);
        var first = JsonSerializer.SerializeToUtf8Bytes(header, BackupFormat.Json);
        hash.AppendData(first);
        Entry(BackupFormat.Header, first);
    }

    public void Add(string name, ReadOnlySpan<byte> content)
    {
        parts++;
        var stored = cipher is null ? content.ToArray() : PartSeal.Close(cipher, parts, name, content);
        hash.AppendData(stored);
        Entry(name, stored);
    }

    public BackupManifest Finish(Journal.JournalHead head)
    {
        var manifest = new BackupManifest(head.Position, head.Chain, parts, hash.GetHashAndReset());
        var content = JsonSerializer.SerializeToUtf8Bytes(manifest, BackupFormat.Json);
        Entry(
            BackupFormat.Manifest,
            cipher is null ? content : PartSeal.Close(cipher, parts + 1, BackupFormat.Manifest, content));
        tar.Dispose();
        return manifest;
    }

    public void Dispose()
    {
        tar.Dispose();
        hash.Dispose();
        cipher?.Dispose();
    }

    private void Entry(string name, byte[] content) => tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(content),
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        ModificationTime = header.At,
    });
}
