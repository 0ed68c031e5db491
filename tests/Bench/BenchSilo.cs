using Npgsql;
using SmartClub.Grains;
using SmartClub.Silo;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>A silo in this process on a fresh database of the given server.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;
    private readonly IHost host;
    private bool isStopped;

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

    public IServiceProvider Services => host.Services;

    public IGrains Grains => Services.GetRequiredService<IGrains>();

    public static async Task<BenchSilo> Start(string server)
    {
        var name = "bench_" + Guid.NewGuid().ToString("N");
        await Execute(server, $"create database {name}");
        var uri = new UriBuilder(server) { Path = name }.Uri.ToString();
        var folder = Directory.CreateTempSubdirectory("smartclub-bench").FullName;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSilo(new SiloSettings(uri, folder, 0, null, null, null), [.. Modules.All, SeatModule.Module]);
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
        await host.StopAsync();
        host.Dispose();
        isStopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!isStopped)
        {
            await StopKeepingDatabase();
        }

        await Execute(server, $"drop database {name} with (force)");
    }
}
