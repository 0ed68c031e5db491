using SmartClub.Grains.Model;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Journal;

/// <summary>After a crowd the next COPY is begun ahead of its rows; what comes instead loses nothing.</summary>
public sealed class PreparedCopyTests : IAsyncLifetime
{
    private const int Guests = 24;
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;
    private TestSilo silo = null!;
    private int crowds;

    public async Task InitializeAsync()
    {
        world = await World.Create();
        silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 10_000), "open");
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Copy_IsBegunAhead_AfterACrowd()
    {
        var isSeen = false;
        for (var i = 0; i < 50 && !isSeen; i++)
        {
            await Crowd();
            isSeen = await world.Database.Scalar<long>(
                $"select count(*) from pg_stat_activity where datname = '{world.Database.Name}' and state = 'active' "
                + "and query like 'copy journal.rows%'") == 1;
        }

        Assert.True(isSeen, "No COPY was ever begun ahead.");
        await AllIsThere();
    }

    [Fact]
    public async Task Rows_Follow_WhenABeatCameFirst()
    {
        await Crowd();

        // The hold on commits has to wait until a beat has ended the COPY that stands, and beats are slow in tests.
        await Crowd();
        await AllIsThere();
    }

    [Fact]
    public async Task Rows_Follow_WhenTheConnectionWasEndedMeanwhile()
    {
        for (var i = 0; i < 3; i++)
        {
            await Crowd();
            await world.Database.Terminate("smartclub journal");
        }

        await Crowd();
        await AllIsThere();
    }

    [Fact]
    public async Task ANewPersonsKey_GoesWithItsRow()
    {
        var diary = TestModule.Named<DiaryTag>("diary");
        await Crowd();
        await silo.Send(new WriteDiary(diary, 1, "words"), "words");
        await Crowd();
        Assert.Equal(1, await world.Database.Scalar<long>("select count(*) from vault.person_keys"));
        await silo.CheckJournal();
    }

    [Fact]
    public async Task Silo_Ends_AndAnotherBegins()
    {
        await Crowd();
        await silo.Kill();
        silo = await world.Start();
        await Crowd();
        await AllIsThere();
    }

    // The first row goes alone; the others meet behind it while its commit is held up, and go together.
    private async Task Crowd()
    {
        var crowd = ++crowds;
        List<Task<SmartClub.Silo.Engines.Answered>> seats;
        await using (await world.HoldCommits())
        {
            seats = [.. Enumerable.Range(0, Guests).Select(i => silo.Begin(new TakeSeat(Hall, "x"), $"{crowd} {i}"))];
        }

        await Task.WhenAll(seats).Happens("all have their seats");
    }

    private async Task AllIsThere()
    {
        Assert.Equal(crowds * Guests, await silo.Taken(Hall));
        Assert.Equal((crowds * Guests) + 1, (await silo.CheckJournal()).Position);
    }
}
