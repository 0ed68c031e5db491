using SmartClub.Agent.Doors;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Tests.Agent;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Hubs;

/// <summary>
/// All doors of a site at once, over the hub alone: these doors give no sign of life after their first, so nothing
/// else could bring them what they are told.
/// </summary>
public sealed class EmergencyHubTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Emergencies_ReachTheDoors_WithinASecond()
    {
        var place = await club.Place();
        var second = await club.Gate(place.Site, place.Zone);
        var elsewhere = await club.Place();
        await using var front = await Listener.Open(club, place.Gate.Id);
        await using var back = await Listener.Open(club, second.Id);
        await using var other = await Listener.Open(club, elsewhere.Gate.Id);
        var took = new List<TimeSpan>();
        foreach (var (call, kind, mode) in new[]
        {
            ("evacuation", GateOrderKind.Evacuate, DoorMode.Open),
            ("evacuation/end", GateOrderKind.Unlock, DoorMode.Normal),
            ("lock-down", GateOrderKind.Lock, DoorMode.Locked),
            ("lock-down/end", GateOrderKind.Unlock, DoorMode.Normal),
            ("lock-down", GateOrderKind.Lock, DoorMode.Locked),
            ("evacuation", GateOrderKind.Evacuate, DoorMode.Open),
            ("evacuation/end", GateOrderKind.Unlock, DoorMode.Normal),
        })
        {
            var (inFront, behind) = (front.Answer(kind), back.Answer(kind));
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(204, (await club.Admin.Post($"/api/sites/{place.Site}/{call}", new { reason = "x" })).Status);
            await inFront.Happens($"{call} is carried out in front");
            await behind.Happens($"{call} is carried out behind");
            took.Add(TimeProvider.System.GetElapsedTime(began));
            foreach (var door in new[] { front, back })
            {
                Assert.Equal((mode, mode == DoorMode.Open), (door.Box.Host.Door.Mode, door.Box.Relay.IsHeld));
            }
        }

        Assert.Equal((DoorMode.Normal, 0), (other.Box.Host.Door.Mode, other.Box.Relay.Openings));

        // Over for the site and for each of its doors: what they said over the hub is known.
        var page = (await club.Admin.Get($"/api/sites/{place.Site}/emergency")).Ok().Body;
        Assert.Equal("evacuation", page.GetProperty("ended").GetString());
        Assert.All(
            page.GetProperty("gates").EnumerateArray(), g => Assert.Equal("none", g.GetProperty("state").GetString()));

        // The middle one: a single pause of a busy machine says nothing about doors.
        var usual = took.Order().ElementAt(took.Count / 2);
        Assert.InRange(usual, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Door_ThatComesToTheHubLater_HearsWhatHolds()
    {
        var place = await club.Place();
        var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        var path = $"/api/sites/{place.Site}/evacuation";
        Assert.Equal(204, (await club.Admin.Post(path, new { reason = "Fumée" })).Status);
        await club.Silo.Commits.Row(r => r.Grain == GateId.Parse(place.Gate.Id, null).Grain
            && r.Events.OfType<GateOrderGiven>().Any()).Happens("the door is told");
        Assert.False(box.Relay.IsHeld);
        await using var late = await Listener.Open(club, place.Gate.Id, box);
        await late.Answer(GateOrderKind.Evacuate).Happens("the door opens");
        Assert.True(box.Relay.IsHeld);
    }

    /// <summary>A door's box that only listens.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly HttpClub club;
        private readonly GateId gate;
        private Task listening = Task.CompletedTask;
        private long answered;

        private Listener(HttpClub club, string gate, AgentBox box)
        {
            this.club = club;
            this.gate = GateId.Parse(gate, null);
            Box = box;
        }

        public AgentBox Box { get; }

        public static async Task<Listener> Open(HttpClub club, string gate, AgentBox? box = null)
        {
            var listener = new Listener(club, gate, box ?? await (await AgentBox.Enrolled(club, gate)).Ready());
            var reached = new TaskCompletionSource();
            listener.Box.Host.Hub.Reached = () => reached.TrySetResult();
            listener.listening = listener.Box.Host.Hub.Run(listener.stop.Token);
            await reached.Task.Happens("the hub is reached");
            return listener;
        }

        /// <summary>Completes when the next order of this kind has been carried out and the silo knows it.</summary>
        public async Task Answer(GateOrderKind kind)
        {
            var after = answered;
            var given = await club.Silo.Commits.Row(r => r.Grain == gate.Grain && r.Position > after
                && r.Events.OfType<GateOrderGiven>().Any(e => e.Kind == kind));
            var order = given.Events.OfType<GateOrderGiven>().Single().OrderId;
            var row = await club.Silo.Commits.Row(r => r.Grain == gate.Grain
                && r.Events.OfType<GateOrderAnswered>().Any(e => e.OrderId == order && e.IsDone));
            answered = row.Position;
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
            Box.Dispose();
            stop.Dispose();
        }
    }
}
