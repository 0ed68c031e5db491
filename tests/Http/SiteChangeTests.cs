using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>A site whose name was misspelt, or whose clock was the wrong one.</summary>
public sealed class SiteChangeTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task TimeZone_CountsAtTheDoor_FromNowOn_ThroughANightOfChangedClocks()
    {
        await At(new DateTimeOffset(2027, 3, 27, 10, 30, 0, TimeSpan.Zero));
        var place = await club.Place();
        string[] every = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        var mornings = new[] { new { days = every, from = "08:00", to = "12:00" } };
        var member = await club.Member();
        await club.Membership(member, await club.Plan(place.Zone, schedule: mornings), club.Clock.Day(-1));
        var badge = await club.Badge(member);
        (await place.Gate.Scan(badge)).Decides("grant", "ok");

        // On this morning both clocks say half past eleven; on the next Paris is an hour ahead.
        (await Change(place.Site, "Paris", "Europe/Paris")).Ok();
        (await place.Gate.Scan(badge)).Decides("grant", "ok");
        await At(new DateTimeOffset(2027, 3, 28, 10, 30, 0, TimeSpan.Zero));
        (await place.Gate.Scan(badge)).Decides("deny", "outside_hours");
        (await Change(place.Site, "Paris", "Africa/Kinshasa")).Ok();
        (await place.Gate.Scan(badge)).Decides("grant", "ok");
    }

    [Fact]
    public async Task TimeZone_TellsTheDoorItsDays_AndLeavesTheFileItsMoments()
    {
        await At(new DateTimeOffset(2027, 6, 11, 20, 0, 0, TimeSpan.Zero));
        var place = await club.Place();
        var guest = await club.Guest(place);
        var plan = (await club.Admin.Post("/api/plans", new
        {
            name = "Deux jours",
            days = 2,
            price = new { amount = 500, currency = "USD" },
            entitlements = new[] { new { zoneId = place.Zone } },
        })).Ok()["id"];
        var member = await club.Member();
        await club.Membership(member, plan, club.Clock.Day(-1));
        var badge = await club.Badge(member);
        (await place.Gate.Scan(badge)).Decides("grant", "ok");

        // In Auckland it is Saturday already: its second day is over at the door, and only there.
        (await Change(place.Site, "Auckland", "Pacific/Auckland")).Ok();
        (await place.Gate.Scan(badge)).Decides("deny", "expired");
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        var file = (await club.Admin.Get($"/api/members/{member}")).Ok().Body;
        Assert.Equal("active", file.GetProperty("status").GetString());
        Assert.Equal("2027-06-11", file.GetProperty("expiresOn").GetString());
    }

    [Fact]
    public async Task Change_LeavesHoursAndPlace_AlsoAfterARestart()
    {
        var site = await club.Site();
        var week = new[] { new { days = new[] { "mon" }, from = "08:00", to = "12:00" } };
        (await club.Admin.Post($"/api/sites/{site}/hours", new { week })).Ok();
        (await club.Admin.Post($"/api/sites/{site}/location", new { latitude = -4.3, longitude = 15.3 })).Ok();
        (await Change(site, "Limete", "Europe/Paris", "CDF")).Ok();
        await IsAsSaid();
        await club.Restart();
        await IsAsSaid();

        async Task IsAsSaid()
        {
            var shown = await Shown(site);
            Assert.Equal(("Limete", "Europe/Paris", "CDF"), (
                shown.GetProperty("name").GetString(), shown.GetProperty("timeZone").GetString(),
                shown.GetProperty("currency").GetString()));
            Assert.Equal("08:00", shown.GetProperty("hours").GetProperty("week")[0].GetProperty("from").GetString());
            Assert.Equal(-4.3, shown.GetProperty("location").GetProperty("latitude").GetDouble());
        }
    }

    [Fact]
    public async Task Change_IsRefused_WithTheFieldThatIsWrong_AndOncePlansHavePrices()
    {
        var place = await club.Place();
        (await Change(place.Site, " ", "Europe/Paris")).Refused(400, "invalid_request");
        (await Change(place.Site, "Gombe", "../../etc/passwd")).Refused(400, "invalid_request");
        (await Change(place.Site, "Gombe", "Africa/Kinshasa", "CDF")).Refused(409, "currency_in_use");
        (await Change("nothing", "Gombe", "Africa/Kinshasa")).Refused(404, "not_found");
        Assert.Equal("USD", (await Shown(place.Site)).GetProperty("currency").GetString());
    }

    private async Task At(DateTimeOffset now)
    {
        club.Clock.MoveTo(now);
        await club.SignInAdmin();
    }

    private Task<Reply> Change(string site, string name, string timeZone, string currency = "USD") =>
        club.Admin.Post($"/api/sites/{site}", new { name, timeZone, currency });

    private async Task<JsonElement> Shown(string site) =>
        (await club.Admin.Get("/api/sites")).Ok().Items.Single(s => s.GetProperty("id").GetString() == site);
}
