using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>A silo in this process on a fresh database of the given server.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    /// <summary>The club's features, and the grains that only benchmarks have.</summary>
    public static readonly IReadOnlyList<FeatureModule> Modules =
        [.. SmartClub.Grains.Modules.All, SeatModule.Module, PurseModule.Module];

    private readonly string server;
    private readonly string name;
    private IHost? host;
    private bool isUsedUp;

    private BenchSilo(string server, string name, IHost host, string uri, string folder)
    {
        Folder = folder;
        this.server = server;
        this.name = name;
        this.host = host;
        Uri = uri;
    }

    public string Uri { get; }

    public string Folder { get; }

    public SiloSettings Settings => new(Uri, Folder, 0, null, null, null);

    public IServiceProvider Services =>
        host?.Services ?? throw new InvalidOperationException("The silo has been stopped.");

    public IGrains Grains => Services.GetRequiredService<IGrains>();

    public static async Task<BenchSilo> Start(string server)
    {
        var name = "bench_" + Guid.NewGuid().ToString("N");
        await Execute(server, $"create database {name}");
        var uri = new UriBuilder(server) { Path = name }.Uri.ToString();
        var folder = Directory.CreateTempSubdirectory("smartclub-bench").FullName;
        return await Start(server, name, uri, folder);
    }

    /// <summary>Ends this silo and starts another on the same database and folder; this one is used up.</summary>
    public async Task<BenchSilo> Restart()
    {
        await StopKeepingDatabase();
        isUsedUp = true;
        return await Start(server, name, Uri, Folder);
    }

    private static async Task<BenchSilo> Start(string server, string name, string uri, string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSilo(new SiloSettings(uri, folder, 0, null, null, null), Modules);
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<SiloHost>().Active;
        return new BenchSilo(server, name, host, uri, folder);
    }

    public static async Task Execute(string uri, string sql)
    {
        await using var database = new Database(uri);
        await using var connection = await database.Open();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the silo; the database stays until disposal.</summary>
    public async Task StopKeepingDatabase()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
            host = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (isUsedUp)
        {
            return;
        }

        await StopKeepingDatabase();
        await Execute(server, $"drop database {name} with (force)");
        Directory.Delete(Folder, recursive: true);
    }
}
