using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>What doors report afterwards: each event once, in the order of its counter.</summary>
public sealed class GateEventsTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Events_AreTakenOver_UpToTheGap()
    {
        var gate = (await club.Place()).Gate;
        Assert.Equal(2, Acked(await gate.Report(Held(1), Held(2))));
        Assert.Equal(2, Acked(await gate.Report(Held(4))));
        Assert.Equal(5, Acked(await gate.Report(Held(5), Held(4), Held(3))));
        Assert.Equal(5, Acked(await gate.Report(Held(1), Held(5))));
    }

    [Fact]
    public async Task Events_BeginAgainAtOne_UnderANewKey()
    {
        var gate = (await club.Place()).Gate;
        Assert.Equal(3, Acked(await gate.Report(Held(1), Held(2), Held(3))));
        var key = (await club.Admin.Post($"/api/gates/{gate.Id}/key")).Ok()["key"];
        var renewed = new GateDevice(club, gate.Id, Convert.FromBase64String(key));

        Assert.Equal(0, Acked(await renewed.Report(Held(4))));
        Assert.Equal(1, Acked(await renewed.Report(Held(1))));
    }

    [Fact]
    public async Task Events_AreRefused_WhenTooManyOrMalformed()
    {
        var gate = (await club.Place()).Gate;
        Assert.Equal(500, Acked(await gate.Report([.. Enumerable.Range(1, 500).Select(n => Held(n))])));
        (await gate.Report([.. Enumerable.Range(501, 501).Select(n => Held(n))])).Refused(400, "invalid_request");
        (await gate.Report()).Refused(400, "invalid_request");
        var at = club.Clock.GetUtcNow();
        (await gate.Report(new { n = 0, type = "tamper", at })).Refused(400, "invalid_request");
        (await gate.Report(new { n = 501, type = "tamper" })).Refused(400, "invalid_request");
        (await gate.Report(new { n = 501, type = "party", at })).Refused(400, "invalid_request");
        (await gate.Report(new { n = 501, type = "access.passed", ticketId = "", at })).Refused(400, "invalid_request");
        (await gate.Report(new { n = 501, type = "access.not_passed", at })).Refused(400, "invalid_request");
    }

    [Fact]
    public async Task Passage_MovesPresence_AndARepeatWithOtherContentDoesNot()
    {
        var place = await club.Place(confirmsPassage: true);
        var guest = await club.Guest(place);
        var other = await club.Guest(place);
        var ticket = (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok")["ticketId"];
        var unused = (await place.Gate.Scan(other.Badge)).Decides("grant", "ok")["ticketId"];
        Assert.Equal(0, await Inside(place, 0));

        Assert.Equal(1, Acked(await place.Gate.Report(Passage(1, ticket))));
        var entered = await Happened<Entered>(guest);
        Assert.Equal(1, await Inside(place, entered.Position));

        Assert.Equal(1, Acked(await place.Gate.Report(Passage(1, unused))));
        Assert.Equal(2, Acked(await place.Gate.Report(Passage(2, ticket))));
        Assert.Equal(3, Acked(await place.Gate.Report(Passage(3, "no ticket of ours"))));
        var leaving = (await place.Gate.Scan(guest.Badge, "out")).Decides("grant", "ok")["ticketId"];
        Assert.Equal(4, Acked(await place.Gate.Report(Passage(4, leaving))));
        Assert.Equal(0, await Inside(place, (await Happened<Left>(guest)).Position));
    }

    [Fact]
    public async Task Place_ComesFree_WhenNobodyPassed()
    {
        var place = await club.Place(capacity: 1, confirmsPassage: true);
        var guest = await club.Guest(place);
        var other = await club.Guest(place);
        var ticket = (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok")["ticketId"];
        (await place.Gate.Scan(other.Badge)).Decides("deny", "capacity_full");

        (await place.Gate.Report("access.not_passed", ticket)).Ok();
        await Happened<TicketEnded>(guest);
        await club.Silo.Commits.Row(r => r.Grain == ZoneId.Parse(place.Zone, null).Grain
            && r.Events.Any(e => e is Grains.Zones.HoldReleased)).Happens("the place comes free");

        (await place.Gate.Scan(other.Badge)).Decides("grant", "ok");
    }

    [Fact]
    public async Task OfflineAccess_SetsPresence_AndClosesItsScan()
    {
        var place = await club.Place("hard");
        var guest = await club.Guest(place);
        var report = new
        {
            n = 1,
            type = "offline.access",
            at = club.Clock.GetUtcNow().AddMinutes(-5),
            scanId = "off 1",
            credential = new { kind = "rfid", value = guest.Badge },
            direction = "in",
            decision = "grant",
        };

        Assert.Equal(1, Acked(await place.Gate.Report(report)));
        var recorded = await Happened<OfflineAccessRecorded>(guest);

        Assert.Equal(1, await Inside(place, recorded.Position));
        var live = (await club.Admin.Get($"/api/live?after={recorded.Position}")).Ok();
        var shown = live.Body.GetProperty("decisions").EnumerateArray()
            .Single(d => d.GetProperty("id").GetString() == $"{recorded.Position}");
        Assert.Contains("offline", shown.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "anti_passback");
        (await place.Gate.Scan(guest.Badge, scanId: "off 1")).Refused(409, "decided_at_door");
    }

    [Fact]
    public async Task OfflineAccess_CorrectsWhatWasDecidedOnline()
    {
        var place = await club.Place("hard");
        var guest = await club.Guest(place);
        (await place.Gate.Scan(guest.Badge, scanId: "both")).Decides("grant", "ok");
        Assert.Equal(1, Acked(await place.Gate.Report(new
        {
            n = 1,
            type = "offline.access",
            at = club.Clock.GetUtcNow(),
            scanId = "both",
            credential = new { kind = "rfid", value = guest.Badge },
            direction = "in",
            decision = "deny",
        })));

        var recorded = await Happened<OfflineAccessRecorded>(guest);
        Assert.Equal(0, await Inside(place, recorded.Position));
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
    }

    private async Task<int> Inside(Place place, long after) =>
        (await club.Admin.Get($"/api/live?after={after}")).Ok().Body.GetProperty("zones").EnumerateArray()
            .Single(z => z.GetProperty("id").GetString() == place.Zone).GetProperty("inside").GetInt32();

    private Task<PendingRow> Happened<TEvent>(Guest guest)
        where TEvent : IEvent => club.Silo.Commits
        .Row(r => r.Grain == MemberId.Parse(guest.Member, null).Grain && r.Events.Any(e => e is TEvent))
        .Happens(typeof(TEvent).Name);

    private object Held(int n) => new { n, type = "door.held", at = club.Clock.GetUtcNow() };

    private object Passage(int n, string ticketId) =>
        new { n, type = "access.passed", at = club.Clock.GetUtcNow(), ticketId };

    private static long Acked(Reply reply) => reply.Ok().Body.GetProperty("acked").GetInt64();
}
