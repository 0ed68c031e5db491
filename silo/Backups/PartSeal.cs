using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SmartClub.Silo.Backups;

/// <summary>
/// Packs and seals one part. The key is used for one file only, so the part's number is nonce enough; number and name
/// are sealed with it, so that parts cannot change places.
/// </summary>
internal static class PartSeal
{
    public const int TagBytes = 16;
    private const int NonceBytes = 12;

    public static byte[] Close(AesGcm cipher, int number, string name, ReadOnlySpan<byte> content)
    {
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(content);
        }

        var closed = new byte[packed.Length + TagBytes];
        cipher.Encrypt(
            Nonce(number), packed.GetBuffer().AsSpan(0, (int)packed.Length), closed.AsSpan(TagBytes),
            closed.AsSpan(0, TagBytes), Encoding.UTF8.GetBytes(name));
        return closed;
    }

    /// <exception cref="CryptographicException">Another key, or damage.</exception>
    public static byte[] Open(AesGcm cipher, int number, string name, byte[] closed)
    {
        var packed = new byte[Math.Max(closed.Length - TagBytes, 0)];
        if (closed.Length < TagBytes)
        {
            throw new CryptographicException("Too short to hold a tag.");
        }

        cipher.Decrypt(
            Nonce(number), closed.AsSpan(TagBytes), closed.AsSpan(0, TagBytes), packed, Encoding.UTF8.GetBytes(name));
        using var zip = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var content = new MemoryStream();
        zip.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Nonce(int number)
    {
        var nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(8), number);
        return nonce;
    }
}
