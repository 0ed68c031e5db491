using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Zones;

/// <summary>Decides the commands of a zone.</summary>
public static class ZoneRules
{
    /// <summary>Sets up the zone.</summary>
    public static Decision Decide(ZoneState zone, CreateZone create, Facts facts) =>
        Fault(create.Name, create.ForgivenessMinutes, create.Capacity) is { } fault ? Refuse(fault)
        : facts.Reference.Site(create.SiteId) is null ? Refuse(ZoneRefusal.UnknownSite)
        : zone.Exists ? Refuse(ZoneRefusal.ZoneExists)
        : Accept(
            new Created<ZoneTag>(create.ZoneId),
            new ZoneCreated(
                create.SiteId, create.Name, create.AntiPassback, create.ForgivenessMinutes, create.Capacity));

    /// <summary>Changes the zone. That it is known where it is proves that it was set up.</summary>
    public static Decision Decide(ZoneState zone, ChangeZone change, Facts facts) =>
        !zone.Exists || facts.Reference.Zone(change.ZoneId) is not { } before ? RefuseUnkept(ZoneRefusal.NotFound)
        : Fault(change.Name, change.ForgivenessMinutes, change.Capacity) is { } fault ? Refuse(fault)
        : Accept(new ZoneChanged(
            before.SiteId, change.Name, change.AntiPassback, change.ForgivenessMinutes, change.Capacity));

    /// <summary>Keeps a place, if there is one.</summary>
    public static Decision Decide(ZoneState zone, HoldPlace hold, Facts facts)
    {
        if (!zone.Exists)
        {
            return RefuseUnkept(ZoneRefusal.NotFound);
        }

        var taken = zone.Taken(facts.Now);
        var hasPlace = zone.HasPlace(hold.MemberId, facts.Now);
        return !hasPlace && taken >= zone.Capacity
            ? Refuse(ZoneRefusal.CapacityFull)
            : Accept(new PlaceHeld(
                hold.MemberId, hold.Ticket, hold.Until, facts.Now, hasPlace ? taken : taken + 1));
    }

    /// <summary>Takes a place: whoever is inside is inside.</summary>
    public static Decision Decide(ZoneState zone, CapturePlace capture, Facts facts)
    {
        if (!zone.Exists)
        {
            return RefuseUnkept(ZoneRefusal.NotFound);
        }

        if (capture.Move <= zone.LastMove(capture.MemberId))
        {
            return Accept();
        }

        var taken = zone.Taken(facts.Now) + (zone.HasPlace(capture.MemberId, facts.Now) ? 0 : 1);
        return Accept(new PlaceCaptured(
            capture.MemberId, capture.Ticket, capture.Move, capture.Since, facts.Now, taken,
            taken > zone.Capacity));
    }

    /// <summary>Gives a hold back, if this ticket still has it.</summary>
    public static Decision Decide(ZoneState zone, ReleaseHold release, Facts facts)
    {
        _ = facts;
        return !zone.Exists ? RefuseUnkept(ZoneRefusal.NotFound)
            : zone.Places.TryGetValue(release.MemberId.Value, out var place)
                && place.HeldUntil is not null && place.Ticket == release.Ticket
            ? Accept(new HoldReleased(release.MemberId, release.Ticket))
            : Accept();
    }

    /// <summary>Frees the place of somebody who left, even if that they came in is still on its way.</summary>
    public static Decision Decide(ZoneState zone, ReleasePlace release, Facts facts) =>
        !zone.Exists ? RefuseUnkept(ZoneRefusal.NotFound)
        : release.Move <= zone.LastMove(release.MemberId) ? Accept()
        : Accept(new PlaceReleased(release.MemberId, release.Move, facts.Now));

    private static ZoneRefusal? Fault(string name, int forgivenessMinutes, int? capacity) =>
        !Limits.IsName(name) ? ZoneRefusal.InvalidName
        : forgivenessMinutes is < 0 or > Limits.ForgivenessMinutes ? ZoneRefusal.InvalidForgiveness
        : capacity is < 1 or > Limits.ZoneCapacity ? ZoneRefusal.InvalidCapacity
        : null;
}
