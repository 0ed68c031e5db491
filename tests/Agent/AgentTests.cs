using SmartClub.Agent.Doors;
using SmartClub.Devices.Protocol;
using SmartClub.Grains.Members;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Agent;

/// <summary>A door's own program against a running club: in touch, alone, and in touch again.</summary>
public sealed class AgentTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Passage_IsDecidedAlone_AndToldOnce_WhenTheLinkWasCut()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        Assert.Equal(("grant", false), Seen(await box.Show(guest.Badge)));

        box.Wire.IsCut = true;
        Assert.Equal(("grant", true), Seen(await box.Show(guest.Badge, Direction.Out)));
        Assert.Equal(("grant", true), Seen(await box.Show(guest.Badge)));
        Assert.Equal(("deny", true), Seen(await box.Show("nobody's")));
        Assert.Equal(3, box.Relay.Openings);
        Assert.Equal(3, box.Store.QueueLength);
        Assert.False(await box.Host.Touch(default));

        box.PowerFails();
        box.Boot();
        Assert.Equal(3, box.Store.QueueLength);
        box.Wire.IsCut = false;
        box.Wire.LosesAnswers = true;
        Assert.False(await box.Host.Touch(default));
        Assert.Equal(3, box.Store.QueueLength);
        box.Wire.LosesAnswers = false;
        Assert.True(await box.Host.Touch(default));

        Assert.Equal(0, box.Store.QueueLength);
        await club.Silo.Commits.Row(r => r.Grain == MemberId.Parse(guest.Member, null).Grain
            && r.Events.OfType<OfflineAccessRecorded>().Any(e => e.Direction == Grains.Model.Direction.In))
            .Happens("the entry is told");
        var told = (await club.Admin.Get($"/api/members/{guest.Member}/timeline")).Ok().Items
            .Select(i => i.GetProperty("type").GetString()!);
        Assert.Equal(2, told.Count(t => t.StartsWith("access.offline", StringComparison.Ordinal)));
        Assert.Equal(("grant", false), Seen(await box.Show(guest.Badge, Direction.Out)));
    }

    [Fact]
    public async Task Door_DoesNotAskAgain_WhileTheSiloIsAway()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        box.Wire.IsCut = true;
        var before = box.Wire.Requests;
        await box.Show(guest.Badge);
        var tried = box.Wire.Requests;
        Assert.InRange(tried - before, 1, 2);

        await box.Show(guest.Badge);
        Assert.Equal(tried, box.Wire.Requests);
    }

    [Fact]
    public async Task Removal_ReachesTheDoor_WithItsNextList()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        (await club.Admin.Post($"/api/members/{guest.Member}/suspend", new { reason = "bagarre" })).Ok();
        Assert.True(await box.Host.Lists.Sync(default));
        Assert.Equal(0, box.Host.List.Count);

        box.Wire.IsCut = true;
        var shown = await box.Show(guest.Badge);
        Assert.Equal(("deny", "unknown_credential"), (shown.State, shown.Reason));
    }

    [Theory]
    [InlineData(OfflineMode.Deny, "list_expired")]
    [InlineData(OfflineMode.Staff, "list_expired")]
    [InlineData(OfflineMode.Listed, "ok")]
    public async Task OldList_CountsAsTheModeSays(OfflineMode mode, string reason)
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id, mode)).Ready();
        box.Wire.IsCut = true;
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddHours(25));

        Assert.Equal(reason, (await box.Show(guest.Badge)).Reason);
        Assert.Equal("ok", (await box.Show(guest.Badge, Direction.Out)).Reason);

        // Nobody stays signed in for a day.
        await club.SignInAdmin();
    }

    [Fact]
    public async Task List_IsRefused_WhenAnythingInItWasChanged()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        using var box = await AgentBox.Enrolled(club, place.Gate.Id);
        var list = (await box.Host.Link.FetchList(0, default))!;
        foreach (var at in new[] { 12, list.Length / 2, list.Length - 20 })
        {
            var forged = list.ToArray();
            forged[at] ^= 1;
            Assert.False(box.Host.List.Take(forged, box.Host.Link.ClubKey, place.Gate.Id));
        }

        Assert.False(box.Host.List.Take(list, box.Host.Link.ClubKey, "gat_another"));
        Assert.Equal(0, box.Host.List.Count);
        Assert.True(box.Host.List.Take(list, box.Host.Link.ClubKey, place.Gate.Id));
        Assert.Equal(1, box.Host.List.Count);
        Assert.NotEmpty(guest.Badge);
    }

    [Fact]
    public async Task Passage_IsConfirmed_WhereTheClubWaitsForIt_AndForceIsNoticed()
    {
        var place = await club.Place(confirmsPassage: true);
        var guest = await club.Guest(place);
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        await box.Show(guest.Badge);
        GpioInputs.Sense(box.Host.Door, "passage");
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddMinutes(1));
        GpioInputs.Sense(box.Host.Door, "passage");
        GpioInputs.Sense(box.Host.Door, "fire");
        Assert.Equal(
            ["access.passed", "access.forced", "fire_alarm"], box.Store.Events(10).Select(e => e.Type));
        Assert.True(await box.Host.Touch(default));

        await club.Silo.Commits.Row(r => r.Grain == MemberId.Parse(guest.Member, null).Grain
            && r.Events.Any(e => e is Entered)).Happens("the passage is told");
        await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(place.Gate.Id, null).Grain
            && r.Events.Any(e => e is Grains.Gates.FireAlarmRaised)).Happens("the alarm is told");
        Assert.Equal([("passage", 22), ("fire", 23)], GpioInputs.Parse("passage=22,fire=23"));
        Assert.Throws<SmartClub.Devices.DeviceException>(() => GpioInputs.Parse("smoke=1"));
    }

    [Fact]
    public async Task RotatingPass_IsCheckedAlone_ByTheKeysOnTheList()
    {
        var place = await club.Place();
        var (member, phone) = await MemberPhone.Of(club);
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        box.Wire.IsCut = true;

        var pass = phone.Pass();
        Assert.Equal("ok", await Reason(pass));
        box.PowerFails();
        box.Boot();
        Assert.Equal("pass_used", await Reason(pass));
        Assert.Equal("pass_expired", await Reason(phone.Pass(club.Clock.GetUtcNow().AddSeconds(-37))));
        Assert.Equal("pass_expired", await Reason(phone.Pass(club.Clock.GetUtcNow().AddSeconds(60))));
        var (_, other) = await MemberPhone.Of(club);
        Assert.Equal("pass_invalid", await Reason(phone.Pass(keyId: other.KeyId)));
        Assert.Equal("pass_invalid", await Reason(other.Pass()));
        for (var i = 4; i < pass.Length; i += 7)
        {
            var forged = pass[..i] + (pass[i] == 'A' ? 'B' : 'A') + pass[(i + 1)..];
            Assert.Equal("pass_invalid", await Reason(forged));
        }

        box.Wire.IsCut = false;
        Assert.True(await box.Host.Touch(default));
        await club.Silo.Commits.Row(r => r.Grain == MemberId.Parse(member, null).Grain
            && r.Events.Any(e => e is OfflineAccessRecorded { IsGranted: true })).Happens("the entry is told");

        async Task<string> Reason(string shown) => (await box.Show(shown, kind: "qr")).Reason;
    }

    [Fact]
    public async Task Difference_IsListed_WhereTheClubWouldHaveSaidNoThen()
    {
        var place = await club.Place();
        var (before, after) = (await club.Guest(place, "Grace"), await club.Guest(place, "Ruth"));
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        box.Wire.IsCut = true;
        (await club.Admin.Post($"/api/members/{before.Member}/suspend", new { reason = "dette" })).Ok();
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(5));
        await box.Show(before.Badge);
        await box.Show(after.Badge);
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(5));
        (await club.Admin.Post($"/api/members/{after.Member}/suspend", new { reason = "dette" })).Ok();
        box.Wire.IsCut = false;
        Assert.True(await box.Host.Touch(default));
        foreach (var guest in new[] { before, after })
        {
            await club.Silo.Commits.Row(r => r.Grain == MemberId.Parse(guest.Member, null).Grain
                && r.Events.Any(e => e is OfflineAccessRecorded)).Happens("the entry is told");
        }

        var head = club.Silo.Get<Silo.Views.Feed>().Head;
        var listed = (await club.Admin.Get($"/api/gates/offline-differences?gateId={place.Gate.Id}&after={head}")).Ok();
        var item = Assert.Single(listed.Items);
        Assert.Equal("Grace Lukusa", item.GetProperty("displayName").GetString());
        Assert.Equal("grant", item.GetProperty("decision").GetString());
        Assert.Equal("suspended", item.GetProperty("onlineReason").GetString());
        Assert.False(item.GetProperty("doubleUse").GetBoolean());
        Assert.True(item.GetProperty("worth").GetProperty("amount").GetInt64() > 0);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, listed.Body.GetProperty("before").ValueKind);
        var older = item.GetProperty("position").GetInt64();
        Assert.Empty((await club.Admin.Get($"/api/gates/offline-differences?before={older}&gateId={place.Gate.Id}"))
            .Ok().Items);
        (await club.Admin.Get("/api/gates/offline-differences?gateId=x")).Refused(422, "unknown_gate");
    }

    [Fact]
    public async Task Key_IsRenewed_WithoutLosingWhatWaits()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        var first = box.Host.Link.Identity.Key;
        box.Wire.IsCut = true;
        await box.Show(guest.Badge);
        box.Wire.IsCut = false;

        Assert.True(await box.Host.ChangeKey(default));
        Assert.NotEqual(first, box.Host.Link.Identity.Key);
        await box.Ready();
        Assert.Equal(1, box.Host.List.Count);
        Assert.Equal(("grant", false), Seen(await box.Show(guest.Badge, Direction.Out)));
        box.Wire.IsCut = true;
        Assert.Equal(("grant", true), Seen(await box.Show(guest.Badge)));
        var old = new GateDevice(club, place.Gate.Id, Convert.FromBase64String(first));
        (await old.Beat()).Refused(401, "bad_signature");
    }

    [Fact]
    public async Task Code_CanBeUsedOnce_AndEndsTheDeviceBefore()
    {
        var place = await club.Place();
        var code = (await club.Admin.Post($"/api/gates/{place.Gate.Id}/enrolment")).Ok()["code"];
        var nonce = new string('n', 20);
        var first = (await Enrol(code, nonce)).Ok();
        Assert.Equal(first["key"], (await Enrol(code.ToLowerInvariant().Replace("-", " "), nonce)).Ok()["key"]);
        (await Enrol(code, new string('m', 20))).Refused(401, "invalid_code");
        (await Enrol("AAAA-BBBB-CCCC", nonce)).Refused(401, "invalid_code");
        (await Enrol(code, "short")).Refused(400, "invalid_request");
        (await place.Gate.Beat()).Refused(401, "bad_signature");
        (await new GateDevice(club, place.Gate.Id, Convert.FromBase64String(first["key"])).Beat()).Ok();
    }

    private Task<Reply> Enrol(string code, string nonce) =>
        club.Stranger.Post("/api/gates/enrol", new { code, nonce });

    private static (string, bool) Seen(DoorShows shown) => (shown.State, shown.IsOffline);
}
