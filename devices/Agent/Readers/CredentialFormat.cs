using System.Globalization;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Readers;

/// <summary>
/// What a reader's text means. The same card read in two ways gives two different numbers, so a door must read badges
/// in the form in which the desk enrolled them.
/// </summary>
public sealed class CredentialFormat
{
    private const int LongestValue = 512;
    private readonly string _kind;
    private readonly Func<string, string?> _decode;

    private CredentialFormat(string kind, Func<string, string?> decode)
    {
        _kind = kind;
        _decode = decode;
    }

    /// <summary>The names of all formats, for the help.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "auto", "qr", "barcode", "ean13", "code128", "nfc", "nfc-reversed", "uid", "uid-reversed", "uid-decimal",
        "uid-decimal-reversed", "wiegand26", "wiegand34", "biometric",
    ];

    /// <summary>The format of a name.</summary>
    public static CredentialFormat Of(string name) => name switch
    {
        "auto" => new("", Text),
        "qr" => new("qr", Text),
        "barcode" or "code128" => new("barcode", Text),
        "ean13" => new("barcode", Ean.Check),
        "nfc" => new("nfc", text => Uid.Canonical(text, isReversed: false)),
        "nfc-reversed" => new("nfc", text => Uid.Canonical(text, isReversed: true)),
        "uid" => new("rfid", text => Uid.Canonical(text, isReversed: false)),
        "uid-reversed" => new("rfid", text => Uid.Canonical(text, isReversed: true)),
        "uid-decimal" => new("rfid", text => Uid.FromDecimal(text, isReversed: false)),
        "uid-decimal-reversed" => new("rfid", text => Uid.FromDecimal(text, isReversed: true)),
        "wiegand26" => new("rfid", text => WiegandText(text, Wiegand.TryDecode26)),
        "wiegand34" => new("rfid", text => WiegandText(text, Wiegand.TryDecode34)),
        "biometric" => new("biometric_ref", Text),
        _ => throw new DeviceException($"There is no format '{name}'; there are: {string.Join(", ", Names)}."),
    };

    /// <summary>The credential in a text; null: there is none.</summary>
    public Credential? Read(string text)
    {
        if (_kind.Length > 0)
        {
            return _decode(text) is { Length: > 0 } value ? new Credential(_kind, value) : null;
        }

        // Of the kind that the text names; codes that begin like a rotating pass are nothing else.
        var cut = text.IndexOf(':', StringComparison.Ordinal);
        var kind = cut > 0 ? text[..cut] : "";
        return kind is "qr" or "barcode" or "rfid" or "nfc" or "biometric_ref"
            ? Text(text[(cut + 1)..]) is { } named ? new Credential(kind, named) : null
            : Text(text) is { } plain ? new Credential("qr", plain) : null;
    }

    private delegate bool Decoder(ReadOnlySpan<char> bits, out WiegandCard card);

    private static string? Text(string text) => text.Length is > 0 and <= LongestValue ? text : null;

    // Readers tell the bits as such, or as hexadecimal digits with the bits to the right.
    private static string? WiegandText(string text, Decoder decode)
    {
        var isBits = text.Length > 17 && text.All(c => c is '0' or '1');
        var length = decode == Wiegand.TryDecode26 ? 26 : 34;
        if (!isBits)
        {
            var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
            if (!ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
                || number >> length != 0)
            {
                return null;
            }

            text = string.Concat(Enumerable.Range(0, length).Select(
                i => (number >> (length - 1 - i) & 1) == 1 ? '1' : '0'));
        }

        return decode(text, out var card) ? card.ToString() : null;
    }
}
