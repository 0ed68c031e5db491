using SmartClub.Silo;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Silo.Views;
using SmartClub.Simulated.Core;
using SmartClub.Simulated.Store;

namespace SmartClub.Simulated.Club;

/// <summary>One process of a silo, from its start to its end: the production parts, on simulated ground.</summary>
internal sealed class SimSilo
{
    private static readonly SiloSettings Settings = new("", "", 0, null, null, null);
    private readonly ServiceProvider parts;

    public SimSilo(World world, int number)
    {
        Machine = new Machine(world.Timeline, number);
        var (dice, clock) = (world.Dice.Split(), new MachineClock(Machine));
        var store = new SimStore(Machine, world.Database, world.Faults, dice);
        var services = new ServiceCollection().AddSilo(Settings, SimClub.Modules)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IWorkers>(new MachineWorkers(Machine))
            .AddSingleton<IAppendingConnection>(new SimConnection(Machine, world.Database, world.Faults, dice))
            .AddSingleton<ILeaseTable>(new SimLeaseTable(Machine, world.Database, world.Faults, dice))
            .AddSingleton(store)
            .AddSingleton<IJournalStore>(store)
            .AddSingleton<IOwedStore>(store)
            .AddSingleton<IViewStore>(new SimViews(Machine, world.Database, world.Faults, dice))
            .AddSingleton<ISignedHead>(new SimSignedHead(world.Database))
            .AddSingleton(SimClub.Keys)
            .AddSingleton<IHostApplicationLifetime, Lifetime>()
            .AddSingleton(world.Book)
            .AddSingleton(typeof(ILogger<>), typeof(Log<>));
        world.Mutation.Change(services);
        parts = services.BuildServiceProvider();
        Host = parts.GetRequiredService<SiloHost>();
        Grains = parts.GetRequiredService<IGrains>();
    }

    public Machine Machine { get; }

    public SiloHost Host { get; }

    public IGrains Grains { get; }

    public bool IsActive => Host.IsActive && !Machine.IsGone;

    public Catalogue Catalogue => parts.GetRequiredService<Catalogue>();

    public JournalWriter Writer => parts.GetRequiredService<JournalWriter>();

    public Deliveries Deliveries => parts.GetRequiredService<Deliveries>();

    /// <summary>Starts the process; tells when it has ended by itself.</summary>
    public void Start(Action<Exception?> ended) => Machine.Timeline.Soon(Machine, () => _ = Live(ended));

    /// <summary>As by SIGTERM: commits what it has decided, then ends.</summary>
    public void AskToStop(Action ended) => Machine.Timeline.Soon(Machine, () => _ = Stop(ended));

    private async Task Live(Action<Exception?> ended)
    {
        await Host.Live(CancellationToken.None);
        ended(Host.Fault);
    }

    private async Task Stop(Action ended)
    {
        try
        {
            await Writer.Stop();
        }
        catch (FencedException)
        {
            // It ends in any case.
        }

        ended();
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication()
        {
        }
    }

    /// <summary>A log that nobody reads but for what must not be in it.</summary>
    private sealed class Log<T>(ErrorBook book) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error && exception is not (null or FencedException or Npgsql.NpgsqlException))
            {
                book.Add($"{formatter(state, exception)} {exception}");
            }
        }
    }
}

/// <summary>Errors that silos have logged with an exception: bugs, all of them.</summary>
internal sealed class ErrorBook
{
    public List<string> Lines { get; } = [];

    public void Add(string line) => Lines.Add(line);
}
