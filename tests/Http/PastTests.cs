using System.Globalization;
using System.Text.Json;

namespace SmartClub.Tests.Http;

/// <summary>What the club answers about a moment that is over is what it answered then.</summary>
public sealed class PastTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Member_AsOfAMoment_IsWhatWasAnsweredThen()
    {
        var place = await club.Place();
        var before = Moment();
        var member = await club.Member("Ruth");
        var answered = new List<(string At, string File, string Timeline, string Inside)>();
        await Remember();
        var badge = await club.Badge(member);
        (await place.Gate.Scan(badge)).Decides("deny", "expired");
        await Remember();
        (await club.Admin.Post($"/api/members/{member}/notes", new { text = "Demande un reçu." })).Ok();
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        await Remember();
        (await place.Gate.Scan(badge)).Decides("grant", "ok");
        await Remember();
        (await club.Admin.Post($"/api/members/{member}/suspend", new { reason = "Règlement" })).Ok();
        await Remember();
        var note = (await club.Admin.Get($"/api/members/{member}")).Ok().Body.GetProperty("notes")[0];
        (await club.Admin.Post(
            $"/api/members/{member}/notes/{note.GetProperty("id").GetString()}/remove", new { })).Ok();
        (await club.Admin.Post($"/api/members/{member}/resume", new { reason = "Réglé" })).Ok();
        await club.Zone(await club.Site());

        foreach (var (at, file, timeline, inside) in answered)
        {
            Assert.Equal(file, Text(await club.Admin.Get($"/api/members/{member}?at={at}")));
            Assert.Equal(timeline, Items(await club.Admin.Get($"/api/members/{member}/timeline?at={at}")));
            Assert.Equal(inside, Board(await club.Admin.Get($"/api/live?at={at}")));
        }

        Assert.Equal(answered.Count, answered.Select(a => a.File).Distinct().Count());
        (await club.Admin.Get($"/api/members/{member}?at={before}")).Refused(404, "not_found");
        (await club.Admin.Get($"/api/members/{member}/timeline?at={before}")).Refused(404, "not_found");

        async Task Remember()
        {
            var last = (await club.Admin.Get($"/api/members/{member}/timeline")).Ok();
            var after = last.Body.GetProperty("asOf").GetInt64();
            var file = Text(await club.Admin.Get($"/api/members/{member}?after={after}"));
            var board = Board(await club.Admin.Get($"/api/live?after={after}"));
            answered.Add((Moment(), file, Items(last), board));
        }
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2999-01-01T00:00:00Z")]
    [InlineData("0001-01-01")]
    public async Task AMomentThatIsNoPast_IsRefused(string at)
    {
        var member = await club.Member();
        (await club.Admin.Get($"/api/members/{member}?at={at}")).Refused(400, "invalid_request");
        (await club.Admin.Get($"/api/members/{member}/timeline?at={at}")).Refused(400, "invalid_request");
        (await club.Admin.Get($"/api/live?at={at}")).Refused(400, "invalid_request");
    }

    private string Moment() => Uri.EscapeDataString(
        club.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));

    private static string Text(Reply reply) => reply.Ok().Body.GetRawText();

    private static string Items(Reply reply) => reply.Ok().Body.GetProperty("items").GetRawText();

    // The health of gates stands in no journal; and what was asked a moment later bears a later time.
    private static string Board(Reply reply)
    {
        var body = reply.Ok().Body;
        return JsonSerializer.Serialize(new[] { "sites", "zones", "today", "decisions" }.Select(body.GetProperty));
    }
}
