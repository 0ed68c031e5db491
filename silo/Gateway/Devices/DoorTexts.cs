using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>What a door shows: friendly, short, and nothing that bystanders should not read.</summary>
public static class DoorTexts
{
    private static readonly Dictionary<AccessReason, string> Keys =
        Enum.GetValues<AccessReason>().ToDictionary(r => r, r => "door." + Refusal.Snake(r.ToString()));

    /// <summary>The text of a decision in both languages.</summary>
    public static DisplayText Of(AccessReason reason, Direction direction, string displayName, AccessDetail? detail)
    {
        var key = reason == AccessReason.Ok && direction == Direction.Out ? "door.ok.out"
            : reason == AccessReason.OutsideHours && detail is null ? "door.outside_hours.guest"
            : Keys[reason];
        var name = displayName.IndexOf(' ') is > 0 and var end ? displayName[..end] : displayName;
        return new DisplayText(In("fr", key, name, detail), In("en", key, name, detail));
    }

    private static string In(string language, string key, string name, AccessDetail? detail) => detail is null
        ? Texts.Get(language, key, ("name", name))
        : Texts.Get(
            language,
            key,
            ("name", name),
            ("date", detail.StartsOn is { } day ? DisplayDates.Day(language, day) : ""),
            ("hours", DisplayDates.Hours(language, detail.Hours)));
}
