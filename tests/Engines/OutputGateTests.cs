using SmartClub.Grains.Model;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Engines;

/// <summary>Nobody learns anything that is not durable, and nobody waits who decides.</summary>
public sealed class OutputGateTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;
    private TestSilo silo = null!;

    public async Task InitializeAsync()
    {
        world = await World.Create();
        silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 40), "open");
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Nobody_IsAnswered_WhileTheCommitIsHeld()
    {
        var small = TestModule.Named<HallTag>("small");
        await silo.Send(new OpenHall(small, 1), "open small");
        await using var hold = await world.HoldCommits();
        var reply = silo.Begin(new TakeSeat(small, "Ruth"), "ruth");
        var read = silo.Grains.Read<HallState, int>(small.Grain, hall => hall.Taken);
        var refusal = silo.Begin(new TakeSeat(small, "Grace"), "grace");
        var refusalRepeated = silo.Begin(new TakeSeat(small, "Grace"), "grace");
        var repeat = silo.Begin(new TakeSeat(small, "Ruth"), "ruth");
        var reused = silo.Begin(new TakeSeat(small, "Esther"), "ruth");
        Task[] all = [reply, read, refusal, refusalRepeated, repeat, reused];

        // An answer of another grain that is durable already comes through at once: so the silo is alive, and the
        // six would have been answered by now if they ever were before their commit.
        var other = silo.Grains.Read<HallState, int>(Hall.Grain, hall => hall.Seats);
        Assert.Equal(40, await other.Happens("a read of a grain at rest"));
        Assert.DoesNotContain(all, t => t.IsCompleted);

        await hold.Release();
        await Task.WhenAll(all).Happens("all answers after the commit");
        Assert.Equal(1, await read);
        Assert.Equal("hall_full", (await refusal).Answer.Refusal!.Code);
        Assert.Equal(await refusal, await refusalRepeated);
        Assert.Equal(await reply, await repeat);
        Assert.Equal("command_id_reused", (await reused).Answer.Refusal!.Code);
    }

    [Fact]
    public async Task Refusal_WaitsForTheStateItWasDecidedOn_EvenWhenItIsNotKept()
    {
        var unknown = TestModule.Named<AccountTag>("unknown");
        var rich = TestModule.Named<AccountTag>("rich");
        await silo.Grains.Read<AccountState, bool>(rich.Grain, account => account.Exists).Happens("it is loaded");
        await using var hold = await world.HoldCommits();
        var opened = silo.Begin(new OpenAccount(rich, 10), "open rich");
        var full = silo.Begin(new Transfer(rich, unknown, 11), "too much");
        Assert.False(opened.IsCompleted || full.IsCompleted);
        await hold.Release();
        Assert.Equal("not_enough", (await full.Happens("the refusal")).Answer.Refusal!.Code);
    }

    [Fact]
    public async Task HotGrain_DecidesAtOnce_AndAnswersInFewBatches()
    {
        var before = silo.Commits.Batches.Count;
        await using var hold = await world.HoldCommits();
        var callers = Enumerable.Range(0, 32)
            .Select(i => silo.Begin(new TakeSeat(Hall, $"guest {i}"), $"guest {i}")).ToList();

        // The grain has moved on 32 times although not one commit was possible.
        var taken = 0;
        var read = silo.Grains.Read<HallState, int>(Hall.Grain, hall => taken = hall.Taken);
        Assert.Equal(32, taken);
        Assert.DoesNotContain(callers, c => c.IsCompleted);

        await hold.Release();
        var answers = await Task.WhenAll(callers).Happens("all 32 answers");
        await read;
        Assert.Equal(Enumerable.Range(1, 32), answers.Select(a => ((SeatTaken)a.Answer.Outcome!).Number));

        // The first goes alone or with whoever was quick; everybody else shares the commits after it.
        Assert.InRange(silo.Commits.Batches.Count - before, 1, 3);
        await silo.CheckJournal();
    }

    [Fact]
    public async Task HotGrain_IsNeverOversold_ByManyThreads()
    {
        var guests = Enumerable.Range(0, 200).Select(i => Task.Run(() => silo.Send(new TakeSeat(Hall, "x"), $"{i}")));
        var answers = await Task.WhenAll(guests).Happens("200 answers");
        var seats = answers.Select(a => a.Answer.Outcome).OfType<SeatTaken>().Select(s => s.Number).Order();
        Assert.Equal(Enumerable.Range(1, 40), seats);
        Assert.Equal(160, answers.Count(a => a.Answer.Refusal?.Code == "hall_full"));
        await silo.CheckJournal();
    }

    [Fact]
    public async Task FullQueue_RefusesWithRetryAfter_AndRecovers()
    {
        await using var hold = await world.HoldCommits();
        var accepted = new List<Task>();
        Exception? full = null;
        for (var i = 0; full is null && i < 60_000; i++)
        {
            var sent = silo.Begin(new TakeSeat(Hall, "x"), $"{i}");
            full = sent.IsFaulted ? sent.Exception!.InnerException : null;
            accepted.Add(full is null ? sent : Task.CompletedTask);
        }

        var refused = Assert.IsType<SmartClub.Silo.Journal.JournalUnavailableException>(full);
        Assert.Equal("journal_full", refused.Code);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.InRange(accepted.Count, SmartClub.Silo.Limits.JournalQueueRows, 60_000);

        await hold.Release();
        await Task.WhenAll(accepted).Happens("all that were taken are answered");
        Assert.Equal("hall_full", (await silo.Send(new TakeSeat(Hall, "x"), "after")).Answer.Refusal!.Code);
        Assert.Equal(accepted.Count + 1, (await silo.CheckJournal()).Position);
    }
}
