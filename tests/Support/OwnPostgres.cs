using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using SmartClub.Tests.Style;

namespace SmartClub.Tests.Support;

/// <summary>A PostgreSQL server for one test, which may be set as no other test would bear it.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string folder;

    private OwnPostgres(string folder) => this.folder = folder;

    /// <summary>The folder of the cluster.</summary>
    public string Cluster => Path.Combine(folder, "db");

    public string Uri => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "postgres.json")))
        .RootElement.GetProperty("uri").GetString()!;

    public static async Task<OwnPostgres> Make() => new((await Script("make")).Trim());

    /// <summary>Starts it, or starts it again: settings that need it then hold.</summary>
    public Task Start() => Script("start", folder);

    public async Task Run(string sql)
    {
        var uri = new Uri(Uri);
        var user = uri.UserInfo.Split(':');
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port,
            Database = uri.AbsolutePath.Trim('/'),
            Username = user[0],
            Password = user[1],
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await Script("remove", folder);

    private static async Task<string> Script(params string[] words)
    {
        var script = Path.Combine(SourceTree.Root, "silo", "Setup", "throwaway.sh");
        var command = new ProcessStartInfo("bash", [script, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var running = Process.Start(command)!;
        var (output, error) = (running.StandardOutput.ReadToEndAsync(), running.StandardError.ReadToEndAsync());
        await running.Ends();
        Assert.True(running.ExitCode == 0, await output + await error);
        return await output;
    }
}
