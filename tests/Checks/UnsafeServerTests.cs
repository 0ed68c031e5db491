using Microsoft.Extensions.DependencyInjection;
using SmartClub.Silo;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Checks;

/// <summary>A server that may lose what it has confirmed, or has lost it, is refused or named.</summary>
[Trait("Category", "Slow")]
public sealed class UnsafeServerTests : IAsyncLifetime
{
    private OwnPostgres server = null!;
    private World world = null!;

    public async Task InitializeAsync()
    {
        server = await OwnPostgres.Make();
        world = await World.Create(server.Uri);
    }

    public async Task DisposeAsync()
    {
        await world.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    public async Task SiloAndVerify_RefuseToRun_WhereAPowerCutCouldLoseACommit(string setting)
    {
        await (await world.Start()).Stop();
        await server.Run($"alter system set {setting} = off");
        await server.Start();

        var silo = await world.Launch();
        var refusal = await Assert.ThrowsAsync<RefusesToRunException>(() => silo.Host.Active.Happens("a refusal"));
        Assert.Contains($"{setting} = off", refusal.Message, StringComparison.Ordinal);
        await silo.Kill();
        refusal = await Assert.ThrowsAsync<RefusesToRunException>(Verify);
        Assert.Contains($"{setting} = off", refusal.Message, StringComparison.Ordinal);

        await server.Run($"alter system set {setting} = on");
        await server.Start();
        await (await world.Start()).Stop();
        await Verify();
    }

    [Fact]
    public async Task FlippedByte_InAFileOfTheServer_IsNamed()
    {
        var silo = await world.Start();
        var hall = TestModule.Named<HallTag>("hall");
        await silo.Send(new OpenHall(hall, 500), "open");
        await silo.Fill(hall, 200);
        await silo.Stop();
        var file = await world.Database.Scalar<string>("select pg_relation_filepath('journal.rows')");
        await world.Database.Run("checkpoint");
        var path = Path.Combine(server.Cluster, file);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            // In the middle of the second page, where rows are.
            stream.Position = 8_192 + 6_000;
            var old = stream.ReadByte();
            stream.Position--;
            stream.WriteByte((byte)(old ^ 0x10));
        }

        // What the server holds in memory is still good; after a start it reads the file.
        await server.Start();
        var fault = await Assert.ThrowsAsync<FaultFoundException>(Verify);
        Assert.Contains($"invalid page in block 1 of relation {file}", fault.Message, StringComparison.Ordinal);
    }

    private async Task<Verified> Verify()
    {
        await using var parts = new ServiceCollection().AddLogging()
            .AddSilo(
                new SiloSettings(world.Database.Uri(), world.DataFolder, 0, null, null, null), TestSilo.Modules)
            .BuildServiceProvider();
        return await parts.GetRequiredService<Verifier>().Run(default);
    }
}
