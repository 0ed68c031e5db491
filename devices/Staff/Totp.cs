using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SmartClub.Devices.Staff;

/// <summary>Time-based one-time passwords of RFC 6238 with HMAC-SHA-1 and steps of 30 seconds.</summary>
public static class Totp
{
    public const int StepSeconds = 30;

    public static string Code(ReadOnlySpan<byte> secret, DateTimeOffset at, int digits = 6)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / StepSeconds);
        Span<byte> mac = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238 and the authenticator apps in people's pockets fix SHA-1.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        // RFC 4226 section 5.3: the low half of the last byte says where the 31 bits are read.
        var offset = mac[^1] & 0x0F;
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[offset..]) & 0x7FFF_FFFF;
        var modulus = (uint)Math.Pow(10, digits);
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>Decodes base32 (RFC 4648), padded or not.</summary>
    public static byte[] DecodeSecret(string base32)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new List<byte>();
        var buffer = 0;
        var bits = 0;
        foreach (var letter in base32.TrimEnd('=').ToUpperInvariant())
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                throw new FormatException("The secret is not base32.");
            }

            buffer = ((buffer << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
