using System.Globalization;

namespace SmartClub.Agent.Readers.Zk;

/// <summary>A card that a turnstile has read.</summary>
/// <param name="Index">The turnstile's own number of the event: it tells an event again until it is taken.</param>
/// <param name="Card">The card's number in hexadecimal, as the turnstile writes it.</param>
/// <param name="Door">Which of its readers.</param>
/// <param name="IsOut">Whether it is the reader of the way out.</param>
public sealed record ZkCard(long Index, string Card, int Door, bool IsOut);

/// <summary>
/// The texts of ZKTeco's PUSH protocol, as far as a turnstile needs them that asks somebody else for each card: plain
/// HTTP, fields with tabs between them, one event a line.
/// </summary>
public static class ZkPush
{
    /// <summary>What the turnstile is told when it reports for work: tell events at once, ask for orders each second.
    /// </summary>
    public static string Options(string serial) => string.Join('\n',
        $"GET OPTION FROM: {serial}", "ErrorDelay=5", "Delay=1", "TransTimes=00:00;12:00", "TransInterval=1",
        "TransFlag=1111000000", "Realtime=1", "Encrypt=0", "ServerVer=3.1.1", "PushProtVer=3.1.1", "");

    /// <summary>The cards in a report of events. Other events have none and are passed over.</summary>
    public static IReadOnlyList<ZkCard> Cards(string report)
    {
        var cards = new List<ZkCard>();
        foreach (var line in report.Split('\n'))
        {
            var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var field in line.Trim('\r').Split('\t'))
            {
                var cut = field.IndexOf('=', StringComparison.Ordinal);
                if (cut > 0)
                {
                    fields[field[..cut].Trim()] = field[(cut + 1)..].Trim();
                }
            }

            var card = fields.GetValueOrDefault("cardno", "").TrimStart('0');
            if (card.Length is > 0 and <= 20 && card.All(char.IsAsciiHexDigit)
                && Number(fields, "index") is { } index)
            {
                cards.Add(new ZkCard(
                    index, card.ToUpperInvariant(), (int)(Number(fields, "eventaddr") ?? 1),
                    Number(fields, "inoutstatus") == 1));
            }
        }

        return cards;
    }

    /// <summary>The order to open a door for some seconds: output 1 of the lock.</summary>
    public static string Open(long number, int door, TimeSpan length) => string.Create(
        CultureInfo.InvariantCulture,
        $"C:{number}:CONTROL DEVICE 01{door:X2}01{Math.Clamp((int)Math.Ceiling(length.TotalSeconds), 1, 254):X2}");

    /// <summary>The order to hold a door open, and to close it again.</summary>
    public static string Hold(long number, int door, bool isOpen) => string.Create(
        CultureInfo.InvariantCulture, $"C:{number}:CONTROL DEVICE 01{door:X2}01{(isOpen ? 255 : 0):X2}");

    private static long? Number(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
