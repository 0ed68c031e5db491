using System.Globalization;
using System.Text.Json;
using SmartClub.Grains.Gates;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>What the club answers about a moment that is over is what it answered then.</summary>
public sealed class PastTests(HttpClub club) : IClassFixture<HttpClub>
{
    // Signs of life are looked at every five seconds; what they showed stands in the journal then.
    private static readonly TimeSpan NoticedWithin = TimeSpan.FromSeconds(10);

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

    [Fact]
    public async Task Doors_AsOfAMoment_StandAsTheyDidThen()
    {
        var place = await club.Place();
        var quiet = await club.Gate(place.Site, place.Zone);
        var guest = await club.Guest(place);
        var shown = new List<(string At, string Status, DateTimeOffset Seen)>();
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        await Remember("ok");
        (await club.Admin.Post($"/api/gates/{place.Gate.Id}/disable", new { })).Ok();
        await Remember("disabled");
        (await club.Admin.Post($"/api/gates/{place.Gate.Id}/enable", new { })).Ok();
        await Remember("ok");
        club.Clock.MoveTo(club.Clock.GetUtcNow() + Silo.Limits.GateSilence);
        await Happened<GateFellSilent>();
        await Remember("silent");
        (await place.Gate.Beat()).Ok();
        await Happened<GateReturned>();
        await Remember("ok");

        foreach (var (at, status, seen) in shown)
        {
            var then = await Shown(place.Gate, $"?at={at}");
            Assert.Equal(status, then.GetProperty("status").GetString());
            Assert.InRange(then.GetProperty("lastSeenAt").GetDateTimeOffset() - seen, -NoticedWithin, NoticedWithin);

            // It left no trace in the journal: nobody can tell any more whether it was there.
            var unknown = await Shown(quiet, $"?at={at}");
            Assert.Equal("unknown", unknown.GetProperty("status").GetString());
            Assert.Equal(JsonValueKind.Null, unknown.GetProperty("lastSeenAt").ValueKind);
        }

        async Task Remember(string status)
        {
            var now = await Shown(place.Gate);
            Assert.Equal(status, now.GetProperty("status").GetString());
            shown.Add((Moment(), status, now.GetProperty("lastSeenAt").GetDateTimeOffset()));
        }

        Task Happened<TEvent>() => club.Silo.Commits.Row(r =>
            r.Grain == GateId.Parse(place.Gate.Id, null).Grain && r.Events.Any(e => e is TEvent))
            .Happens(typeof(TEvent).Name);
    }

    [Fact]
    public async Task Name_AsOfAMoment_IsThatOfThen()
    {
        var member = await club.Member("Ruth");
        var before = Moment();
        (await club.Admin.Post(
            $"/api/members/{member}/details", new { firstName = "Ruth-Marie", lastName = "Mbuyi" })).Ok();
        var between = Moment();
        (await club.Admin.Post($"/api/members/{member}/details", new { firstName = "R.", lastName = "M." })).Ok();
        Assert.StartsWith("Ruth ", await Name($"?at={before}"), StringComparison.Ordinal);
        Assert.Equal("Ruth-Marie Mbuyi", await Name($"?at={between}"));
        Assert.Equal("R. M.", await Name(""));

        async Task<string> Name(string at) =>
            (await club.Admin.Get($"/api/members/{member}{at}")).Ok()["displayName"];
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

    private async Task<JsonElement> Shown(GateDevice gate, string query = "") =>
        (await club.Admin.Get($"/api/live{query}")).Ok().Body.GetProperty("gates").EnumerateArray()
            .Single(g => g.GetProperty("id").GetString() == gate.Id);

    private string Moment() => Uri.EscapeDataString(
        club.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));

    private static string Text(Reply reply) => reply.Ok().Body.GetRawText();

    private static string Items(Reply reply) => reply.Ok().Body.GetProperty("items").GetRawText();

    // Of gates the journal knows less than the board did; and what was asked a moment later bears a later time.
    private static string Board(Reply reply)
    {
        var body = reply.Ok().Body;
        return JsonSerializer.Serialize(new[] { "sites", "zones", "today", "decisions" }.Select(body.GetProperty));
    }
}
