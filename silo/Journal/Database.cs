using Npgsql;

namespace SmartClub.Silo.Journal;

/// <summary>The club's database: where it is and how to connect to it.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlDataSource pool;
    private readonly string holder;

    /// <summary>Prepares to connect; nothing is opened yet.</summary>
    /// <param name="uri"><c>postgresql://user:password@host:port/database</c>, or Npgsql's own keyword form.</param>
    /// <param name="holder">The owner whose connections these are, if they may become the owner's.</param>
    public Database(string uri, string? holder = null)
    {
        this.holder = holder is null ? "" : "/" + holder;
        ConnectionString = ToConnectionString(uri, this.holder);
        pool = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <summary>Keyword form for Npgsql.</summary>
    public string ConnectionString { get; }

    /// <summary>A pooled connection for reading, views and snapshots.</summary>
    public ValueTask<NpgsqlConnection> Open(CancellationToken cancel = default) => pool.OpenConnectionAsync(cancel);

    /// <summary>The same for who cannot wait asynchronously: a turn that needs a person's key.</summary>
    public NpgsqlConnection OpenNow() => pool.OpenConnection();

    /// <summary>A connection of its own, outside the pool: the appending one, which holds the club's lock.</summary>
    public NpgsqlConnection OpenOwn()
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Pooling = false,
            CommandTimeout = 30,
            Timeout = 5,
            ApplicationName = "smartclub journal" + holder,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Forgets pooled connections, for after the server went away.</summary>
    public void ClearPool() => pool.Clear();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => pool.DisposeAsync();

    private static string ToConnectionString(string uri, string holder)
    {
        var settings = uri.StartsWith("postgres", StringComparison.Ordinal)
            ? FromUri(new Uri(uri))
            : new NpgsqlConnectionStringBuilder(uri);
        settings.MaxPoolSize = Limits.DatabaseConnections;
        settings.MaxAutoPrepare = 50;
        settings.AutoPrepareMinUsages = 2;
        settings.ApplicationName = "smartclub" + holder;
        settings.IncludeErrorDetail = false;
        return settings.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
        };
        if (user.Length == 2)
        {
            settings.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var name = parts[0] == "sslmode" ? "SSL Mode" : parts[0];
            settings[name] = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        return settings;
    }
}
