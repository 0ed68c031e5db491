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
        return Fault(create.Name, create.TimeZone, create.Currency) is { } fault ? Refuse(fault)
            : site.Exists ? Refuse(SiteRefusal.SiteExists)
            : Accept(
                new Created<SiteTag>(create.SiteId),
                new SiteCreated(create.Name, create.TimeZone, create.Currency));
    }

    /// <summary>Changes the site. That it is known where it is proves that it was set up.</summary>
    public static Decision Decide(SiteState site, ChangeSite change, Facts facts) =>
        !site.Exists || facts.Reference.Site(change.SiteId) is not { } before ? RefuseUnkept(SiteRefusal.NotFound)
        : Fault(change.Name, change.TimeZone, change.Currency) is { } fault ? Refuse(fault)
        : change.Currency != before.Currency && facts.Reference.IsPriced(change.SiteId)
            ? Refuse(SiteRefusal.CurrencyInUse)
        : (change.Name, change.TimeZone, change.Currency) == (before.Name, before.TimeZone.Id, before.Currency)
            ? Accept()
        : Accept(new SiteChanged(change.Name, change.TimeZone, change.Currency));

    /// <summary>Says when it is open.</summary>
    public static Decision Decide(SiteState site, SetOpeningHours set, Facts facts)
    {
        _ = facts;
        return !site.Exists ? RefuseUnkept(SiteRefusal.NotFound)
            : !set.Hours.AreWellFormed ? Refuse(SiteRefusal.InvalidHours)
            : set.Hours.FirstOverlap() is not null ? Refuse(SiteRefusal.OverlappingHours)
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

    private static SiteRefusal? Fault(string name, string timeZone, string currency) =>
        !Limits.IsName(name) ? SiteRefusal.InvalidName
        : !IsTimeZone(timeZone) ? SiteRefusal.UnknownTimeZone
        : !Money.Currencies.Contains(currency) ? SiteRefusal.UnknownCurrency
        : null;

    /// <summary>Whether this is the name of an IANA zone: the only names that mean the same on every machine.</summary>
    public static bool IsTimeZone(string name) =>
        (name.Contains('/') || name == "UTC")
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        && zone.HasIanaId;
}
