using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;

namespace SmartClub.Grains.Zones;

/// <summary>All that the feature "zones" owns.</summary>
public static class ZonesModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "zones",
        [
            new GrainDefinition<ZoneState>(kind: 2, "zone")
                .Command<CreateZone, Created<ZoneTag>>("zone.create", ZoneRules.Decide)
                .Command<ChangeZone, Done>("zone.change", ZoneRules.Decide)
                .Command<HoldPlace, Done>("zone.hold_place", ZoneRules.Decide)
                .Command<CapturePlace, Done>("zone.capture_place", ZoneRules.Decide)
                .Command<ReleaseHold, Done>("zone.release_hold", ZoneRules.Decide)
                .Command<ReleasePlace, Done>("zone.release_place", ZoneRules.Decide)
                .Event<ZoneCreated>("zone.created.v1")
                .Event<ZoneChanged>("zone.changed.v1")
                .Event<PlaceHeld>("zone.place_held.v1")
                .Event<PlaceCaptured>("zone.place_captured.v1")
                .Event<HoldReleased>("zone.hold_released.v1")
                .Event<PlaceReleased>("zone.place_released.v1"),
        ],
        [new ZoneView()],
        [typeof(ZoneRefusal)]);
}
