using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Journal;

/// <summary>The database goes away in the middle of a batch, with every result that this can have.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;
    private TestSilo silo = null!;

    public async Task InitializeAsync()
    {
        world = await World.Create();
        silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 50), "open");
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Batch_GoesAgain_WhenTheServerEndedTheConnectionBeforeItWasCommitted()
    {
        var sent = silo.Wire.Says("PGCOPY");
        List<Task<SmartClub.Silo.Engines.Answered>> seats;
        await using (await CommitGate.After(world.Database, silo.Writer.DurablePosition))
        {
            seats = Begin(10);
            await sent.Happens("the batch is on its way");
            await world.Database.Terminate("smartclub journal");
            Assert.DoesNotContain(seats, s => s.IsCompleted);
        }

        await AllSeated(seats);
    }

    [Fact]
    public async Task Batch_CountsOnce_WhenItWasCommittedButNobodyWasTold()
    {
        var committed = silo.Wire.AnswersInVain("PGCOPY");
        var seats = Begin(10);
        await committed.Happens("the server has committed");
        Assert.DoesNotContain(seats, s => s.IsCompleted);
        silo.Wire.Break();
        await AllSeated(seats);
    }

    [Fact]
    public async Task Batch_CountsOnce_WhenItIsCommittedLateByAConnectionThatWasGivenUp()
    {
        var sent = silo.Wire.Says("PGCOPY");
        List<Task<SmartClub.Silo.Engines.Answered>> seats;
        await using (await CommitGate.After(world.Database, silo.Writer.DurablePosition))
        {
            seats = Begin(10);
            await sent.Happens("the batch is on its way");

            // The server does not see that the wire is gone before it has the lock, and the batch may be complete.
            silo.Wire.Break();
        }

        await AllSeated(seats);
    }

    [Fact]
    public async Task Batch_WithANewPersonsKey_CountsOnce_InBothCases()
    {
        var diary = TestModule.Named<DiaryTag>("told");
        await silo.Activation(diary.Grain);
        await silo.Views.WaitFor(silo.Writer.DurablePosition, default).Happens("the views are quiet");
        var committed = silo.Wire.AnswersInVain("COMMIT");
        var written = silo.Begin(new WriteDiary(diary, 1, "one"), "one");
        await committed.Happens("rows and key are committed");
        silo.Wire.Break();
        await written.Happens("the answer");

        var other = TestModule.Named<DiaryTag>("untold");
        await silo.Activation(other.Grain);
        var sent = silo.Wire.Says("PGCOPY");
        await using (await CommitGate.After(world.Database, silo.Writer.DurablePosition))
        {
            written = silo.Begin(new WriteDiary(other, 1, "two"), "two");
            await sent.Happens("the batch is on its way");
            await world.Database.Terminate("smartclub journal");
        }

        await written.Happens("the answer");
        Assert.Equal(2, await world.Database.Scalar<long>("select count(*) from vault.person_keys"));
        await silo.Kill();
        silo = await world.Start();
        Assert.Equal("one", await Text(diary));
        Assert.Equal("two", await Text(other));
        await silo.CheckJournal();
    }

    [Fact]
    public async Task Silo_GoesOn_WhenAllItsConnectionsAreEnded()
    {
        for (var round = 0; round < 3; round++)
        {
            var seats = Begin(5, $"round {round} ");
            await world.Database.Terminate("smartclub journal");
            await world.Database.Terminate("smartclub");
            await Task.WhenAll(seats).Happens("all answers");
        }

        var last = await silo.Send(new TakeSeat(Hall, "x"), "last");
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await world.Drive(silo.Views.WaitFor(last.Position!.Value, default), "the views go on");
        Assert.Equal(16, await silo.Taken(Hall));
        Assert.Null(silo.Host.Fault);
        await silo.CheckJournal();
    }

    [Fact]
    public async Task Silo_StepsDown_WhenAStrangerHasAppended()
    {
        var ended = silo.Ended;
        await world.Database.Run(
            "insert into journal.rows select position + 1, kind, stream, version + 1, gen_random_uuid(), content_hash, "
            + "body, chain from journal.rows order by position desc limit 1");
        await Assert.ThrowsAsync<FencedException>(() => silo.Send(new TakeSeat(Hall, "Ruth"), "ruth"));
        await ended.Happens("the silo ends");
        Assert.IsType<FencedException>(silo.Host.Fault);

        // Nobody who comes now waits for a writer that is gone.
        await Assert.ThrowsAsync<JournalUnavailableException>(() => silo.Send(new TakeSeat(Hall, "Grace"), "grace"));
    }

    [Fact]
    public async Task Silo_StepsDown_WhenTheJournalMovedWhileItWasAway()
    {
        var ended = silo.Ended;
        var sent = silo.Wire.Says("copy journal.rows");
        Task<SmartClub.Silo.Engines.Answered> seat;
        await using (var hold = await world.HoldCommits())
        {
            seat = silo.Begin(new TakeSeat(Hall, "Ruth"), "ruth");
            await sent.Happens("the batch is on its way");
            await world.Database.Terminate("smartclub journal");
            await hold.Commit(
                "insert into journal.rows select position + 1, kind, gen_random_uuid(), 1, gen_random_uuid(), "
                + "content_hash, body, sha256(chain) from journal.rows order by position desc limit 1");
        }

        await Assert.ThrowsAsync<FencedException>(() => seat.Happens("the caller hears of it"));
        await ended.Happens("the silo ends");
    }

    private List<Task<SmartClub.Silo.Engines.Answered>> Begin(int guests, string name = "") =>
        [.. Enumerable.Range(0, guests).Select(i => silo.Begin(new TakeSeat(Hall, "x"), $"{name}{i}"))];

    private async Task AllSeated(List<Task<SmartClub.Silo.Engines.Answered>> seats)
    {
        var answers = await Task.WhenAll(seats).Happens("all answers after the database is back");
        Assert.Equal(Enumerable.Range(1, seats.Count), answers.Select(a => ((SeatTaken)a.Answer.Outcome!).Number));
        Assert.Equal(seats.Count, await silo.Taken(Hall));
        Assert.Equal(seats.Count + 1, (await silo.CheckJournal()).Position);
        Assert.Equal(new SeatTaken(1), (await silo.Send(new TakeSeat(Hall, "x"), "0")).Answer.Outcome);
    }

    private Task<string?> Text(Id<DiaryTag> diary) =>
        silo.Grains.Read<DiaryState, string?>(diary.Grain, d => d.Texts.Single()).Happens("a read");
}
