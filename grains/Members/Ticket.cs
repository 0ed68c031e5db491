using System.Globalization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>
/// What a grant is known by at the door. Its text is opaque to devices, yet names the member, so that a passage
/// finds its grain without an index: <c>tkt_</c>, the member's 26 digits, a dot and the member's own number.
/// </summary>
public readonly record struct Ticket(MemberId MemberId, long Number)
{
    private const string Prefix = "tkt_";
    private const int Dot = 4 + 26;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{IdText.Encode(MemberId.Value)}.{Number}");

    /// <summary>Accepts exactly what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out Ticket ticket)
    {
        ticket = default;
        if (text is null || text.Length is < Dot + 2 or > Dot + 20
            || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Dot] != '.' || text[Dot + 1] == '0'
            || !IdText.TryDecode(text.AsSpan(Prefix.Length, 26), "", out var member)
            || !long.TryParse(text.AsSpan(Dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        ticket = new Ticket(new MemberId(member), number);
        return true;
    }
}
