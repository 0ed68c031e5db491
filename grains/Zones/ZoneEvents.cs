using SmartClub.Grains.Model;

namespace SmartClub.Grains.Zones;

/// <summary>A zone was set up.</summary>
public sealed record ZoneCreated(
    SiteId SiteId, string Name, AntiPassback AntiPassback, int ForgivenessMinutes, int? Capacity) : IEvent
{
    /// <summary>What other grains need to know of it.</summary>
    public ZoneFacts ToFacts(ZoneId id) => new(id, SiteId, Name, AntiPassback, ForgivenessMinutes, Capacity);
}

/// <summary>A zone is called and counts otherwise from now on.</summary>
public sealed record ZoneChanged(
    SiteId SiteId, string Name, AntiPassback AntiPassback, int ForgivenessMinutes, int? Capacity) : IEvent
{
    /// <summary>What other grains need to know of it.</summary>
    public ZoneFacts ToFacts(ZoneId id) => new(id, SiteId, Name, AntiPassback, ForgivenessMinutes, Capacity);
}

/// <summary>A place is kept for a ticket. <paramref name="Taken"/> counts all places held or taken after it.</summary>
public sealed record PlaceHeld(
    MemberId MemberId, long Ticket, DateTimeOffset Until, DateTimeOffset At, int Taken) : IEvent;

/// <summary>A place is taken by somebody who came in, if need be above capacity.</summary>
public sealed record PlaceCaptured(
    MemberId MemberId, long Ticket, long Move, DateTimeOffset Since, DateTimeOffset At, int Taken, bool IsOverCapacity)
    : IEvent;

/// <summary>A hold was given back.</summary>
public sealed record HoldReleased(MemberId MemberId, long Ticket) : IEvent;

/// <summary>A place is free again.</summary>
public sealed record PlaceReleased(MemberId MemberId, long Move, DateTimeOffset At) : IEvent;
