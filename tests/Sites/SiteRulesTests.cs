using SmartClub.Grains.Model;
using SmartClub.Grains.Sites;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Sites;

public sealed class SiteRulesTests
{
    private static readonly SiteId Site = Town.Id<SiteTag>("site");
    private readonly Given<SiteState> site = new(SitesModule.Module.Grains[0]);

    [Fact]
    public void Create_IsRefused_InOrder()
    {
        var create = new CreateSite(Site, "", "Kinshasa", "XXX");
        site.When(create).IsRefused(SiteRefusal.InvalidName);
        site.When(create with { Name = new string('x', Limits.NameLength + 1) }).IsRefused(SiteRefusal.InvalidName);
        site.When(create = create with { Name = "Gombe" }).IsRefused(SiteRefusal.UnknownTimeZone);
        site.When(create = create with { TimeZone = "Africa/Kinshasa" }).IsRefused(SiteRefusal.UnknownCurrency);
        site.When(create = create with { Currency = "USD" }).Tells<SiteCreated>();
        site.When(create).IsRefused(SiteRefusal.SiteExists);
    }

    [Theory]
    [InlineData("Europe/Paris", true)]
    [InlineData("UTC", true)]
    [InlineData("Africa/Atlantis", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("Romance Standard Time", false)]
    [InlineData("", false)]
    public void TimeZone_IsAnIanaName(string name, bool known) => Assert.Equal(known, SiteRules.IsTimeZone(name));

    [Fact]
    public void Facts_SurviveTheirRow()
    {
        var created = new SiteCreated("Gombe", "Africa/Kinshasa", "USD");
        var row = Assert.Single(new SiteView().Map(new Recorded(1, Site.Grain, 1, site.Now, "system", created)));
        Assert.Equal(created.ToFacts(Site), SiteView.Facts(row.Key, (string)row.Columns!["facts"]!));
    }
}
