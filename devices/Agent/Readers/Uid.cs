using System.Globalization;

namespace SmartClub.Agent.Readers;

/// <summary>
/// The number in a card's chip: 4, 7 or 10 bytes. It is kept in hexadecimal, first byte first. It is no proof of
/// anything: it can be copied, and phones show another one each time.
/// </summary>
public static class Uid
{
    /// <summary>As it is kept: digits without anything between them, turned round where the reader turns it.</summary>
    public static string? Canonical(string text, bool isReversed)
    {
        var digits = string.Concat(text.Where(c => c is not (':' or '-' or ' '))).ToUpperInvariant();
        if (digits.Length is not (8 or 14 or 20) || !digits.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var bytes = Convert.FromHexString(digits);
        if (isReversed)
        {
            Array.Reverse(bytes);
        }

        return Convert.ToHexString(bytes);
    }

    /// <summary>The same of a reader that types four bytes as one decimal number.</summary>
    public static string? FromDecimal(string text, bool isReversed) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Canonical(number.ToString("X8", CultureInfo.InvariantCulture), isReversed)
            : null;
}

/// <summary>Printed numbers with a check digit (EAN-13).</summary>
public static class Ean
{
    /// <summary>The number, if its check digit is right.</summary>
    public static string? Check(string text)
    {
        if (text.Length != 13 || !text.All(char.IsAsciiDigit))
        {
            return null;
        }

        var sum = text[..12].Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return (10 - (sum % 10)) % 10 == text[12] - '0' ? text : null;
    }
}
