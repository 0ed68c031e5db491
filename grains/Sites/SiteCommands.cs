using SmartClub.Grains.Model;

namespace SmartClub.Grains.Sites.Commands;

/// <summary>Sets up a building of the club. Its time zone decides when days begin at its doors.</summary>
[Needs(Rights.Setup)]
public sealed record CreateSite(SiteId SiteId, string Name, string TimeZone, string Currency)
    : ICommand<Created<SiteTag>>
{
    GrainId ICommand.Target => SiteId.Grain;
}

/// <summary>Why a site command is refused, in order of precedence.</summary>
public enum SiteRefusal
{
    /// <summary>The name is empty or too long.</summary>
    InvalidName,

    /// <summary>Not an IANA time zone that this machine knows.</summary>
    UnknownTimeZone,

    /// <summary>Not a currency that the club prices in.</summary>
    UnknownCurrency,

    /// <summary>There is such a site already.</summary>
    SiteExists,
}
