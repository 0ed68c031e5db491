using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace SmartClub.Silo.Journal;

/// <summary>Where the journal ends: the last position and the chain's hash there.</summary>
public readonly record struct JournalHead(long Position, byte[] Chain)
{
    /// <summary>Before the first row.</summary>
    public static readonly JournalHead Empty = new(0, new byte[32]);
}

/// <summary>
/// One hash chain over all positions: each link is SHA-256 of the link before and of the row's columns, exactly as
/// they go to the database.
/// </summary>
public static class Chain
{
    // What a row takes in COPY's binary form besides its hash and body: field count, eight lengths, fixed columns.
    private const int FixedBytes = 2 + (8 * 4) + 8 + 2 + 16 + 4 + 16 + 32;

    [ThreadStatic]
    private static IncrementalHash? linkHash;

    /// <summary>Writes the row in COPY's binary form, its link last, and returns the link.</summary>
    internal static byte[] Write(
        System.Buffers.ArrayBufferWriter<byte> copy, JournalRow row, byte[] body, byte[] previous) =>
        Write(
            copy, new RawRow(row.Position, row.Grain, row.Version, row.CommandId, row.ContentHash, body, []), previous);

    /// <summary>The link that a stored row should have.</summary>
    public static byte[] Expected(RawRow row, byte[] previous) =>
        Write(new System.Buffers.ArrayBufferWriter<byte>(row.Body.Length + 256), row, previous);

    /// <summary>Writes the row in COPY's binary form, its link last, and returns the link.</summary>
    internal static byte[] Write(System.Buffers.ArrayBufferWriter<byte> copy, RawRow row, byte[] previous)
    {
        var span = copy.GetSpan(FixedBytes + row.ContentHash.Length + row.Body.Length);
        var at = 0;
        Int16(span, ref at, 8);
        Int32(span, ref at, 8);
        BinaryPrimitives.WriteInt64BigEndian(span[at..], row.Position);
        at += 8;
        Int32(span, ref at, 2);
        Int16(span, ref at, row.Grain.Kind);
        Uuid(span, ref at, row.Grain.Key);
        Int32(span, ref at, 4);
        Int32(span, ref at, row.Version);
        Uuid(span, ref at, row.CommandId.Value);
        Bytes(span, ref at, row.ContentHash);
        Bytes(span, ref at, row.Body);
        var link = Link(previous, span[2..at]);
        Bytes(span, ref at, link);
        copy.Advance(at);
        return link;
    }

    /// <summary>The link that a row should have with this body.</summary>
    public static byte[] Expected(JournalRow row, byte[] body, byte[] previous) =>
        Write(new System.Buffers.ArrayBufferWriter<byte>(body.Length + 256), row, body, previous);

    private static byte[] Link(byte[] previous, ReadOnlySpan<byte> columns)
    {
        // One thread computes links, row after row: its hash object is made once.
        var hash = linkHash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(columns);
        return hash.GetHashAndReset();
    }

    private static void Int16(Span<byte> span, ref int at, short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(span[at..], value);
        at += 2;
    }

    private static void Int32(Span<byte> span, ref int at, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(span[at..], value);
        at += 4;
    }

    private static void Uuid(Span<byte> span, ref int at, Guid value)
    {
        Int32(span, ref at, 16);
        value.TryWriteBytes(span[at..], bigEndian: true, out _);
        at += 16;
    }

    private static void Bytes(Span<byte> span, ref int at, byte[] value)
    {
        Int32(span, ref at, value.Length);
        value.CopyTo(span[at..]);
        at += value.Length;
    }
}

/// <summary>
/// The head, signed and kept outside the database, so that a cut tail, a deleted stream or a recomputed chain is
/// found: whoever can write to the database cannot sign.
/// </summary>
public interface ISignedHead
{
    /// <summary>Signs and writes the head, on the disk when it returns.</summary>
    void Write(JournalHead head);

    /// <summary>The last signed head; null where none was written yet.</summary>
    /// <exception cref="InvalidDataException">The file was altered.</exception>
    JournalHead? Read();
}

/// <summary>The signed head in a file beside the club's keys.</summary>
public sealed class SignedHead(ClubKeys keys) : ISignedHead
{
    private readonly string path = Path.Combine(keys.Folder, "journal-head.json");

    /// <inheritdoc/>
    public void Write(JournalHead head)
    {
        var signature = keys.HeadSigning.SignData(Content(head), HashAlgorithmName.SHA256);
        ClubKeys.WriteFile(path, JsonSerializer.SerializeToUtf8Bytes(new Stored(head.Position, head.Chain, signature)));
    }

    /// <inheritdoc/>
    public JournalHead? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        if (Parse(File.ReadAllBytes(path)) is not { Chain: not null, Signature: not null } stored)
        {
            throw new InvalidDataException("The signed head (keys/journal-head.json) is damaged.");
        }

        var head = new JournalHead(stored.Position, stored.Chain);
        return keys.HeadSigning.VerifyData(Content(head), stored.Signature, HashAlgorithmName.SHA256)
            ? head
            : throw new InvalidDataException(
                "The signed head (keys/journal-head.json) does not carry this club's signature.");
    }

    private static Stored? Parse(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<Stored>(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Content(JournalHead head) =>
        [.. "smartclub/head"u8, .. BitConverter.GetBytes(head.Position), .. head.Chain];

    private sealed record Stored(long Position, byte[] Chain, byte[] Signature);
}
