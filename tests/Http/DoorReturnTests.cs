using System.Text.Json;
using SmartClub.Grains.Alerts;
using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Live;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>Doors that do not go back to normal when it is over.</summary>
public sealed class DoorReturnTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Door_ThatDoesNotAnswer_IsAnAlert_UntilItDoes()
    {
        var place = await club.Place();
        var neverInstalled = await club.Gate(place.Site, place.Zone);
        await Evacuated(place);
        await Ends(place, "evacuation");
        Assert.Equal("waiting", Text(await Door(place), "state"));
        Assert.Equal("none", Text(await OnTheBoard(place), "stillIn"));

        await HearsNothingFor(place, seconds: 100);
        var opened = await Opened(place);
        var alert = Assert.Single(await Alerts(place, opened.Position));
        Assert.Equal(("door_not_released", place.Gate.Id), (Text(alert, "kind"), Text(alert, "gateId")));
        Assert.Equal(("evacuation", "open"), (
            Text(await OnTheBoard(place), "stillIn"), Text(await OnTheBoard(place), "doorState")));
        var page = await Emergency(place);
        Assert.Equal(("none", "evacuation"), (Text(page, "kind"), Text(page, "ended")));
        Assert.Equal("none", Text(Gate(page, neverInstalled), "state"));

        (await place.Gate.Answer(await Waiting(place, "unlock"), true)).Ok();
        Assert.Empty(await Alerts(place, await Resolved(place, opened.Id)));
        Assert.Equal("none", Text(await OnTheBoard(place), "stillIn"));
        Assert.Equal("none", Text(await Door(place), "state"));
    }

    [Fact]
    public async Task Door_ThatSaysYesAndStaysLocked_IsAnAlert_UntilItsNextSignOfLife()
    {
        var place = await club.Place();
        Assert.Equal(204, (await club.Admin.Post($"/api/sites/{place.Site}/lock-down", new { reason = "x" })).Status);
        (await place.Gate.Answer(await Waiting(place, "lock"), true)).Ok();
        (await place.Gate.Beat("locked")).Ok();
        await Ends(place, "lock-down");
        (await place.Gate.Answer(await Waiting(place, "unlock"), true)).Ok();
        Assert.Equal("none", Text(await Door(place), "state"));

        (await place.Gate.Beat("locked")).Ok();
        Assert.Equal(("stays", "locked"), (Text(await Door(place), "state"), Text(await Door(place), "detail")));
        var opened = await Opened(place);
        Assert.Equal("lock_down", Text(await OnTheBoard(place), "stillIn"));

        (await place.Gate.Beat()).Ok();
        await Resolved(place, opened.Id);
        Assert.Equal("none", Text(await OnTheBoard(place), "stillIn"));

        // Once it was seen to be back, somebody who holds it open is another matter.
        (await place.Gate.Beat("open")).Ok();
        Assert.Equal("none", Text(await Door(place), "state"));
    }

    [Fact]
    public async Task Door_ThatWasAwayForTooLong_IsToldAgain_WhenItIsHeard()
    {
        var place = await club.Place();
        await Evacuated(place);
        await Ends(place, "evacuation");
        await Waiting(place, "unlock");
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(Grains.Model.Limits.OrderSeconds + 1));
        var expired = await Row(place, 0, r => r.Events.OfType<GateOrderExpired>().Any()
            && !r.Events.OfType<GateOrderGiven>().Any());
        Assert.Equal("expired", Text(await Door(place), "state"));
        var opened = await Opened(place);

        (await place.Gate.Beat("open")).Ok();
        await Row(place, expired.Position, r => r.Events.OfType<GateOrderGiven>().Any(
            e => e is { Kind: GateOrderKind.Unlock, Operator: not "system" }));
        (await place.Gate.Answer(await Waiting(place, "unlock"), true)).Ok();
        await Resolved(place, opened.Id);
        Assert.Equal("none", Text(await Door(place), "state"));
    }

    [Fact]
    public async Task AlertThatSomebodyHasEnded_StaysSo_AndAnotherEmergencyEndsTheRest()
    {
        var place = await club.Place();
        await Evacuated(place);
        await Ends(place, "evacuation");
        await HearsNothingFor(place, seconds: 100);
        var opened = await Opened(place);
        var alert = Assert.Single(await Alerts(place, opened.Position));
        Assert.Equal(204, (await club.Admin.Post(
            $"/api/sites/{place.Site}/alerts/{Text(alert, "id")}/resolve", new { reason = "Vu sur place" })).Status);
        var ended = await Resolved(place, opened.Id);

        // The page still says so; the alert is not raised a second time, not even by a silo that starts again.
        Assert.Equal("evacuation", Text(await OnTheBoard(place), "stillIn"));
        await club.Restart();
        (await place.Gate.Beat("open")).Ok();
        await Shown(place, "evacuation");
        Assert.Empty(await Alerts(place, ended));
        Assert.Equal(204, (await club.Admin.Post($"/api/sites/{place.Site}/lock-down", new { reason = "x" })).Status);
        await Shown(place, "none");
    }

    private async Task Evacuated(Place place)
    {
        Assert.Equal(204, (await club.Admin.Post($"/api/sites/{place.Site}/evacuation", new { reason = "x" })).Status);
        (await place.Gate.Answer(await Waiting(place, "evacuate"), true)).Ok();
        (await place.Gate.Beat("open")).Ok();
    }

    private async Task Ends(Place place, string what)
    {
        Assert.Equal(
            204, (await club.Admin.Post($"/api/sites/{place.Site}/{what}/end", new { reason = "x" })).Status);
        await Waiting(place, "unlock");
    }

    // It gives signs of life all the while, and says nothing about its orders.
    private async Task HearsNothingFor(Place place, int seconds)
    {
        for (var left = seconds; left > 0; left -= 30)
        {
            club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(30));
            (await place.Gate.Beat("open")).Ok();
        }
    }

    /// <summary>The id of the order of this kind that waits for the gate, once it is there.</summary>
    private async Task<string> Waiting(Place place, string kind)
    {
        await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(place.Gate.Id, null).Grain
            && r.Events.OfType<GateOrderGiven>().Any(e => Refusal.Snake(e.Kind.ToString()) == kind))
            .Happens($"the door is told to {kind}");
        var said = Text(await OnTheBoard(place), "doorState") ?? "closed";
        return Text(
            Assert.Single(
                (await place.Gate.Beat(said)).Ok().Body.GetProperty("commands").EnumerateArray(),
                c => Text(c, "kind") == kind),
            "id")!;
    }

    private async Task<PendingRow> Row(Place place, long after, Func<PendingRow, bool> isIt) =>
        await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(place.Gate.Id, null).Grain
            && r.Position > after && isIt(r)).Happens("the gate's row");

    private async Task<(long Position, AlertId Id)> Opened(Place place)
    {
        var row = await Book(place, e => e is AlertOpened { Kind: AlertKind.DoorNotReleased });
        return (row.Position, row.Events.OfType<AlertOpened>().Single().AlertId);
    }

    private async Task<long> Resolved(Place place, AlertId alert) =>
        (await Book(place, e => e is AlertResolved resolved && resolved.AlertId == alert)).Position;

    private Task<PendingRow> Book(Place place, Func<IEvent, bool> isIt) => club.Silo.Commits.Row(r =>
        r.Grain == new AlertBookId(SiteId.Parse(place.Site, null).Value).Grain && r.Events.Any(isIt))
        .Happens("the alert's row");

    private async Task<List<JsonElement>> Alerts(Place place, long after) =>
        [.. (await club.Admin.Get($"/api/alerts?after={after}")).Ok().Body.GetProperty("items").EnumerateArray()
            .Where(a => Text(a, "siteId") == place.Site)];

    private async Task Shown(Place place, string stillIn)
    {
        while (true)
        {
            var moved = club.Silo.Get<LiveBoard>().Changed();
            if (Text(await OnTheBoard(place), "stillIn") == stillIn)
            {
                return;
            }

            await moved.Happens($"the board shows {stillIn}");
        }
    }

    private async Task<JsonElement> OnTheBoard(Place place) =>
        (await club.Admin.Get("/api/live")).Ok().Body.GetProperty("gates").EnumerateArray()
            .Single(g => Text(g, "id") == place.Gate.Id);

    private async Task<JsonElement> Emergency(Place place) =>
        (await club.Admin.Get($"/api/sites/{place.Site}/emergency")).Ok().Body;

    private async Task<JsonElement> Door(Place place) => Gate(await Emergency(place), place.Gate);

    private static JsonElement Gate(JsonElement page, GateDevice gate) =>
        page.GetProperty("gates").EnumerateArray().Single(g => Text(g, "id") == gate.Id);

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
