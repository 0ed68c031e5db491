using System.Text.Json.Nodes;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Engines;

/// <summary>How long answers are remembered, and what remembering them costs a turn.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Mark_IsRight_FromTheFirstMomentAfterARestart()
    {
        var silo = await world.Start();
        Assert.Equal(1, silo.Get<OutcomeRetention>().OldestKept);
        await silo.Send(new OpenHall(Hall, 100), "open");
        await silo.Fill(Hall, 20);
        var old = silo.Writer.DurablePosition;
        world.Clock.Advance(Limits.OutcomesKept + TimeSpan.FromMinutes(1));
        await silo.Send(new TakeSeat(Hall, "new"), "new");
        await silo.Kill();

        silo = await world.Start();

        Assert.Equal(old + 1, silo.Get<OutcomeRetention>().OldestKept);
        var hall = await silo.Activation(Hall.Grain);
        Assert.Equal(1, Outcomes(ActivationSnapshot.Take(hall, silo.Get<OutcomeRetention>().OldestKept)));
        Assert.Equal(22, Outcomes(ActivationSnapshot.Take(hall, 0)));
    }

    [Fact]
    public async Task Snapshot_IsOfItsMoment_ThoughItIsWrittenLater()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 100), "open");
        await silo.Fill(Hall, 20);
        var content = ActivationSnapshot.Take(await silo.Activation(Hall.Grain), 0);
        var before = JsonNode.Parse(content())!.ToJsonString();

        await silo.Fill(Hall, 20);

        Assert.Equal(before, JsonNode.Parse(content())!.ToJsonString());
    }

    private static int Outcomes(Func<byte[]> content) => JsonNode.Parse(content())!["outcomes"]!.AsArray().Count;
}
