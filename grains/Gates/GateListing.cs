using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SmartClub.Grains.Gates;

/// <summary>
/// How badges stand in the list of a gate, and which bytes of a list the club signs: the same for the silo that writes
/// it and for the device that reads it.
/// </summary>
public static class GateListing
{
    /// <summary>Bytes of the hash that stands for a badge.</summary>
    public const int HashBytes = 16;

    /// <summary>What stands in the place of the kind for the key of a phone; its value is the key's id.</summary>
    public const string PassKind = "pass_key";

    private const string Heading = "smartclub/allow-list/v1\n";
    private static readonly byte[] Signature = Encoding.ASCII.GetBytes(",\"signature\":\"");

    /// <summary>The key of a gate's list, from the gate's own key: nobody else can make or read its hashes.</summary>
    public static byte[] ListKey(byte[] gateKey) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, gateKey, 32, info: "smartclub/list-key"u8.ToArray());

    /// <summary>What stands for a badge or code.</summary>
    public static string Hash(byte[] listKey, string kind, string value)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(listKey, Encoding.UTF8.GetBytes($"{kind}\n{value}"), hash);
        return Base64Url.EncodeToString(hash[..HashBytes]);
    }

    /// <summary>The bytes that are signed, of a list up to its signature.</summary>
    public static byte[] Signed(string gate, ReadOnlySpan<byte> body) =>
        [.. Encoding.UTF8.GetBytes(Heading + gate + "\n"), .. body];

    /// <summary>The end of a list: its signature.</summary>
    public static byte[] Ending(byte[] signature) =>
        [.. Signature, .. Encoding.ASCII.GetBytes(Base64Url.EncodeToString(signature) + "\"}")];

    /// <summary>Whether a list is as the club wrote it, for this gate.</summary>
    public static bool IsGenuine(ECDsa club, string gate, ReadOnlySpan<byte> list)
    {
        var cut = list.LastIndexOf(Signature);
        var given = cut < 0 ? default : list[(cut + Signature.Length)..];
        if (!given.EndsWith("\"}"u8))
        {
            return false;
        }

        Span<byte> signature = stackalloc byte[64];
        return Base64Url.IsValid(given[..^2], out var decoded) && decoded == signature.Length
            && Base64Url.TryDecodeFromUtf8(given[..^2], signature, out _)
            && club.VerifyData(Signed(gate, list[..cut]), signature, HashAlgorithmName.SHA256);
    }
}
