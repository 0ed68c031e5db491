namespace SmartClub.Tests.Http;

/// <summary>A zone that is set up otherwise later on: doors obey at once, and nobody loses their place.</summary>
public sealed class ZoneTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Change_IsObeyedAtTheDoor_AtOnce()
    {
        var place = await club.Place(antiPassback: "hard", capacity: 1);
        var (first, second) = (await club.Guest(place), await club.Guest(place, "Ben"));
        (await place.Gate.Scan(first.Badge)).Decides("grant", "ok");
        (await place.Gate.Scan(first.Badge)).Decides("deny", "anti_passback");
        (await place.Gate.Scan(second.Badge)).Decides("deny", "capacity_full");

        (await Change(place.Zone, "soft", 2)).Ok();
        (await place.Gate.Scan(first.Badge)).Decides("grant", "ok");
        (await place.Gate.Scan(second.Badge)).Decides("grant", "ok");

        var shown = (await club.Admin.Get("/api/zones")).Ok()
            .Items.Single(z => z.GetProperty("id").GetString() == place.Zone);
        Assert.Equal("Bassin", shown.GetProperty("name").GetString());
        Assert.Equal("soft", shown.GetProperty("antiPassback").GetString());
        Assert.Equal(2, shown.GetProperty("capacity").GetInt32());
        Assert.Equal(place.Site, shown.GetProperty("siteId").GetString());
    }

    [Fact]
    public async Task Change_IsRefused_WithTheFieldThatIsWrong_AndChangesNothing()
    {
        var place = await club.Place(antiPassback: "hard");
        (await Change(place.Zone, "sometimes", 1)).Refused(400, "invalid_request");
        (await Change(place.Zone, "soft", 0)).Refused(400, "invalid_request");
        (await Change("zon_00000000000000000000000000", "soft", 1)).Refused(404, "not_found");
        (await Change("nothing", "soft", 1)).Refused(404, "not_found");
        var shown = (await club.Admin.Get("/api/zones")).Ok()
            .Items.Single(z => z.GetProperty("id").GetString() == place.Zone);
        Assert.Equal("hard", shown.GetProperty("antiPassback").GetString());
    }

    private Task<Reply> Change(string zone, string antiPassback, int? capacity) => club.Admin.Post(
        $"/api/zones/{zone}", new { name = "Bassin", antiPassback, forgivenessMinutes = 0, capacity });
}
