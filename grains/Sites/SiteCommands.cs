using SmartClub.Grains.Model;

namespace SmartClub.Grains.Sites.Commands;

/// <summary>Sets up a building of the club. Its time zone decides when days begin at its doors.</summary>
[Needs(Rights.Setup)]
public sealed record CreateSite(SiteId SiteId, string Name, string TimeZone, string Currency)
    : ICommand<Created<SiteTag>>
{
    GrainId ICommand.Target => SiteId.Grain;
}

/// <summary>
/// Changes what a site is called, which time counts there and what it prices in: all three become what is said here.
/// <para>
/// Another time zone counts from now on. Opening hours and schedules keep what is written and are read by the new
/// clock: 8:00 stays 8:00. Doors tell days by it at once, also the first and the last day of memberships; their quotas
/// count over a whole membership and do not notice. What is known of a membership's start and end stays at the moments
/// that were set when it was sold: a file may show a membership as running some hours longer or shorter than its doors
/// do. Visits of the past keep their moments. Doors that are alone hear of it with their next list.
/// </para>
/// <para>Prices are amounts of a currency, so that one stays once a plan opens a zone of the site.</para>
/// </summary>
[Needs(Rights.Setup)]
public sealed record ChangeSite(SiteId SiteId, string Name, string TimeZone, string Currency) : ICommand<Done>
{
    GrainId ICommand.Target => SiteId.Grain;
}

/// <summary>Says when a site is open; what was said before ends.</summary>
[Needs(Rights.Setup)]
public sealed record SetOpeningHours(SiteId SiteId, OpeningHours Hours) : ICommand<Done>
{
    GrainId ICommand.Target => SiteId.Grain;
}

/// <summary>Says where a site is; null: it is not known any more.</summary>
[Needs(Rights.Setup)]
public sealed record LocateSite(SiteId SiteId, GeoPoint? Location) : ICommand<Done>
{
    GrainId ICommand.Target => SiteId.Grain;
}

/// <summary>Why a site command is refused, in order of precedence.</summary>
public enum SiteRefusal
{
    /// <summary>There is no such site.</summary>
    NotFound,

    /// <summary>The name is empty or too long.</summary>
    InvalidName,

    /// <summary>Not an IANA time zone that this machine knows.</summary>
    UnknownTimeZone,

    /// <summary>Not a currency that the club prices in.</summary>
    UnknownCurrency,

    /// <summary>Hours without days, a day that is named twice, or too many of them.</summary>
    InvalidHours,

    /// <summary>Hours that run into others, of the same day or of the next one.</summary>
    OverlappingHours,

    /// <summary>There is no such place on Earth.</summary>
    InvalidLocation,

    /// <summary>There is such a site already.</summary>
    SiteExists,

    /// <summary>Plans are priced in the currency of the site.</summary>
    CurrencyInUse,
}
