using SmartClub.Grains.Model;
using SmartClub.Grains.Sites;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Sites;

public sealed class SiteRulesTests
{
    private static readonly SiteId Site = Town.Id<SiteTag>("site");
    private readonly Town town = new();
    private readonly Given<SiteState> site;

    public SiteRulesTests() => site = new Given<SiteState>(SitesModule.Module.Grains[0], town);

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

    [Fact]
    public void Change_IsRefused_InOrder()
    {
        var known = town.AddSite("site");
        var change = new ChangeSite(known.Id, "", "Kinshasa", "XXX");
        site.When(change).IsRefused(SiteRefusal.NotFound);
        site.When(new CreateSite(known.Id, "site", "Africa/Kinshasa", "USD"));
        site.When(change).IsRefused(SiteRefusal.InvalidName);
        site.When(change = change with { Name = "Gombe" }).IsRefused(SiteRefusal.UnknownTimeZone);
        site.When(change = change with { TimeZone = "Europe/Paris" }).IsRefused(SiteRefusal.UnknownCurrency);
        site.When(change = change with { Currency = "EUR" }).Tells<SiteChanged>();

        town.AddPlan("Month", new PlanLength(1, null), null, town.AddZone(known, "Weights"));
        site.When(change).IsRefused(SiteRefusal.CurrencyInUse);
        Assert.Equal(
            new SiteChanged("Gombe", "Europe/Paris", "USD"),
            site.When(change with { Currency = "USD" }).Tells<SiteChanged>());
        site.When(new ChangeSite(known.Id, "site", "Africa/Kinshasa", "USD")).TellsNothing();
    }

    [Fact]
    public void Hours_AreRefused_InOrder()
    {
        var week = new ScheduleWindow([DayOfWeek.Monday], new TimeOnly(6, 0), new TimeOnly(22, 0));
        var noel = new SpecialDay(new DateOnly(2026, 12, 25), "Noël", null, null);
        var set = new SetOpeningHours(Site, new OpeningHours([week with { Days = [] }], []));
        site.When(set).IsRefused(SiteRefusal.NotFound);
        site.When(new CreateSite(Site, "Gombe", "Africa/Kinshasa", "USD"));
        site.When(set).IsRefused(SiteRefusal.InvalidHours);
        site.When(set with { Hours = new OpeningHours([week], [noel, noel]) }).IsRefused(SiteRefusal.InvalidHours);
        var half = noel with { From = new TimeOnly(9, 0) };
        site.When(set with { Hours = new OpeningHours([week], [half]) }).IsRefused(SiteRefusal.InvalidHours);
        site.When(set with { Hours = new OpeningHours([week, week], [noel]) })
            .IsRefused(SiteRefusal.OverlappingHours);
        site.When(set with { Hours = new OpeningHours([week], [noel]) }).Tells<OpeningHoursSet>();
    }

    [Fact]
    public void Location_IsOnEarth_OrNotKnown()
    {
        var locate = new LocateSite(Site, new GeoPoint(-4_303_300, 15_310_500));
        site.When(locate).IsRefused(SiteRefusal.NotFound);
        site.When(new CreateSite(Site, "Gombe", "Africa/Kinshasa", "USD"));
        foreach (var (latitude, longitude) in new[]
        {
            (90_000_001, 0), (-90_000_001, 0), (0, 180_000_001), (0, int.MinValue),
        })
        {
            site.When(locate with { Location = new GeoPoint(latitude, longitude) })
                .IsRefused(SiteRefusal.InvalidLocation);
        }

        site.When(locate with { Location = new GeoPoint(90_000_000, -180_000_000) }).Tells<SiteLocated>();
        Assert.Null(site.When(locate with { Location = null }).Tells<SiteLocated>().Location);
    }

    [Fact]
    public void Location_SurvivesItsRow_AndItsEnd()
    {
        var place = new GeoPoint(-4_303_300, 15_310_500);
        var row = Row(new SiteLocated(place));
        Assert.Equal(place, SiteView.Location((string)row["location"]!));
        Assert.Null(Row(new SiteLocated(null))["location"]);

        static IReadOnlyDictionary<string, object?> Row(IEvent happened) => Assert.Single(
            new SiteView().Map(new Recorded(1, Site.Grain, 1, DateTimeOffset.UnixEpoch, "system", happened))).Columns!;
    }

    [Fact]
    public void Hours_OfADay_AreThoseOfTheWeek_UnlessItDiffers()
    {
        var monday = new DateOnly(2026, 12, 21);
        var morning = new ScheduleWindow([DayOfWeek.Monday], new TimeOnly(6, 0), new TimeOnly(12, 0));
        var evening = morning with { From = new TimeOnly(14, 0), To = new TimeOnly(0, 0) };
        var shorter = new SpecialDay(monday.AddDays(7), "Fête", new TimeOnly(8, 0), new TimeOnly(11, 0));
        var closed = new SpecialDay(monday.AddDays(14), null, null, null);
        var hours = new OpeningHours([evening, morning], [shorter, closed]);
        Assert.Equal([(morning.From, morning.To), (evening.From, evening.To)], hours.On(monday));
        Assert.Empty(hours.On(monday.AddDays(1)));
        Assert.Equal([(new TimeOnly(8, 0), new TimeOnly(11, 0))], hours.On(monday.AddDays(7)));
        Assert.Empty(hours.On(monday.AddDays(14)));
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

        var changed = new SiteChanged("Ngaliema", "Europe/Paris", "EUR");
        row = Assert.Single(new SiteView().Map(new Recorded(2, Site.Grain, 2, site.Now, "system", changed)));
        Assert.Equal(
            new SiteCreated("Ngaliema", "Europe/Paris", "EUR").ToFacts(Site),
            SiteView.Facts(row.Key, (string)row.Columns!["facts"]!));
    }
}
