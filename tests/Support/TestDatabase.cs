using Npgsql;

namespace SmartClub.Tests.Support;

/// <summary>A database of its own on the PostgreSQL of <c>SMARTCLUB_TEST_DB</c>, dropped afterwards.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder admin;
    private readonly NpgsqlDataSource pool;

    private TestDatabase(NpgsqlConnectionStringBuilder admin, string name)
    {
        this.admin = admin;
        Name = name;
        pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(admin.ConnectionString)
        {
            Database = name,
            MaxPoolSize = 5,
            ApplicationName = "test",
            IncludeErrorDetail = true,
        });
    }

    public string Name { get; }

    public int ServerPort => admin.Port;

    /// <summary>Where a silo finds it, on the server itself or through a wire at another port.</summary>
    public string Uri(int? port = null)
    {
        var password = admin.Password is { Length: > 0 } secret ? ":" + System.Uri.EscapeDataString(secret) : "";
        return $"postgresql://{admin.Username}{password}@127.0.0.1:{port ?? admin.Port}/{Name}";
    }

    /// <summary>On the server of the run, or on another that a test has made.</summary>
    public static async Task<TestDatabase> Create(string? server = null)
    {
        var admin = Admin(server);
        var name = "smartclub_test_" + System.Guid.CreateVersion7().ToString("N");
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name} template template0", connection);
        await command.ExecuteNonQueryAsync();
        return new TestDatabase(admin, name);
    }

    public async Task Run(string sql)
    {
        await using var command = pool.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = pool.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every row as one text, its columns as PostgreSQL writes them.</summary>
    public async Task<List<string>> Rows(string sql)
    {
        var rows = new List<string>();
        await using var command = pool.CreateCommand($"select q::text from ({sql}) q");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public ValueTask<NpgsqlConnection> Open() => pool.OpenConnectionAsync();

    /// <summary>Ends the server's side of connections, as an administrator or a failing server would.</summary>
    public Task Terminate(string applicationName) => Run(
        $"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{Name}' "
        + $"and split_part(application_name, '/', 1) = '{applicationName}'");

    public async ValueTask DisposeAsync()
    {
        await pool.DisposeAsync();
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"drop database if exists {Name} with (force)", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlConnectionStringBuilder Admin(string? server)
    {
        var text = server ?? (Environment.GetEnvironmentVariable("SMARTCLUB_TEST_DB") is { Length: > 0 } set
            ? set
            : throw new InvalidOperationException(
                "SMARTCLUB_TEST_DB is not set; `./smartclub test` sets it to a PostgreSQL made for the run."));
        var uri = new System.Uri(text);
        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port,
            Database = "postgres",
            Username = System.Uri.UnescapeDataString(user[0]),
            Password = user.Length == 2 ? System.Uri.UnescapeDataString(user[1]) : null,
            Pooling = false,
        };
    }
}
