namespace SmartClub.Tests.Http;

/// <summary>People at doors who are no members: day visitors, guests, staff and suppliers.</summary>
public sealed class VisitorTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task DayPass_OpensForOneVisit_OnOneDay_WithAPrintedCode()
    {
        var place = await club.Place();
        var visitor = await Person("visitor");
        var term = await club.Membership(visitor, await DayPlan(place, visits: 1), club.Clock.Day());
        Assert.Equal(club.Clock.Day(), term["expiresOn"]);
        var path = $"/api/members/{visitor}/printed-codes";
        var key = ("Idempotency-Key", $"code {club.Number()}");
        var code = (await club.Admin.Post(path, null, key)).Ok();
        Assert.Equal(code["value"], (await club.Admin.Post(path, null, key)).Ok()["value"]);
        Assert.NotEqual(code["value"], (await club.Admin.Post(path)).Ok()["value"]);
        Assert.Equal(24, code["value"].Length);

        (await place.Gate.Scan(code["value"], kind: "qr")).Decides("grant", "ok");
        (await place.Gate.Scan(code["value"], "out", kind: "qr")).Decides("grant", "ok");
        (await place.Gate.Scan(code["value"], kind: "qr")).Decides("deny", "quota_exhausted");
        var shown = (await club.Admin.Get($"/api/members/{visitor}")).Ok();
        Assert.Equal("visitor", shown["kind"]);
    }

    [Fact]
    public async Task Guest_FollowsTheirHost_AndNoFurtherThanThePlanAllows()
    {
        var place = await club.Place();
        var host = await club.Guest(place, "Hélène");
        (await club.Admin.Post($"/api/plans/{place.Plan}/guests", new { guestsPerPeriod = 1 })).Ok();
        var visitor = await Person("visitor");
        var badge = await club.Badge(visitor);
        var planId = await DayPlan(place);
        var invitation = new { guestId = visitor, planId, startsOn = club.Clock.Day(), paid = true };
        var guests = $"/api/members/{host.Member}/guests";
        var key = ("Idempotency-Key", $"guest {club.Number()}");

        var term = (await club.Admin.Post(guests, invitation, key)).Ok();

        Assert.Equal(term["id"], (await club.Admin.Post(guests, invitation, key)).Ok()["id"]);
        (await club.Admin.Post(guests, invitation)).Refused(409, "no_guests_left");
        var early = (await place.Gate.Scan(badge)).Decides("deny", "outside_hours");
        Assert.Equal("Your host is not here yet", early.Body.GetProperty("display").GetProperty("en").GetString());
        (await place.Gate.Scan(host.Badge)).Decides("grant", "ok");
        (await place.Gate.Scan(badge)).Decides("grant", "ok");
        (await place.Gate.Scan(host.Badge, "out")).Decides("grant", "ok");
        (await place.Gate.Scan(badge, "out")).Decides("grant", "ok");
        var last = (await place.Gate.Scan(badge)).Decides("deny", "outside_hours");

        Assert.Contains("Guest of Hélène Lukusa", await Timeline(visitor, last.DecidedAt()));
        Assert.Contains("Invited Ruth Lukusa (1 of 1)", await Timeline(host.Member, last.DecidedAt()));
        var membership = (await club.Admin.Get($"/api/members/{visitor}")).Ok().Body.GetProperty("memberships")[0];
        Assert.Equal(host.Member, membership.GetProperty("hostId").GetString());
        Assert.Contains(AllowListTests.Hash(place.Gate, host.Badge), await Listed(place.Gate));
        Assert.DoesNotContain(AllowListTests.Hash(place.Gate, badge), await Listed(place.Gate));
    }

    [Fact]
    public async Task Supplier_ComesAtTheirGateOnly_AlsoWhereItIsAlone()
    {
        var place = await club.Place();
        var front = await club.Gate(place.Site, place.Zone);
        var supplier = await Person("supplier");
        var badge = await club.Badge(supplier);
        var term = (await club.Admin.Post($"/api/members/{supplier}/rights", new
        {
            siteId = place.Site,
            name = "Livraisons",
            entitlements = new[] { new { zoneId = place.Zone } },
            startsOn = club.Clock.Day(-1),
            lastDay = club.Clock.Day(30),
            gateIds = new[] { place.Gate.Id },
        })).Ok();

        Assert.Equal(club.Clock.Day(30), term["expiresOn"]);
        (await front.Scan(badge)).Decides("deny", "wrong_zone");
        (await place.Gate.Scan(badge)).Decides("grant", "ok");
        Assert.Contains(AllowListTests.Hash(place.Gate, badge), await Listed(place.Gate));
        Assert.DoesNotContain(AllowListTests.Hash(front, badge), await Listed(front));
        Assert.Contains("Livraisons", string.Join('\n', await Timeline(supplier, term.Position)));
        (await club.Admin.Post($"/api/members/{supplier}/kind", new { kind = "member" })).Ok();
        Assert.Equal("member", (await club.Admin.Get($"/api/members/{supplier}")).Ok()["kind"]);
    }

    [Fact]
    public async Task Rights_AreGiven_OnlyAtOnesOwnSites()
    {
        var (here, there) = (await club.Place(), await club.Place());
        var supplier = await Person("staff");
        foreach (var (site, zone) in new[] { (here.Site, there.Zone), (there.Site, here.Zone) })
        {
            (await club.Admin.Post($"/api/members/{supplier}/rights", new
            {
                siteId = site,
                name = "Équipe",
                entitlements = new[] { new { zoneId = zone } },
                startsOn = club.Clock.Day(),
                lastDay = club.Clock.Day(),
            })).Refused(422, "unknown_zone");
        }
    }

    private async Task<string> Person(string kind) =>
        (await club.Admin.Post("/api/members", new { firstName = "Ruth", lastName = "Lukusa", kind })).Ok()["id"];

    private async Task<string> DayPlan(Place place, int? visits = null) => (await club.Admin.Post("/api/plans", new
    {
        name = $"Journée {club.Number()}",
        days = 1,
        price = new { amount = 500, currency = "USD" },
        entitlements = new[] { new { zoneId = place.Zone } },
        visitsPerPeriod = visits,
    })).Ok()["id"];

    private async Task<List<string?>> Timeline(string member, long? after) =>
    [
        .. (await club.Admin.Get($"/api/members/{member}/timeline?after={after}")).Ok().Items
            .Select(i => i.GetProperty("text").GetProperty("en").GetString()),
    ];

    private static async Task<List<string?>> Listed(GateDevice gate) =>
    [
        .. (await gate.Fetch("/api/gates/v1/allow-list?since=0")).Ok().Body.GetProperty("upsert").EnumerateArray()
            .Select(e => e.GetProperty("h").GetString()),
    ];
}
