using System.Text.Json;
using SmartClub.Devices.Protocol;
using SmartClub.Grains.Members;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Agent;

/// <summary>One rotating pass, photographed, at two doors of which one or both are alone.</summary>
public sealed class PassAtTwoDoorsTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task SamePass_AtTwoDoorsThatAreAlone_IsFoundByItsNonce()
    {
        var (place, member, phone) = await Someone();
        using var first = await Alone(place.Gate.Id);
        using var second = await Alone((await club.Gate(place.Site, place.Zone)).Id);
        var (shared, own) = (phone.Pass(), phone.Pass());
        Assert.Equal("ok", await Shown(first, shared));
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(8));
        Assert.Equal("ok", await Shown(second, shared));

        // Out and in again with passes of their own is nothing to show.
        await Shown(second, own, Direction.Out);
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(8));
        await Shown(first, phone.Pass());

        // Whichever door is in touch again first, the later use is the one that is shown.
        await Tells(second, member, 2);
        Assert.Empty(await Differences(place.Site));
        await Tells(first, member, 4);
        var found = Assert.Single(await Differences(place.Site));
        Assert.True(found.GetProperty("doubleUse").GetBoolean());
        Assert.Equal("pass_used", found.GetProperty("onlineReason").GetString());
        Assert.Equal(second.Host.Link.Identity.Id, found.GetProperty("gateId").GetString());
        Assert.Equal(first.Host.Link.Identity.Id, found.GetProperty("otherGateId").GetString());
        Assert.Equal(
            "Le même pass présenté à deux portes", found.GetProperty("text").GetProperty("fr").GetString());
    }

    [Fact]
    public async Task SamePass_AtADoorInTouchWhileAnotherWasAlone_IsFoundToo()
    {
        var (place, member, phone) = await Someone();
        using var alone = await Alone((await club.Gate(place.Site, place.Zone)).Id);
        var pass = phone.Pass();
        Assert.Equal("ok", await Shown(alone, pass));
        Assert.Equal("ok", (await place.Gate.Scan(pass, kind: "qr")).Ok()["reason"]);

        await Tells(alone, member, 1);
        var found = Assert.Single(await Differences(place.Site));
        Assert.Equal("pass_used", found.GetProperty("onlineReason").GetString());
        Assert.Equal(place.Gate.Id, found.GetProperty("otherGateId").GetString());
    }

    [Fact]
    public async Task Pass_ThatADoorHasUsedAlone_IsUsedUpOnceItHasTold()
    {
        var (place, member, phone) = await Someone();
        using var alone = await Alone((await club.Gate(place.Site, place.Zone)).Id);
        var pass = phone.Pass();
        Assert.Equal("ok", await Shown(alone, pass));
        await Tells(alone, member, 1);
        Assert.Equal("pass_used", (await place.Gate.Scan(pass, kind: "qr")).Ok()["reason"]);
    }

    private async Task<(Place Place, string Member, MemberPhone Phone)> Someone()
    {
        var place = await club.Place();
        var (member, phone) = await MemberPhone.Of(club);
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        return (place, member, phone);
    }

    private async Task<AgentBox> Alone(string gate)
    {
        var box = await (await AgentBox.Enrolled(club, gate)).Ready();
        box.Wire.IsCut = true;
        return box;
    }

    private static async Task<string> Shown(AgentBox box, string pass, Direction direction = Direction.In) =>
        (await box.Show(pass, direction, "qr")).Reason;

    private async Task Tells(AgentBox box, string member, int passages)
    {
        box.Wire.IsCut = false;
        Assert.True(await box.Host.Touch(default));
        await All().Happens("all passages are told");

        async Task All()
        {
            var feed = club.Silo.Get<Silo.Views.Feed>();
            var journal = club.Silo.Get<Silo.Journal.JournalReader>();
            while (true)
            {
                var head = feed.Head;
                var told = await journal.Stream(MemberId.Parse(member, null).Grain, 0);
                if (told.SelectMany(row => row.Events).Count(e => e is OfflineAccessRecorded) == passages)
                {
                    return;
                }

                await feed.Past(head);
            }
        }
    }

    // Of this test's own doors: all tests of the class share the club.
    private async Task<IReadOnlyList<JsonElement>> Differences(string site)
    {
        var gates = (await club.Admin.Get("/api/gates")).Ok().Items
            .Where(g => g.GetProperty("siteId").GetString() == site).Select(g => g.GetProperty("id").GetString());
        var head = club.Silo.Get<Silo.Views.Feed>().Head;
        var listed = (await club.Admin.Get($"/api/gates/offline-differences?after={head}")).Ok().Items;
        return [.. listed.Where(item => gates.Contains(item.GetProperty("gateId").GetString()))];
    }
}
