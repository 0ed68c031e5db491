using System.Text.Json;
using SmartClub.Grains.Alerts;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;
using Limits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Tests.Http;

/// <summary>From the door's word to somebody who has seen to it.</summary>
public sealed class AlertTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task ForcedDoor_IsSeenTakenAndEnded()
    {
        var place = await club.Place();
        (await place.Gate.Report(Alarm(1, "access.forced"), Alarm(2, "access.forced"))).Ok();
        var opened = await Happened<AlertOpened>(place.Site);
        var alert = Assert.Single(await Alerts(place.Site, opened.Position));
        Assert.Equal(
            ("door_forced", "open", "desk", 2, false),
            (Text(alert, "kind"), Text(alert, "state"), Text(alert, "level"), alert.GetProperty("count").GetInt32(),
                alert.GetProperty("isMine").GetBoolean()));
        Assert.Equal(place.Gate.Id, Text(alert, "gateId"));
        Assert.NotNull(Text(alert, "gateName"));

        var path = $"/api/sites/{place.Site}/alerts/{Text(alert, "id")}";
        var taken = await club.Admin.Post($"{path}/take");
        Assert.Equal(204, taken.Status);
        alert = Assert.Single(await Alerts(place.Site, (await Happened<AlertTaken>(place.Site)).Position));
        Assert.Equal(("taken", true), (Text(alert, "state"), alert.GetProperty("isMine").GetBoolean()));
        Assert.NotNull(Text(alert, "owner"));

        (await club.Admin.Post($"{path}/snooze", new { minutes = 0 })).Refused(400, "invalid_request");
        Assert.Equal(204, (await club.Admin.Post($"{path}/snooze", new { minutes = 30 })).Status);
        (await club.Admin.Post($"{path}/resolve", new { reason = "" })).Refused(400, "invalid_request");
        Assert.Equal(204, (await club.Admin.Post($"{path}/resolve", new { reason = "Livraison" })).Status);
        var ended = (await Happened<AlertResolved>(place.Site)).Position;
        Assert.Empty(await Alerts(place.Site, ended));
        alert = Assert.Single(await Alerts(place.Site, ended, "&state=resolved"));
        Assert.Equal("Livraison", Text(alert, "resolution"));
        (await club.Admin.Post($"{path}/resolve", new { reason = "Livraison" })).Refused(404, "not_found");

        var whole = (await club.Admin.Get($"/api/alerts/{Text(alert, "id")}")).Ok().Body;
        Assert.Equal(
            ["opened", "taken", "snoozed", "resolved"],
            whole.GetProperty("steps").EnumerateArray().Select(s => Text(s, "step")));
    }

    [Fact]
    public async Task MorePassagesThanGrants_AreAnAlert_ThatMovesNobody()
    {
        var place = await club.Place(confirmsPassage: true);
        var guest = await club.Guest(place, "Ruth");
        var ticket = (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok").Body.GetProperty("ticketId");
        (await place.Gate.Report(
            Passage(1, ticket.GetString()), Passage(2, ticket.GetString()), Passage(3, null))).Ok();
        await Happened<AlertRepeated>(place.Site);
        var alert = Assert.Single(await Alerts(place.Site, (await Happened<AlertRepeated>(place.Site)).Position));
        Assert.Equal(("tailgating", 2), (Text(alert, "kind"), alert.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task RepeatedRefusals_AreFound_AndTellWho()
    {
        var place = await club.Place();
        var guest = await club.Guest(place, "Didier");
        (await club.Admin.Post($"/api/members/{guest.Member}/suspend", new { reason = "dette" })).Ok();
        for (var i = 0; i < Limits.RefusalsOfPerson; i++)
        {
            (await place.Gate.Scan(guest.Badge)).Decides("deny", "suspended");
        }

        var opened = await Happened<AlertOpened>(place.Site);
        var alert = Assert.Single(await Alerts(place.Site, opened.Position));
        Assert.Equal(("many_refusals", guest.Member), (Text(alert, "kind"), Text(alert, "memberId")));
        Assert.Contains("Didier", Text(alert, "memberName"));
    }

    [Fact]
    public async Task AlertThatNobodyTakes_IsToldToTheNextRole_ByAReminder_AndNoMoreOnceTaken()
    {
        var place = await club.Place();
        (await place.Gate.Report(Alarm(1, "tamper"))).Ok();
        var opened = await Happened<AlertOpened>(place.Site);
        Assert.Equal("desk", Text(Assert.Single(await Alerts(place.Site, opened.Position)), "level"));
        club.Clock.MoveTo(club.Clock.GetUtcNow() + Limits.UrgentAlertPatience);
        var told = await Happened<AlertEscalated>(place.Site);
        var manager = await club.SignIn(await club.Account(StaffRole.Manager));
        var seen = (await manager.Get($"/api/alerts?after={told.Position}")).Ok().Body.GetProperty("items")
            .EnumerateArray().Single(a => Text(a, "siteId") == place.Site && Text(a, "kind") == "tamper");
        Assert.Equal("manager", Text(seen, "level"));
        Assert.Equal(204, (await manager.Post($"/api/sites/{place.Site}/alerts/{Text(seen, "id")}/take")).Status);
        var taken = await Happened<AlertTaken>(place.Site);
        club.Clock.MoveTo(club.Clock.GetUtcNow() + (2 * Limits.UrgentAlertPatience));
        (await place.Gate.Report(Alarm(2, "tamper"))).Ok();
        var repeated = await Happened<AlertRepeated>(place.Site);
        Assert.True(repeated.Position > taken.Position);
        seen = (await Alerts(place.Site, repeated.Position)).Single(a => Text(a, "kind") == "tamper");
        Assert.Equal(("taken", "manager"), (Text(seen, "state"), Text(seen, "level")));
    }

    [Fact]
    public async Task Alerts_AreKeptFromWhoWorksElsewhere()
    {
        var place = await club.Place();
        var other = await club.Site();
        (await place.Gate.Report(Alarm(1, "tamper"))).Ok();
        var opened = await Happened<AlertOpened>(place.Site);
        var id = Text(Assert.Single(await Alerts(place.Site, opened.Position)), "id");
        var elsewhere = await new StaffSteps(club).Join(new { role = "desk", siteId = other });
        Assert.Empty((await elsewhere.Get($"/api/alerts?after={opened.Position}")).Ok().Body
            .GetProperty("items").EnumerateArray());
        (await elsewhere.Get($"/api/alerts/{id}")).Refused(404, "not_found");
        (await elsewhere.Post($"/api/sites/{place.Site}/alerts/{id}/take")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Alerts_AreRefused_WhenAskedForWrongly()
    {
        var site = await club.Site();
        var none = new AlertId(CommandId.Of("none").Value);
        (await club.Admin.Get("/api/alerts?state=party")).Refused(400, "invalid_request");
        (await club.Admin.Get("/api/alerts/nothing")).Refused(404, "not_found");
        (await club.Admin.Get($"/api/alerts/{none}")).Refused(404, "not_found");
        (await club.Admin.Post($"/api/sites/{site}/alerts/{none}/take")).Refused(404, "not_found");
        (await club.Admin.Post($"/api/sites/{site}/alerts/nothing/take")).Refused(404, "not_found");
        var cashier = await club.SignIn(await club.Account(StaffRole.Cashier));
        (await cashier.Get("/api/alerts")).Refused(403, "forbidden");
    }

    private async Task<List<JsonElement>> Alerts(string site, long after, string more = "") =>
        [.. (await club.Admin.Get($"/api/alerts?after={after}{more}")).Ok().Body.GetProperty("items")
            .EnumerateArray().Where(a => Text(a, "siteId") == site)];

    private Task<PendingRow> Happened<TEvent>(string site)
        where TEvent : IEvent => club.Silo.Commits
        .Row(r => r.Grain == new AlertBookId(SiteId.Parse(site, null).Value).Grain && r.Events.Any(e => e is TEvent))
        .Happens(typeof(TEvent).Name);

    private object Alarm(int n, string type) => new { n, type, at = club.Clock.GetUtcNow() };

    private object Passage(int n, string? ticketId) =>
        new { n, type = "access.passed", at = club.Clock.GetUtcNow(), ticketId };

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
