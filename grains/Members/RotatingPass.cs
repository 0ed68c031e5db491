using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// A rotating pass as a phone shows it: <c>SC1.payload.signature</c>. What is not written exactly as the contract
/// says is no pass: there is one way to write each, so one pass cannot be shown as two.
/// </summary>
public readonly ref struct RotatingPass
{
    private const string Prefix = "SC1.";
    private const int SignatureBytes = 64;
    private const int NonceBytes = 8;
    private const int PayloadBytes = 200;

    private RotatingPass(
        CredentialId key, PassUse use, ReadOnlySpan<char> signedPart, ReadOnlySpan<byte> signature)
    {
        Key = key;
        Use = use;
        this.signedPart = signedPart;
        this.signature = signature;
    }

    private readonly ReadOnlySpan<char> signedPart;
    private readonly ReadOnlySpan<byte> signature;

    /// <summary>The phone's key that it says it is signed with.</summary>
    public CredentialId Key { get; }

    /// <summary>What makes it this one.</summary>
    public PassUse Use { get; }

    /// <summary>Whether somebody meant to show a pass.</summary>
    public static bool IsMeant(string value) => value.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads a pass; false: it is none.</summary>
    public static bool TryRead(string value, out RotatingPass pass)
    {
        pass = default;
        if (!IsMeant(value) || value.Length > Limits.CredentialLength)
        {
            return false;
        }

        var dot = value.IndexOf('.', Prefix.Length);
        if (dot < 0)
        {
            return false;
        }

        var signature = new byte[SignatureBytes];
        Span<byte> payload = stackalloc byte[PayloadBytes];
        Span<byte> nonce = stackalloc byte[NonceBytes];
        if (!TryDecode(value.AsSpan(dot + 1), signature, out var length) || length != SignatureBytes
            || !TryDecode(value.AsSpan(Prefix.Length, dot - Prefix.Length), payload, out length)
            || !TryReadPayload(payload[..length], out var key, out var signedAt, nonce))
        {
            return false;
        }

        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(nonce);
        pass = new RotatingPass(key, new PassUse(number, signedAt), value.AsSpan(0, dot), signature);
        return true;
    }

    /// <summary>Whether the key has signed it.</summary>
    public bool IsSignedBy(PassPublicKey key)
    {
        Span<byte> signed = stackalloc byte[signedPart.Length];
        Encoding.ASCII.GetBytes(signedPart, signed);
        return key.Verifies(signed, signature);
    }

    /// <summary>Whether it was signed about now.</summary>
    public bool IsFresh(DateTimeOffset now) =>
        Math.Abs(now.ToUnixTimeMilliseconds() - (Use.SignedAt * 1_000)) <= Limits.PassWindow.TotalMilliseconds;

    // Only what the encoder itself would write: no padding, no other alphabet, no bits behind the last byte.
    internal static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        if (text.IsEmpty
            || Base64Url.DecodeFromChars(text, bytes, out _, out length) != System.Buffers.OperationStatus.Done)
        {
            length = 0;
            return false;
        }

        Span<char> again = stackalloc char[Base64Url.GetEncodedLength(length)];
        return Base64Url.TryEncodeToChars(bytes[..length], again, out var written)
            && again[..written].SequenceEqual(text);
    }

    private static bool TryReadPayload(
        ReadOnlySpan<byte> json, out CredentialId key, out long signedAt, Span<byte> nonce)
    {
        (key, signedAt) = (default, 0);
        var reader = new Utf8JsonReader(json);
        var seen = 0;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = reader.ValueTextEquals("k"u8) ? 1 : reader.ValueTextEquals("t"u8) ? 2
                    : reader.ValueTextEquals("n"u8) ? 4 : 0;
                reader.Read();
                if (field == 0 || (seen & field) != 0 || !TryReadField(ref reader, field, ref key, ref signedAt, nonce))
                {
                    return false;
                }

                seen |= field;
            }

            return seen == 7 && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryReadField(
        ref Utf8JsonReader reader, int field, ref CredentialId key, ref long signedAt, Span<byte> nonce)
    {
        if (field == 2)
        {
            // Beyond the year 9999 no clock of ours goes, and nothing overflows below it.
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out signedAt)
                && signedAt is >= 0 and <= 253_402_300_799;
        }

        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            return false;
        }

        Span<char> text = stackalloc char[40];
        if (reader.ValueSpan.Length > text.Length)
        {
            return false;
        }

        text = text[..Encoding.UTF8.GetChars(reader.ValueSpan, text)];
        return field == 1
            ? CredentialId.TryParse(text, null, out key)
            : TryDecode(text, nonce, out var length) && length == NonceBytes;
    }
}

/// <summary>The public part of a phone's key.</summary>
public readonly struct PassPublicKey
{
    private const int CoordinateBytes = 32;
    private readonly ECParameters point;

    private PassPublicKey(ECParameters point) => this.point = point;

    /// <summary>As it is stored: x and y, base64url.</summary>
    public string Stored =>
        Base64Url.EncodeToString([.. point.Q.X!, .. point.Q.Y!]);

    /// <summary>Reads the coordinates of a JWK; false: they are no point of P-256.</summary>
    public static bool TryRead(string x, string y, out PassPublicKey key)
    {
        key = default;
        return TryBytes(x, out var left) && TryBytes(y, out var right) && TryPoint(left, right, out key);
    }

    /// <summary>Reads what was stored.</summary>
    public static PassPublicKey Parse(string stored)
    {
        var bytes = Base64Url.DecodeFromChars(stored);
        return new PassPublicKey(Parameters(bytes[..CoordinateBytes], bytes[CoordinateBytes..]));
    }

    /// <summary>Whether this key has signed the data (ES256, r followed by s).</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = ECDsa.Create(point);
        return ecdsa.VerifyData(
            data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool TryBytes(string text, out byte[] bytes)
    {
        bytes = new byte[CoordinateBytes];
        return RotatingPass.TryDecode(text, bytes, out var length) && length == CoordinateBytes;
    }

    private static bool TryPoint(byte[] x, byte[] y, out PassPublicKey key)
    {
        key = new PassPublicKey(Parameters(x, y));
        try
        {
            using var ecdsa = ECDsa.Create(key.point);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ECParameters Parameters(byte[] x, byte[] y) =>
        new() { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
}
