using System.Text.Json;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>All doors of a site at once, and who is inside.</summary>
public sealed class EmergencyTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Evacuation_OrdersTheDoors_ListsThePeople_AndEnds()
    {
        var place = await club.Place();
        var guest = await club.Guest(place, "Grâce");
        var entered = (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        var path = $"/api/sites/{place.Site}";
        var quiet = await Emergency(place, entered.Body.GetProperty("position").GetInt64());
        Assert.Equal(("none", "none"), (Text(quiet, "kind"), Text(Gate(quiet), "state")));
        Assert.Equal(guest.Member, Text(Person(quiet), "id"));

        (await club.Admin.Post($"{path}/evacuation", new { reason = "" })).Refused(400, "invalid_request");
        (await club.Admin.Post($"{path}/evacuation/people/{guest.Member}", new { isOutside = true }))
            .Refused(409, "no_evacuation");
        Assert.Equal(204, (await club.Admin.Post($"{path}/evacuation", new { reason = "Fumée" })).Status);
        var order = await Ordered(place, GateOrderKind.Evacuate);
        (await club.Admin.Post($"{path}/lock-down", new { reason = "Menace" })).Refused(409, "evacuation_under_way");
        Assert.Equal(
            204,
            (await club.Admin.Post($"{path}/evacuation/people/{guest.Member}", new { isOutside = true })).Status);
        var open = await Emergency(place, order);
        Assert.Equal(
            ("evacuation", "Fumée", "waiting"), (Text(open, "kind"), Text(open, "reason"), Text(Gate(open), "state")));
        Assert.NotNull(Text(open, "operator"));
        Assert.True(Person(open).GetProperty("isOutside").GetBoolean());

        Assert.Equal(204, (await club.Admin.Post($"{path}/evacuation/end", new { reason = "Exercice" })).Status);
        var normal = await Emergency(place, await Ordered(place, GateOrderKind.Unlock));
        Assert.Equal("none", Text(normal, "kind"));
        Assert.False(Person(normal).GetProperty("isOutside").GetBoolean());
    }

    [Fact]
    public async Task Evacuation_OrdersEveryDoor_AndShowsTheOneThatDidNotObey()
    {
        var place = await club.Place();
        var second = await club.Gate(place.Site, place.Zone);
        var third = await club.Gate(place.Site, place.Zone);
        Assert.Equal(
            204, (await club.Admin.Post($"/api/sites/{place.Site}/evacuation", new { reason = "Fumée" })).Status);
        foreach (var (gate, obeys) in new[] { (place.Gate, true), (second, false) })
        {
            await Ordered(gate.Id, GateOrderKind.Evacuate);
            var order = Assert.Single((await gate.Beat()).Ok().Body.GetProperty("commands").EnumerateArray());
            Assert.Equal(("evacuate", "Fumée"), (Text(order, "kind"), Text(order, "reason")));
            (await gate.Answer(Text(order, "id")!, obeys, obeys ? null : "relay_stuck")).Ok();
        }

        await Ordered(third.Id, GateOrderKind.Evacuate);
        var answered = await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(second.Id, null).Grain
            && r.Events.Any(e => e is GateOrderAnswered { IsDone: false })).Happens("the door says no");
        await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(place.Gate.Id, null).Grain
            && r.Events.Any(e => e is GateOrderAnswered { IsDone: true })).Happens("the door opens");
        var states = (await Emergency(place, answered.Position)).GetProperty("gates").EnumerateArray()
            .ToDictionary(g => Text(g, "id")!, g => Text(g, "state"));
        Assert.Equal(
            ("done", "refused", "waiting"), (states[place.Gate.Id], states[second.Id], states[third.Id]));
    }

    [Fact]
    public async Task LockDown_LocksTheDoors_AndEnds()
    {
        var place = await club.Place();
        var path = $"/api/sites/{place.Site}/lock-down";
        Assert.Equal(204, (await club.Admin.Post(path, new { reason = "Menace" })).Status);
        Assert.Equal("lock_down", Text(await Emergency(place, await Ordered(place, GateOrderKind.Lock)), "kind"));
        Assert.Equal(204, (await club.Admin.Post($"{path}/end", new { reason = "Levée" })).Status);
        await Ordered(place, GateOrderKind.Unlock);
    }

    [Fact]
    public async Task Emergency_IsForThoseOfTheSite()
    {
        var place = await club.Place();
        var elsewhere = await new StaffSteps(club).Join(new { role = "desk", siteId = await club.Site() });
        (await elsewhere.Get($"/api/sites/{place.Site}/emergency")).Refused(404, "not_found");
        (await elsewhere.Post($"/api/sites/{place.Site}/evacuation", new { reason = "Fumée" }))
            .Refused(403, "forbidden");
        (await club.Admin.Post("/api/sites/nothing/evacuation", new { reason = "Fumée" })).Refused(404, "not_found");
    }

    private async Task<JsonElement> Emergency(Place place, long after) =>
        (await club.Admin.Get($"/api/sites/{place.Site}/emergency?after={after}")).Ok().Body;

    private Task<long> Ordered(Place place, GateOrderKind kind) => Ordered(place.Gate.Id, kind);

    private async Task<long> Ordered(string gate, GateOrderKind kind) =>
        (await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(gate, null).Grain
            && r.Events.OfType<GateOrderGiven>().Any(e => e.Kind == kind)).Happens($"{kind}")).Position;

    private static JsonElement Gate(JsonElement site) => Assert.Single(site.GetProperty("gates").EnumerateArray());

    private static JsonElement Person(JsonElement site) => Assert.Single(
        Assert.Single(site.GetProperty("zones").EnumerateArray()).GetProperty("people").EnumerateArray());

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
