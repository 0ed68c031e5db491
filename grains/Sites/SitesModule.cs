using SmartClub.Grains.Model;
using SmartClub.Grains.Sites.Commands;

namespace SmartClub.Grains.Sites;

/// <summary>All that the feature "sites" owns.</summary>
public static class SitesModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "sites",
        [
            new GrainDefinition<SiteState>(kind: 1, "site")
                .Command<CreateSite, Created<SiteTag>>("site.create", SiteRules.Decide)
                .Command<ChangeSite, Done>("site.change", SiteRules.Decide)
                .Command<SetOpeningHours, Done>("site.set_opening_hours", SiteRules.Decide)
                .Command<LocateSite, Done>("site.locate", SiteRules.Decide)
                .Event<SiteCreated>("site.created.v1")
                .Event<SiteChanged>("site.changed.v1")
                .Event<OpeningHoursSet>("site.opening_hours_set.v1")
                .Event<SiteLocated>("site.located.v1"),
        ],
        [new SiteView()],
        [typeof(SiteRefusal)]);
}
