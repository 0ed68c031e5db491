using Microsoft.Extensions.Time.Testing;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Tests.Support;

/// <summary>
/// A club for one test: a database, a data folder and a clock that moves only when told. Silos of one world come one
/// after the other, or stand by for each other, as processes on one machine do.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly List<TestSilo> silos = [];
    private readonly List<Database> connected = [];
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-test-").FullName;

    private World(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 17, 5, 0, TimeSpan.Zero));

    public string DataFolder => folder;

    public static async Task<World> Create(string? server = null) => new(await TestDatabase.Create(server));

    /// <summary>The database as the silo's own parts know it, for using one of them alone.</summary>
    public Database Connect()
    {
        connected.Add(new Database(Database.Uri()));
        return connected[^1];
    }

    /// <summary>Starts a silo and waits until it takes commands.</summary>
    public async Task<TestSilo> Start(params FeatureModule[] more)
    {
        var silo = await Launch(more);
        await silo.Host.Active.Happens("the silo becomes active");
        return silo;
    }

    /// <summary>Starts a silo without waiting for it to become active.</summary>
    public async Task<TestSilo> Launch(params FeatureModule[] more)
    {
        // A silo waits for the second after its predecessor's last row; nobody should wait for that here.
        Clock.Advance(TimeSpan.FromSeconds(2));
        var silo = new TestSilo(this, more);
        silos.Add(silo);
        await silo.Launch();
        return silo;
    }

    /// <summary>
    /// Moves the clock on, a little at each round trip to the database, until something has happened.
    /// </summary>
    public async Task Drive(Task until, string what)
    {
        async Task Tick()
        {
            while (!until.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(50));
                await Database.Run("select 1");
            }

            await until;
        }

        // A minute of the clock is 1,200 round trips, which a busy machine takes its time for.
        await Tick().Happens(what, minutes: 2);
    }

    public Task<CommitHold> HoldCommits() => CommitHold.Take(Database);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }

        foreach (var database in connected)
        {
            await database.DisposeAsync();
        }

        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
