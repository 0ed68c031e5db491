using SmartClub.Silo.Checks;
using SmartClub.Silo.Engines;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Engines;

/// <summary>
/// Whatever happens in a club, the state in memory, the fold from the first event, and snapshot with tail are the same,
/// and the views are what a rebuild gives.
/// </summary>
public sealed class RandomClubTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Club_IsTheSame_LiveAndFoldedAndFromSnapshots(int seed)
    {
        var club = new RandomClub(seed);
        var silo = await world.Start();
        await club.Live(silo, 250);
        await Quiet(silo);
        await silo.SnapshotAll();
        await club.Live(silo, 250);
        await Quiet(silo);

        var live = await silo.States();
        foreach (var grain in await silo.AllGrains())
        {
            var activation = await silo.Activation(grain);
            Assert.Equal(await silo.FoldFromZero(grain), SiloSteps.Written(activation.State));
        }

        await silo.Get<Verifier>().Run(default);
        await silo.Stop();
        silo = await world.Start();
        Same(live, await silo.States());
        await world.Database.Run("delete from journal.snapshots");
        Assert.True(silo.Catalogue.Sweep(TimeSpan.Zero) > 0);
        Same(live, await silo.States());

        // Every single command, once more: nothing moves.
        var rows = await world.Database.Scalar<long>("select count(*) from journal.rows where kind < 1000");
        var answers = new List<Answered>();
        foreach (var (command, id) in club.Sent)
        {
            answers.Add(await silo.Send(command, id));
        }

        Assert.Equal(rows, await world.Database.Scalar<long>("select count(*) from journal.rows where kind < 1000"));
        Assert.All(answers, a => Assert.NotEqual("command_id_reused", a.Answer.Refusal?.Code));
        await silo.CheckJournal();
    }

    private static void Same(SortedDictionary<string, string> expected, SortedDictionary<string, string> found)
    {
        Assert.Equal(expected.Keys, found.Keys);
        Assert.All(expected, grain => Assert.Equal(grain.Value, found[grain.Key]));
    }

    // Sends that are on their way arrive, and come back.
    private static async Task Quiet(TestSilo silo)
    {
        await silo.Commits.Settled().Happens("every send has come back");
        await silo.Views.WaitFor(silo.Writer.DurablePosition, default).Happens("the views are there");
    }
}
