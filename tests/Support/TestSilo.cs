using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartClub.Grains.Model;
using SmartClub.Silo;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Silo.Views;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Support;

/// <summary>The whole silo without its web side, over a wire that a test can cut.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost host;
    private bool isGone;

    public TestSilo(World world, FeatureModule[] more)
    {
        World = world;
        Wire = new Wire(world.Database.ServerPort);
        var settings = new SiloSettings(world.Database.Uri(Wire.Port), world.DataFolder, 0, null, null, null);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings());
        builder.Services.AddSilo(settings, [.. Modules, .. more]);
        builder.Services.AddSingleton<TimeProvider>(world.Clock);

        // A clock that a test moves by days would end the lease each time.
        builder.Services.AddSingleton(new Lease(new SlowTime(20)));
        builder.Services.AddSingleton<ILoggerProvider>(Log);
        builder.Services.AddSingleton(Commits).AddSingleton<ICommitListener>(Commits);
        host = builder.Build();
    }

    /// <summary>The club's features and the test's own.</summary>
    public static IReadOnlyList<FeatureModule> Modules { get; } = [.. SmartClub.Grains.Modules.All, TestModule.Module];

    public World World { get; }

    public Wire Wire { get; }

    public LogBook Log { get; } = new();

    public CommitBook Commits { get; } = new();

    public SiloHost Host => host.Services.GetRequiredService<SiloHost>();

    public IGrains Grains => Get<IGrains>();

    public EmbeddedEngine Engine => Get<EmbeddedEngine>();

    public JournalWriter Writer => Get<JournalWriter>();

    public JournalReader Reader => Get<JournalReader>();

    public Catalogue Catalogue => Get<Catalogue>();

    public ViewRunner Views => Get<ViewRunner>();

    /// <summary>Completes when the silo ends, asked or not.</summary>
    public Task Ended
    {
        get
        {
            var ended = new TaskCompletionSource();
            Get<IHostApplicationLifetime>().ApplicationStopping.Register(ended.SetResult);
            return ended.Task;
        }
    }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public Task Launch() => host.StartAsync();

    /// <summary>Sends as a member of staff would, and insists on an answer.</summary>
    public Task<Answered> Send(ICommand command, string id) => Send(command, CommandId.Of("test", id));

    public Task<Answered> Send(ICommand command, CommandId id) =>
        Grains.Send(command, new Envelope(id, new Caller("staff:test"))).Happens($"an answer to {command}");

    /// <summary>Sends without waiting.</summary>
    public Task<Answered> Begin(ICommand command, string id) =>
        Grains.Send(command, new Envelope(CommandId.Of("test", id), new Caller("staff:test")));

    /// <summary>Asked to stop, as by SIGTERM.</summary>
    public async Task Stop()
    {
        isGone = true;
        await host.StopAsync().Happens("the silo stops");
        await Wire.DisposeAsync().Happens("the wire is gone");
        await Dispose(host);
    }

    /// <summary>Gone from one moment to the next, as by kill -9: nothing reaches the database any more.</summary>
    public async Task Kill()
    {
        isGone = true;
        await Wire.DisposeAsync().Happens("the wire is gone");
        await World.Database.Terminate("smartclub journal");
        await Dispose(host);

        // Nobody waits for the lease of a silo that is surely gone.
        await World.Database.Run("update journal.lease set holder = null");
    }

    public async ValueTask DisposeAsync()
    {
        if (!isGone)
        {
            await Kill();
        }
    }

    private static async Task Dispose(IHost host)
    {
        if (host is IAsyncDisposable parts)
        {
            await parts.DisposeAsync().Happens("all of the silo is gone");
        }
    }
}
