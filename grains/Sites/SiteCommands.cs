using SmartClub.Grains.Model;

namespace SmartClub.Grains.Sites.Commands;

/// <summary>Sets up a building of the club. Its time zone decides when days begin at its doors.</summary>
[Needs(Rights.Setup)]
public sealed record CreateSite(SiteId SiteId, string Name, string TimeZone, string Currency)
    : ICommand<Created<SiteTag>>
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

    /// <summary>There is no such place on Earth.</summary>
    InvalidLocation,

    /// <summary>There is such a site already.</summary>
    SiteExists,
}
