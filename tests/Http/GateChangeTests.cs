using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>A gate that is set up otherwise later on: doors obey at once, no device keeps old rules.</summary>
public sealed class GateChangeTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Change_IsShown_AndObeyedAtTheDoor_AtOnce()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        var pool = await club.Zone(place.Site);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");

        (await Change(place.Gate.Id, "Porte du bassin", pool, "in")).Ok();
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "wrong_zone");
        var shown = await Shown(place.Gate.Id);
        Assert.Equal(("Porte du bassin", pool, "in", place.Site), (
            shown.GetProperty("name").GetString(), shown.GetProperty("zoneId").GetString(),
            shown.GetProperty("direction").GetString(), shown.GetProperty("siteId").GetString()));
        (await Change(place.Gate.Id, "Porte", place.Zone, "both")).Ok();
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
    }

    [Fact]
    public async Task Change_LeavesWhatElseWasSaid_AlsoAfterARestart()
    {
        var place = await club.Place();
        (await club.Admin.Post($"/api/gates/{place.Gate.Id}/disable")).Ok();
        (await Change(place.Gate.Id, "Porte sud", place.Zone, "out")).Ok();
        await IsAsSaid();
        await club.Restart();
        await IsAsSaid();

        async Task IsAsSaid()
        {
            var shown = await Shown(place.Gate.Id);
            Assert.True(shown.GetProperty("disabled").GetBoolean());
            Assert.Equal("Porte sud", shown.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task WhereItLeads_Stays_WhileADeviceIsInPlace()
    {
        var place = await club.Place();
        var pool = await club.Zone(place.Site);
        var code = (await club.Admin.Post($"/api/gates/{place.Gate.Id}/enrolment")).Ok()["code"];
        var nonce = new string('n', 20);
        var told = (await club.Stranger.Post("/api/gates/enrol", new { code, nonce })).Ok();
        Assert.Equal(place.Zone, told["zoneId"]);

        (await Change(place.Gate.Id, "Porte", pool, "both")).Refused(409, "device_in_place");
        (await Change(place.Gate.Id, "Porte", place.Zone, "both", confirmsPassage: true))
            .Refused(409, "device_in_place");
        (await Change(place.Gate.Id, "Renommée", place.Zone, "out")).Ok();

        (await club.Admin.Post($"/api/gates/{place.Gate.Id}/key")).Ok();
        (await Change(place.Gate.Id, "Renommée", pool, "out", confirmsPassage: true)).Ok();
        code = (await club.Admin.Post($"/api/gates/{place.Gate.Id}/enrolment")).Ok()["code"];
        told = (await club.Stranger.Post("/api/gates/enrol", new { code, nonce })).Ok();
        Assert.Equal((pool, "Renommée"), (told["zoneId"], told["name"]));
    }

    [Fact]
    public async Task Change_IsRefused_WithTheFieldThatIsWrong_AndChangesNothing()
    {
        var place = await club.Place();
        var before = (await Shown(place.Gate.Id)).GetRawText();
        var wrong = (await club.Admin.Post($"/api/gates/{place.Gate.Id}", new { direction = "up" }))
            .Refused(400, "invalid_request");
        foreach (var field in new[] { "name", "zoneId", "direction", "confirmsPassage" })
        {
            Assert.Contains($"\"{field}\"", wrong.Text, StringComparison.Ordinal);
        }

        (await Change("nothing", "Porte", place.Zone, "in")).Refused(404, "not_found");
        Assert.Equal(before, (await Shown(place.Gate.Id)).GetRawText());
    }

    private Task<Reply> Change(
        string gate, string name, string zoneId, string direction, bool confirmsPassage = false) =>
        club.Admin.Post($"/api/gates/{gate}", new { name, zoneId, direction, confirmsPassage });

    private async Task<JsonElement> Shown(string gate) =>
        (await club.Admin.Get("/api/gates")).Ok().Items.Single(g => g.GetProperty("id").GetString() == gate);
}
