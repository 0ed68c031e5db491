using SmartClub.Devices.Protocol;
using SmartClub.Grains.Gates;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Agent;

/// <summary>What staff tell a door: at once over the hub, else with its next sign of life; carried out once.</summary>
public sealed class GateOrderTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Order_IsCarriedOutOnce_AndItsResultIsSeen()
    {
        var place = await club.Place();
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        var order = (await Order(place, "open_once")).Ok();

        await box.Host.Touch(default);
        Assert.Equal(1, box.Relay.Openings);
        await box.Host.Touch(default);
        await box.Host.Touch(default);

        Assert.Equal(1, box.Relay.Openings);
        var seen = Assert.Single(await Seen(place));
        Assert.Equal(order["id"], seen.GetProperty("id").GetString());
        Assert.Equal("done", seen.GetProperty("state").GetString());
        Assert.Equal("livraison", seen.GetProperty("reason").GetString());
        Assert.StartsWith("staff:", seen.GetProperty("operator").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_IsNotCarriedOutAgain_AfterThePowerFailed()
    {
        var place = await club.Place();
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        (await Order(place, "open_once")).Ok();
        await box.Host.Touch(default);
        box.PowerFails();
        box.Boot();
        await box.Host.Touch(default);
        Assert.Equal(1, box.Relay.Openings);
    }

    [Fact]
    public async Task Evacuation_IsAnswered_ThoughThePowerFailedBeforeTheAnswer()
    {
        var place = await club.Place();
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        (await Order(place, "evacuate")).Ok();
        await box.Host.Touch(default);
        box.PowerFails();
        box.Boot();
        await box.Host.Touch(default);
        await box.Host.Touch(default);
        Assert.True(box.Relay.IsHeld);
        Assert.Equal("done", Assert.Single(await Seen(place)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Order_ThatHasRunOut_OpensNothing()
    {
        var place = await club.Place();
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        (await Order(place, "open_once", 5)).Ok();
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(6));

        await box.Host.Touch(default);
        await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(place.Gate.Id, null).Grain
            && r.Events.OfType<GateOrderExpired>().Any()).Happens("the order runs out");
        Assert.Equal(0, box.Relay.Openings);
        Assert.Equal("expired", Assert.Single(await Seen(place)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Lock_KeepsPeopleOut_LetsThemOut_AndSurvivesAPowerCut()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        (await Order(place, "lock")).Ok();
        await box.Host.Touch(default);
        box.PowerFails();
        box.Boot();
        await box.Ready();

        Assert.Equal("locked", (await box.Show(guest.Badge)).State);
        Assert.Equal("grant", (await box.Show(guest.Badge, Direction.Out)).State);
        (await Order(place, "evacuate")).Ok();
        await box.Host.Touch(default);
        Assert.True(box.Relay.IsHeld);
        (await Order(place, "unlock")).Ok();
        await box.Host.Touch(default);
        Assert.False(box.Relay.IsHeld);
        Assert.Equal("grant", (await box.Show(guest.Badge)).State);
    }

    [Fact]
    public async Task Hub_BringsOrdersAtOnce_AndRemovals()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        using var stop = new CancellationTokenSource();
        var reached = new TaskCompletionSource();
        box.Host.Hub.Reached = reached.SetResult;
        var listening = box.Host.Hub.Run(stop.Token);
        var keeping = box.Host.Lists.Run(stop.Token);
        await reached.Task.Happens("the hub is reached");
        Assert.Equal(1, box.Host.List.Count);

        (await Order(place, "open_once")).Ok();
        await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(place.Gate.Id, null).Grain
            && r.Events.OfType<GateOrderAnswered>().Any()).Happens("the gate answers");
        Assert.Equal(1, box.Relay.Openings);

        var gone = new TaskCompletionSource();
        box.Host.Lists.Changed = () =>
        {
            if (box.Host.List.Count == 0)
            {
                gone.TrySetResult();
            }
        };
        var began = TimeProvider.System.GetTimestamp();
        (await club.Admin.Post($"/api/members/{guest.Member}/suspend", new { reason = "bagarre" })).Ok();
        await gone.Task.Happens("the right is gone from the door");
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(10));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
    }

    [Fact]
    public async Task Hub_IsClosed_ToWhoDoesNotSign()
    {
        var place = await club.Place();
        (await club.Stranger.Post("/hubs/gates/negotiate?negotiateVersion=1")).Refused(401, "unknown_device");
        (await place.Gate.Send("/hubs/gates/negotiate?negotiateVersion=1", Array.Empty<byte>())).Ok();
        (await place.Gate.Send(
            "/hubs/gates/negotiate?negotiateVersion=1", Array.Empty<byte>(), new Signed { Key = new byte[32] }))
            .Refused(401, "bad_signature");
    }

    [Fact]
    public async Task Order_IsRefused_WithoutReasonOrRight_OrForTooLong()
    {
        var place = await club.Place();
        (await Order(place, "open_once", 30, "")).Refused(400, "invalid_request");
        (await Order(place, "explode")).Refused(400, "invalid_request");
        (await Order(place, "lock", 3_601)).Refused(400, "invalid_request");
        var cashier = await club.SignIn(await club.Account(Grains.Staff.Commands.StaffRole.Cashier));
        (await cashier.Post($"/api/gates/{place.Gate.Id}/commands", new { kind = "lock", reason = "x" }))
            .Refused(403, "forbidden");
    }

    private Task<Reply> Order(Place place, string kind, int seconds = 60, string reason = "livraison") =>
        club.Admin.Post(
            $"/api/gates/{place.Gate.Id}/commands", new { kind, reason, expiresInSeconds = seconds });

    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> Seen(Place place)
    {
        var head = club.Silo.Get<Silo.Views.Feed>().Head;
        return (await club.Admin.Get($"/api/gates/{place.Gate.Id}/commands?after={head}")).Ok().Items;
    }
}
