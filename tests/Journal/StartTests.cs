using System.Text.Json.Nodes;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Journal;

/// <summary>
/// When a silo may begin: alone, on a database that keeps its word, with the journal that was signed.
/// </summary>
public sealed class StartTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task SecondSilo_StandsBy_UntilTheFirstDies()
    {
        var first = await world.Start();
        await first.Send(new OpenHall(Hall, 5), "open");
        var second = await world.Launch();
        await second.Log.Says("standing by").Happens("the second silo stands by");
        await world.Drive(first.Send(new TakeSeat(Hall, "Ruth"), "ruth"), "the first goes on");
        Assert.False(second.Host.Active.IsCompleted);
        Assert.Null(second.Host.ActiveSince);

        await first.Kill();
        await world.Drive(second.Host.Active, "the second takes over");
        Assert.Equal(new SeatTaken(1), (await second.Send(new TakeSeat(Hall, "Ruth"), "ruth")).Answer.Outcome);
        Assert.Equal(new SeatTaken(2), (await second.Send(new TakeSeat(Hall, "Grace"), "grace")).Answer.Outcome);
        await second.CheckJournal();
    }

    [Fact]
    public async Task SecondSilo_TakesOver_WhenTheFirstLosesItsConnectionForGood()
    {
        var first = await world.Start();
        await first.Send(new OpenHall(Hall, 5), "open");
        var second = await world.Launch();
        await second.Log.Says("standing by").Happens("the second silo stands by");

        // The first is not dead, only cut off, with a row on its way that the second will never see.
        first.Wire.Cut();
        await world.Database.Terminate("smartclub journal");
        var lost = first.Begin(new TakeSeat(Hall, "Ruth"), "ruth");
        await world.Drive(second.Host.Active, "the second takes over");
        var seat = await second.Send(new TakeSeat(Hall, "Grace"), "grace");
        Assert.Equal(new SeatTaken(1), seat.Answer.Outcome);
        Assert.False(lost.IsCompletedSuccessfully);
        await world.Drive(first.Ended, "the first gives up");
        await Assert.ThrowsAnyAsync<Exception>(() => lost.Happens("the caller hears of it"));
    }

    [Theory]
    [InlineData("off")]
    [InlineData("local")]
    public async Task Silo_RefusesToRun_WhereACommitMayBeLost(string setting)
    {
        await world.Database.Run($"alter database {world.Database.Name} set synchronous_commit = {setting}");
        var silo = await world.Launch();
        var refusal = await Assert.ThrowsAsync<RefusesToRunException>(() => silo.Host.Active.Happens("a refusal"));
        Assert.Contains("synchronous_commit", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_RefusesToRun_OnASchemaOfTheFuture()
    {
        await (await world.Start()).Stop();
        await world.Database.Run("insert into public.schema_version values (999)");
        var silo = await world.Launch();
        var refusal = await Assert.ThrowsAsync<RefusesToRunException>(() => silo.Host.Active.Happens("a refusal"));
        Assert.Contains("999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_RunOnce_WhenManySilosStartTogether()
    {
        await using var database = new Database(world.Database.Uri());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Schema.Migrate(database, default)))
            .Happens("all are done");
        var numbers = await world.Database.Rows("select number from public.schema_version order by number");
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => $"({n})"), numbers);
        await Schema.Migrate(database, default);
        Assert.Equal(numbers, await world.Database.Rows("select number from public.schema_version order by number"));
    }

    [Fact]
    public async Task SignedHead_RefusesACutTail()
    {
        await StopAfterSeats(5);
        await world.Database.Run("delete from journal.rows where position > 4");
        await RefusesToStart("signed at position 6");
    }

    [Fact]
    public async Task SignedHead_RefusesAChainThatWasComputedAnew()
    {
        await StopAfterSeats(5);
        // Whoever can write to the database can make another chain that holds in itself; only the end matters here.
        await world.Database.Run("update journal.rows set chain = sha256(chain)");
        await RefusesToStart("signed at position 6");
    }

    [Fact]
    public async Task SignedHead_RefusesToBeAltered()
    {
        await StopAfterSeats(5);
        var file = Path.Combine(world.DataFolder, "keys", "journal-head.json");
        var head = JsonNode.Parse(await File.ReadAllBytesAsync(file))!.AsObject();
        head["Position"] = 3;
        await File.WriteAllTextAsync(file, head.ToJsonString());
        await RefusesToStart("altered");
        await File.WriteAllTextAsync(file, "{");
        await RefusesToStart("altered");
    }

    private async Task StopAfterSeats(int seats)
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 5), "open");
        await silo.Fill(Hall, seats);
        await silo.Stop();
    }

    private async Task RefusesToStart(string why)
    {
        var silo = await world.Launch();
        var refusal = await Assert.ThrowsAsync<RefusesToRunException>(() => silo.Host.Active.Happens("a refusal"));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        await silo.Kill();
    }
}
