using System.Globalization;

namespace SmartClub.Agent.Readers;

/// <summary>A card as Wiegand tells it: the number that its facility gave it.</summary>
public readonly record struct WiegandCard(int Facility, int Number)
{
    /// <summary>As it is kept and compared: facility and number, in decimal.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Facility}:{Number}");
}

/// <summary>
/// Wiegand as readers send it, first bit first. The bits at both ends are parity over a half each: even over the first
/// half, odd over the second. Nothing in it is secret; a card with these numbers can be made by anybody.
/// </summary>
public static class Wiegand
{
    /// <summary>26 bits (H10301): 8 bits of facility, 16 of the card.</summary>
    public static bool TryDecode26(ReadOnlySpan<char> bits, out WiegandCard card) => TryDecode(bits, 26, 8, out card);

    /// <summary>34 bits (H10306 style): 16 bits of facility, 16 of the card.</summary>
    public static bool TryDecode34(ReadOnlySpan<char> bits, out WiegandCard card) => TryDecode(bits, 34, 16, out card);

    private static bool TryDecode(ReadOnlySpan<char> bits, int length, int facilityBits, out WiegandCard card)
    {
        card = default;
        if (bits.Length != length || bits.ContainsAnyExcept('0', '1'))
        {
            return false;
        }

        var half = length / 2;
        if (bits[..half].Count('1') % 2 != 0 || bits[half..].Count('1') % 2 != 1)
        {
            return false;
        }

        card = new WiegandCard(
            Convert.ToInt32(bits.Slice(1, facilityBits).ToString(), 2),
            Convert.ToInt32(bits.Slice(1 + facilityBits, 16).ToString(), 2));
        return true;
    }
}
