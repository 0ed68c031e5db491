using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartClub.Grains.Model;

/// <summary>What an id names: the prefix of its text form and the kind of grain behind it (0: none).</summary>
public interface IIdTag
{
    /// <summary>Three letters in front of the text form, so that a stray id can be recognised in a log.</summary>
    static abstract string Prefix { get; }

    /// <summary>Number of the grain kind in the journal; never reused.</summary>
    static abstract short Kind { get; }
}

/// <summary>The address of a grain in the journal: its kind and its 128-bit key.</summary>
public readonly record struct GrainId(short Kind, Guid Key)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}:{IdText.Encode(Key)}";
}

/// <summary>
/// A typed 128-bit id with the text form <c>mbr_</c> and 26 characters of Crockford base 32. It carries no
/// personal data and no meaning: it is derived from the CommandId of the command that created the thing.
/// </summary>
[JsonConverter(typeof(IdJsonConverterFactory))]
public readonly record struct Id<TTag>(Guid Value) : IParsable<Id<TTag>>, ISpanParsable<Id<TTag>>
    where TTag : IIdTag
{
    /// <summary>The grain that this id addresses.</summary>
    public GrainId Grain => new(TTag.Kind, Value);

    /// <inheritdoc/>
    public override string ToString() => IdText.Encode(Value, TTag.Prefix);

    /// <inheritdoc/>
    public static Id<TTag> Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static Id<TTag> Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"Not an id of kind '{TTag.Prefix}'.");

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out Id<TTag> result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Id<TTag> result)
    {
        var ok = IdText.TryDecode(s, TTag.Prefix, out var value);
        result = new Id<TTag>(value);
        return ok;
    }
}

/// <summary>Text form of 128-bit keys: Crockford base 32, lower case, most significant bits first.</summary>
public static class IdText
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Digits = 26;

    /// <summary>Room for any text form: three letters, an underscore, the digits.</summary>
    public const int BufferLength = 4 + Digits;

    /// <summary>The 26 digits, behind <paramref name="prefix"/> and an underscore where one is given.</summary>
    public static string Encode(Guid key, string prefix = "")
    {
        Span<char> text = stackalloc char[BufferLength];
        return new string(text[..Write(text, key, prefix)]);
    }

    /// <summary>The same into a buffer of <see cref="BufferLength"/>; returns how long it is.</summary>
    public static int Write(Span<char> text, Guid key, string prefix = "")
    {
        var head = prefix.Length == 0 ? 0 : prefix.Length + 1;
        if (head > 0)
        {
            prefix.CopyTo(text);
            text[head - 1] = '_';
        }

        var number = ToNumber(key);
        var (upper, lower) = ((ulong)(number >> 64), (ulong)number);
        for (var i = head + Digits - 1; i >= head; i--)
        {
            text[i] = Alphabet[(int)(lower & 31)];
            lower = (lower >> 5) | (upper << 59);
            upper >>= 5;
        }

        return head + Digits;
    }

    /// <summary>Accepts exactly what <see cref="Encode"/> writes, so that one thing has one name.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, string prefix, out Guid key)
    {
        key = default;
        var head = prefix.Length == 0 ? 0 : prefix.Length + 1;
        if (text.Length != head + Digits || (head > 0 && (!text.StartsWith(prefix) || text[prefix.Length] != '_')))
        {
            return false;
        }

        UInt128 number = 0;
        for (var i = head; i < text.Length; i++)
        {
            var digit = Alphabet.IndexOf(text[i]);
            if (digit < 0 || (i == head && digit > 7))
            {
                return false;
            }

            number = (number << 5) | (uint)digit;
        }

        key = FromNumber(number);
        return true;
    }

    /// <summary>A key from any bytes: the first half of their SHA-256.</summary>
    public static Guid Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(bytes, digest);
        return new Guid(digest[..16], bigEndian: true);
    }

    private static UInt128 ToNumber(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static Guid FromNumber(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>Ids are strings in JSON; anything else is a shape error that the gateway reports.</summary>
public sealed class IdJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Id<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(IdJsonConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class IdJsonConverter<TTag> : JsonConverter<Id<TTag>>
        where TTag : IIdTag
    {
        public override Id<TTag> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Id<TTag>.TryParse(reader.GetString(), null, out var id)
                ? id
                : throw new JsonException($"Expected an id that starts with '{TTag.Prefix}_'.");

        public override void Write(Utf8JsonWriter writer, Id<TTag> value, JsonSerializerOptions options)
        {
            Span<char> text = stackalloc char[IdText.BufferLength];
            writer.WriteStringValue(text[..IdText.Write(text, value.Value, TTag.Prefix)]);
        }
    }
}
