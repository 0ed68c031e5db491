using SmartClub.Grains.Model;
using SmartClub.Grains.Sites.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Sites;

/// <summary>Decides the commands of a site.</summary>
public static class SiteRules
{
    /// <summary>Sets up the site.</summary>
    public static Decision Decide(SiteState site, CreateSite create, Facts facts)
    {
        _ = facts;
        return !Limits.IsName(create.Name) ? Refuse(SiteRefusal.InvalidName)
            : !IsTimeZone(create.TimeZone) ? Refuse(SiteRefusal.UnknownTimeZone)
            : !Money.Currencies.Contains(create.Currency) ? Refuse(SiteRefusal.UnknownCurrency)
            : site.Exists ? Refuse(SiteRefusal.SiteExists)
            : Accept(
                new Created<SiteTag>(create.SiteId),
                new SiteCreated(create.Name, create.TimeZone, create.Currency));
    }

    /// <summary>Says when it is open.</summary>
    public static Decision Decide(SiteState site, SetOpeningHours set, Facts facts)
    {
        _ = facts;
        return !site.Exists ? RefuseUnkept(SiteRefusal.NotFound)
            : !set.Hours.AreWellFormed ? Refuse(SiteRefusal.InvalidHours)
            : Accept(new OpeningHoursSet(set.Hours));
    }

    /// <summary>Says where it is; saying so again changes nothing for anybody.</summary>
    public static Decision Decide(SiteState site, LocateSite locate, Facts facts)
    {
        _ = facts;
        return !site.Exists ? RefuseUnkept(SiteRefusal.NotFound)
            : locate.Location is { IsOnEarth: false } ? Refuse(SiteRefusal.InvalidLocation)
            : Accept(new SiteLocated(locate.Location));
    }

    /// <summary>Whether this is the name of an IANA zone: the only names that mean the same on every machine.</summary>
    public static bool IsTimeZone(string name) =>
        (name.Contains('/') || name == "UTC")
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        && zone.HasIanaId;
}
