using SmartClub.Grains.Members;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>Scans: what is decided, once and for all, however often a door asks.</summary>
public sealed class AccessTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Scan_IsAnsweredWhole()
    {
        var place = await club.Place();
        var guest = await club.Guest(place, "Grace");

        var answer = (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");

        Assert.NotEmpty(answer["ticketId"]);
        Assert.True(answer.DecidedAt() > 0);
        var member = answer.Body.GetProperty("member");
        Assert.Equal("Grace Lukusa", member.GetProperty("displayName").GetString());
        Assert.True(member.TryGetProperty("photoUrl", out _));
        Assert.All((string[])["fr", "en"], language => Assert.Contains(
            "Grace", answer.Body.GetProperty("display").GetProperty(language).GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scan_GetsItsFirstAnswer_UnderANewSequence_AndAfterARestart()
    {
        var place = await club.Place("hard");
        var guest = await club.Guest(place);
        var first = (await place.Gate.Scan(guest.Badge, scanId: "s1")).Decides("grant", "ok");
        var refused = (await place.Gate.Scan(guest.Badge, scanId: "s2")).Decides("deny", "anti_passback");
        (await club.Admin.Post($"/api/members/{guest.Member}/suspend", new { reason = "dette" })).Ok();

        Assert.Equal(first.Text, (await place.Gate.Scan(guest.Badge, scanId: "s1")).Ok().Text);
        await club.Restart();
        Assert.Equal(first.Text, (await place.Gate.Scan(guest.Badge, scanId: "s1")).Ok().Text);
        Assert.Equal(refused.Text, (await place.Gate.Scan(guest.Badge, scanId: "s2")).Ok().Text);
        (await place.Gate.Scan(guest.Badge, "out", "s1")).Decides("grant", "ok");
        (await place.Gate.Scan(guest.Badge, scanId: "s3")).Decides("deny", "suspended");
    }

    [Fact]
    public async Task Scan_OfNobody_IsRefusedAfreshEachTime()
    {
        var place = await club.Place();
        var answer = (await place.Gate.Scan("nobody's", scanId: "n1")).Decides("deny", "unknown_credential");
        Assert.Null(answer.DecidedAt());
        Assert.True(!answer.Body.TryGetProperty("member", out var member)
            || member.ValueKind == System.Text.Json.JsonValueKind.Null);

        var owner = await club.Member();
        await club.Membership(owner, place.Plan, club.Clock.Day());
        (await club.Admin.Post($"/api/members/{owner}/credentials", new { kind = "rfid", value = "nobody's" })).Ok();
        (await place.Gate.Scan("nobody's", scanId: "n1")).Decides("grant", "ok");
        (await place.Gate.Scan("nobody's", kind: "nfc")).Decides("deny", "unknown_credential");
        (await place.Gate.Scan("SC1.e30.AA", kind: "qr")).Decides("deny", "pass_invalid");
    }

    [Fact]
    public async Task AntiPassback_RefusesWhoIsInside_WhenHard()
    {
        var place = await club.Place("hard");
        var guest = await club.Guest(place);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "anti_passback");
        (await place.Gate.Scan(guest.Badge, "out")).Decides("grant", "ok");
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
    }

    [Theory]
    [InlineData("soft")]
    [InlineData("off")]
    public async Task Quota_CountsComingInAgainAsTheSameVisit(string antiPassback)
    {
        var place = await club.Place(antiPassback, visitsPerPeriod: 1);
        var guest = await club.Guest(place);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        (await place.Gate.Scan(guest.Badge, "out")).Decides("grant", "ok");
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "quota_exhausted");
    }

    [Fact]
    public async Task GoingOut_IsGranted_ToWhoIsNotInside()
    {
        var place = await club.Place("hard");
        var guest = await club.Guest(place);
        var answer = (await place.Gate.Scan(guest.Badge, "out")).Decides("grant", "ok");

        var live = (await club.Admin.Get($"/api/live?after={answer.DecidedAt()}")).Ok();
        var decision = live.Body.GetProperty("decisions").EnumerateArray()
            .Single(d => d.GetProperty("id").GetString() == $"{answer.DecidedAt()}");
        Assert.Contains("not_inside", decision.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
    }

    [Fact]
    public async Task Scan_IsRefused_InAZoneOrHourThatIsNotIncluded()
    {
        var place = await club.Place();
        var elsewhere = await club.Zone(place.Site);
        var gate = await club.Gate(place.Site, elsewhere);
        var guest = await club.Guest(place);
        (await gate.Scan(guest.Badge)).Decides("deny", "wrong_zone");

        var never = new[] { new { days = new[] { Weekday(3) }, from = "09:00", to = "18:00" } };
        var member = await club.Member();
        await club.Membership(member, await club.Plan(elsewhere, schedule: never), club.Clock.Day());
        (await gate.Scan(await club.Badge(member))).Decides("deny", "outside_hours");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Capacity_LetsInExactlyAsManyAsHavePlace_WhenAllComeAtOnce(bool confirmsPassage)
    {
        var place = await club.Place(capacity: 20, confirmsPassage: confirmsPassage);
        var guests = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => club.Guest(place)));

        var answers = await Task.WhenAll(guests.Select(g => place.Gate.Scan(g.Badge)));

        Assert.Equal(20, answers.Count(a => a.Ok()["reason"] == "ok"));
        Assert.Equal(30, answers.Count(a => a["reason"] == "capacity_full"));
        var live = (await club.Admin.Get($"/api/live?after={answers.Max(a => a.DecidedAt())}")).Ok();
        var zone = live.Body.GetProperty("zones").EnumerateArray()
            .Single(z => z.GetProperty("id").GetString() == place.Zone);
        Assert.Equal(20, zone.GetProperty("capacity").GetInt32());
        Assert.Equal(confirmsPassage ? 0 : 20, zone.GetProperty("inside").GetInt32());
    }

    [Fact]
    public async Task Door_IsToldToDecideAlone_WhenCommitsAreLate_AndFindsTheAnswerLater()
    {
        var place = await club.Place("hard");
        var guest = await club.Guest(place);
        await using (var hold = await club.HoldCommits())
        {
            (await place.Gate.Ask(guest.Badge, "in", "late")).Refused(503, "journal_late");
            (await place.Gate.Ask(guest.Badge, "in", "late")).Refused(503, "journal_late");
        }

        var granted = await club.Silo.Commits.Row(r =>
                r.Grain == MemberId.Parse(guest.Member, null).Grain && r.Events.Any(e => e is AccessGranted))
            .Happens("the late decision is durable");
        var answer = (await place.Gate.Scan(guest.Badge, scanId: "late")).Decides("grant", "ok");
        Assert.Equal(granted.Position, answer.DecidedAt());
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "anti_passback");
    }

    private string Weekday(int fromToday) =>
        club.Clock.GetUtcNow().AddDays(fromToday).DayOfWeek.ToString()[..3].ToLowerInvariant();
}
