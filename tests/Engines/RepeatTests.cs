using SmartClub.Grains.Model;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Engines;

/// <summary>One intent has one outcome, however often and however late it is sent again.</summary>
public sealed class RepeatTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Repeat_GetsTheFirstAnswer_WhileTheFirstIsInFlight()
    {
        var silo = await Opened(seats: 5);
        await using var hold = await world.HoldCommits();
        var first = silo.Begin(new TakeSeat(Hall, "Ruth"), "ruth");
        var second = silo.Begin(new TakeSeat(Hall, "Ruth"), "ruth");

        // The repeat is an answer too: it may not leave before the row is durable.
        Assert.False(first.IsCompleted || second.IsCompleted);
        await hold.Release();

        Assert.Equal(await first.Happens("the first answer"), await second.Happens("the repeat"));
        Assert.Equal(new SeatTaken(1), (await first).Answer.Outcome);
        Assert.Equal(1, await Taken(silo));
    }

    [Fact]
    public async Task Repeat_GetsTheFirstAnswer_AfterRestartAndFromASnapshot()
    {
        var silo = await Opened(seats: 100);
        var first = await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth");
        Assert.Equal(first, await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth"));

        Assert.True(silo.Catalogue.Sweep(TimeSpan.Zero) > 0);
        Assert.Equal(0, silo.Catalogue.Count);
        Assert.Equal(first, await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth"));

        await silo.Stop();
        silo = await world.Start();
        Assert.Equal(first, await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth"));

        await silo.Fill(Hall, 60);
        await silo.SnapshotAll();
        await silo.Kill();
        silo = await world.Start();
        Assert.Equal(first, await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth"));
        Assert.Equal(61, await Taken(silo));
    }

    [Fact]
    public async Task OtherContent_IsRefused_UnderTheSameId()
    {
        var silo = await Opened(seats: 5);
        await using (var hold = await world.HoldCommits())
        {
            var first = silo.Begin(new TakeSeat(Hall, "Ruth"), "id");
            var other = silo.Begin(new TakeSeat(Hall, "Grace"), "id");
            Assert.False(other.IsCompleted);
            await hold.Release();
            Assert.Equal(EngineRefusals.CommandIdReused, (await other.Happens("the refusal")).Answer.Refusal);
            Assert.Null((await first).Answer.Refusal);
        }

        await silo.Kill();
        silo = await world.Start();
        var late = await silo.Send(new TakeSeat(Hall, "Grace"), "id");
        Assert.Equal(EngineRefusals.CommandIdReused, late.Answer.Refusal);
        Assert.Null(late.Position);
        Assert.Equal(1, await Taken(silo));
    }

    [Fact]
    public async Task Refusal_IsKept_SoThatALateRetryNeverSucceeds()
    {
        var silo = await Opened(seats: 1);
        await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth");
        var refused = await silo.Send(new TakeSeat(Hall, "Grace"), "grace");
        Assert.Equal(Refusal.Of(HallRefusal.HallFull), refused.Answer.Refusal);
        Assert.NotNull(refused.Position);

        // The hall grows behind the engine's back by what any other grain of the same key would do: it is closed and
        // the retry finds its own refusal, not the state.
        Assert.Equal(refused, await silo.Send(new TakeSeat(Hall, "Grace"), "grace"));
        silo.Catalogue.Sweep(TimeSpan.Zero);
        Assert.Equal(refused, await silo.Send(new TakeSeat(Hall, "Grace"), "grace"));
        await silo.Kill();
        silo = await world.Start();
        Assert.Equal(refused, await silo.Send(new TakeSeat(Hall, "Grace"), "grace"));
    }

    [Fact]
    public async Task UnkeptRefusal_WritesNothing_AndALaterTrySucceeds()
    {
        var silo = await world.Start();
        var refused = await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth");
        Assert.Equal(Refusal.Of(HallRefusal.HallNotFound), refused.Answer.Refusal);
        Assert.Null(refused.Position);
        Assert.Equal(0, await world.Database.Scalar<long>("select count(*) from journal.rows"));

        await silo.Send(new OpenHall(Hall, 5), "open");
        Assert.Equal(new SeatTaken(1), (await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth")).Answer.Outcome);
    }

    [Fact]
    public async Task SameId_IsAnotherIntent_AtAnotherGrain()
    {
        var silo = await Opened(seats: 5);
        var other = TestModule.Named<HallTag>("other");
        await silo.Send(new OpenHall(other, 5), "open");
        Assert.Equal(new SeatTaken(1), (await silo.Send(new TakeSeat(Hall, "Ruth"), "id")).Answer.Outcome);
        Assert.Equal(new SeatTaken(1), (await silo.Send(new TakeSeat(other, "Ruth"), "id")).Answer.Outcome);
    }

    private async Task<TestSilo> Opened(int seats)
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, seats), "open");
        return silo;
    }

    private static Task<int> Taken(TestSilo silo) => silo.Taken(Hall);
}
