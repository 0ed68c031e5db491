using System.Globalization;
using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>Members, their memberships and badges, from the desk to the door.</summary>
public sealed class MemberTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Member_IsShownWhole_WithMembershipsAndCredentials()
    {
        var place = await club.Place();
        var made = (await club.Admin.Post("/api/members", new
        {
            firstName = "Ruth",
            lastName = "Lukusa",
            email = "ruth@example.org",
            phone = "+243 810 000 000",
        })).Ok();
        var term = await club.Membership(made["id"], place.Plan, club.Clock.Day());
        await club.Badge(made["id"]);

        var member = (await club.Admin.Get($"/api/members/{made["id"]}")).Ok();

        Assert.Equal(made["id"], member["id"]);
        Assert.Equal(made["code"], member["code"]);
        Assert.Equal("Ruth Lukusa", member["displayName"]);
        Assert.Equal("ruth@example.org", member["email"]);
        Assert.Equal("active", member["status"]);
        Assert.Equal(term["expiresOn"], member["expiresOn"]);
        var membership = Assert.Single(member.Body.GetProperty("memberships").EnumerateArray());
        Assert.Equal(term["id"], membership.GetProperty("id").GetString());
        var price = membership.GetProperty("price");
        Assert.Equal(3_000, price.GetProperty("amount").GetInt64());
        Assert.Equal("USD", price.GetProperty("currency").GetString());
        var badge = Assert.Single(member.Body.GetProperty("credentials").EnumerateArray());
        Assert.Equal("rfid", badge.GetProperty("kind").GetString());
        Assert.False(badge.TryGetProperty("value", out _));
    }

    [Theory]
    [InlineData("ruth")]
    [InlineData("LUKUSÁ")]
    [InlineData("810 111")]
    [InlineData("ruth.l@example.org")]
    public async Task Search_Finds_ByNamePhoneAndEmail(string words)
    {
        var made = (await club.Admin.Post("/api/members", new
        {
            firstName = "Ruth",
            lastName = "Lukusa",
            email = "ruth.l@example.org",
            phone = "+243 810 111 000",
        })).Ok();

        var found = (await club.Admin.Get(
            $"/api/members?query={Uri.EscapeDataString(words)}&after={made.Position}")).Ok();

        Assert.Contains(found.Items, m => m.GetProperty("id").GetString() == made["id"]);
        var byCode = (await club.Admin.Get($"/api/members?query={made["code"]}")).Ok();
        Assert.Equal(made["id"], Assert.Single(byCode.Items).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Correction_IsSeenEverywhere_AndTheOldNameNowhere()
    {
        var place = await club.Place();
        var made = (await club.Admin.Post("/api/members", new
        {
            firstName = "Grasse",
            lastName = "Kalonji",
            email = "grasse.k@example.org",
            phone = "+243 810 222 000",
        })).Ok();
        await club.Membership(made["id"], place.Plan, club.Clock.Day());
        var badge = await club.Badge(made["id"]);
        var details = new { firstName = " Grâce ", lastName = "Kalonji", phone = "+243 820 333 000" };

        var changed = (await club.Admin.Post($"/api/members/{made["id"]}/details", details)).Ok();

        // At once, without saying what was just written: at the desk and at the door.
        var member = (await club.Admin.Get($"/api/members/{made["id"]}")).Ok();
        Assert.Equal(("Grâce Kalonji", "Grâce"), (member["displayName"], member["firstName"]));
        Assert.Equal("+243 820 333 000", member["phone"]);
        Assert.Equal(JsonValueKind.Null, member.Body.GetProperty("email").ValueKind);
        Assert.Equal(made["code"], member["code"]);
        (await place.Gate.Scan(badge)).Decides("grant", "ok");
        Assert.Equal([made["id"]], await Found("grace kalonji"));
        Assert.Equal([made["id"]], await Found("820333000"));
        Assert.Empty(await Found("grasse"));
        var timeline = (await club.Admin.Get($"/api/members/{made["id"]}/timeline")).Ok();
        Assert.Contains(timeline.Items, i => i.GetProperty("type").GetString() == "member.details_changed");

        async Task<IEnumerable<string?>> Found(string words) =>
            (await club.Admin.Get($"/api/members?query={words}&after={changed.Position}")).Ok()
                .Items.Select(m => m.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Correction_IsRefused_WithTheFieldThatIsWrong()
    {
        var member = await club.Member("Ruth");
        var path = $"/api/members/{member}/details";
        (await club.Admin.Post(path, new { firstName = "", lastName = "Lukusa" })).Refused(400, "invalid_request");
        (await club.Admin.Post(path, new { firstName = "Ruth", lastName = "Lukusa", email = "ruth" }))
            .Refused(400, "invalid_request");
        (await club.Admin.Post(
            "/api/members/mbr_00000000000000000000000000/details", new { firstName = "Ruth", lastName = "Lukusa" }))
            .Refused(404, "not_found");
        Assert.StartsWith("Ruth", (await club.Admin.Get($"/api/members/{member}")).Ok()["displayName"]);
    }

    [Fact]
    public async Task Suspension_ClosesTheDoor_UntilItEnds()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");

        var suspended = (await club.Admin.Post($"/api/members/{guest.Member}/suspend", new { reason = "dette" })).Ok();
        Assert.Equal("suspended", suspended["status"]);
        (await place.Gate.Scan(guest.Badge, "out")).Decides("grant", "ok");
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "suspended");
        var resumed = (await club.Admin.Post($"/api/members/{guest.Member}/resume", new { reason = "payé" })).Ok();
        Assert.Equal("active", resumed["status"]);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
    }

    [Fact]
    public async Task Membership_OpensTheDoor_WhenPaidAndNotFrozen()
    {
        var place = await club.Place();
        var member = await club.Member();
        var badge = await club.Badge(member);
        (await place.Gate.Scan(badge)).Decides("deny", "expired");
        var term = await club.Membership(member, place.Plan, club.Clock.Day(-1), paid: false);
        var path = $"/api/members/{member}/memberships/{term["id"]}";

        (await place.Gate.Scan(badge)).Decides("deny", "payment_overdue");
        (await club.Admin.Post(path + "/pay")).Ok();
        (await club.Admin.Post(path + "/freeze", new { reason = "voyage" })).Ok();
        (await place.Gate.Scan(badge)).Decides("deny", "frozen");
        (await club.Admin.Post(path + "/unfreeze")).Ok();
        (await place.Gate.Scan(badge)).Decides("grant", "ok");
    }

    [Fact]
    public async Task Badge_OpensTheDoorAtOnce_AndNeverAgainWhenRevoked()
    {
        var place = await club.Place();
        var member = await club.Member();
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        for (var i = 0; i < 20; i++)
        {
            var value = $"instant {club.Number()}";
            var badge = (await club.Admin.Post($"/api/members/{member}/credentials", new { kind = "nfc", value })).Ok();
            (await place.Gate.Scan(value, kind: "nfc")).Decides("grant", "ok");
            (await place.Gate.Scan(value, "out", kind: "nfc")).Decides("grant", "ok");
            (await club.Admin.Post($"/api/members/{member}/credentials/{badge["id"]}/revoke")).Ok();
            (await place.Gate.Scan(value, kind: "nfc")).Decides("deny", "revoked");
        }
    }

    [Fact]
    public async Task Gate_LetsNobodyIn_WhileDisabled_AndEverybodyOut()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        (await club.Admin.Post($"/api/gates/{place.Gate.Id}/disable")).Ok();

        (await place.Gate.Scan(guest.Badge, "out")).Decides("grant", "ok");
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "device_disabled");
        (await place.Gate.Scan("nobody's")).Decides("deny", "device_disabled");
        (await club.Admin.Post($"/api/gates/{place.Gate.Id}/enable")).Ok();
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
    }

    [Fact]
    public async Task Timeline_TellsNewestFirst_InBothLanguages()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        var last = (await club.Admin.Post($"/api/members/{guest.Member}/suspend", new { reason = "dette" })).Ok();

        var timeline = (await club.Admin.Get($"/api/members/{guest.Member}/timeline?after={last.Position}")).Ok();

        var types = timeline.Items.Select(i => i.GetProperty("type").GetString()).ToList();
        Assert.Equal("member.suspended", types[0]);
        Assert.Equal("member.registered", types[^1]);
        Assert.Contains("access.granted", types);
        var positions = timeline.Items.Select(i => i.GetProperty("position").GetInt64()).ToList();
        Assert.Equal(positions.OrderDescending(), positions);
        Assert.Equal(last.Position, positions[0]);
        Assert.All(timeline.Items, item =>
        {
            var text = item.GetProperty("text");
            Assert.NotEqual(text.GetProperty("fr").GetString(), text.GetProperty("en").GetString());
            Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(
                item.GetProperty("at").GetString()!, CultureInfo.InvariantCulture).Offset);
        });
    }
}
