using SmartClub.Grains.Model;

namespace SmartClub.Grains.Sites;

/// <summary>A building was set up.</summary>
public sealed record SiteCreated(string Name, string TimeZone, string Currency) : IEvent
{
    /// <summary>What other grains need to know of it.</summary>
    public SiteFacts ToFacts(SiteId id) => new(id, Name, TimeZoneInfo.FindSystemTimeZoneById(TimeZone), Currency);
}

/// <summary>A building is called, tells time or prices otherwise from now on.</summary>
public sealed record SiteChanged(string Name, string TimeZone, string Currency) : IEvent;

/// <summary>Where a site is, or that it is not known any more.</summary>
public sealed record SiteLocated(GeoPoint? Location) : IEvent;

/// <summary>When a site is open from now on.</summary>
public sealed record OpeningHoursSet(OpeningHours Hours) : IEvent;
