using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SmartClub.Agent.Store;

/// <summary>
/// The list of a door, in a file of its own: writing fifty thousand entries takes seconds, and whoever stands at the
/// door meanwhile must not wait for them. A list is there whole or not at all.
/// </summary>
public sealed class ListStore : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _database;

    internal ListStore(SqliteConnection database)
    {
        _database = database;
        using var command = Command(
            """
            create table if not exists facts (name text primary key, value text not null) without rowid;
            create table if not exists entries (h text primary key, body text not null) without rowid;
            """);
        command.ExecuteNonQuery();
    }

    /// <summary>The version that is kept; 0: none.</summary>
    public long Version => Fact("version") is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;

    /// <summary>When the list ends as a whole; null: there is none.</summary>
    public DateTimeOffset? ExpiresAt => Fact("expires_at") is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The site's clock.</summary>
    public string? TimeZone => Fact("time_zone");

    /// <summary>All entries.</summary>
    public IReadOnlyList<(string Hash, string Body)> Entries()
    {
        lock (_lock)
        {
            using var command = Command("select h, body from entries");
            using var rows = command.ExecuteReader();
            var entries = new List<(string Hash, string Body)>();
            while (rows.Read())
            {
                entries.Add((rows.GetString(0), rows.GetString(1)));
            }

            return entries;
        }
    }

    /// <summary>Changes the list, or replaces it.</summary>
    public void Change(
        bool isFull, IEnumerable<(string Hash, string Body)> upsert, IEnumerable<string> remove, long version,
        DateTimeOffset expiresAt, string timeZone)
    {
        lock (_lock)
        {
            using var transaction = _database.BeginTransaction();
            if (isFull)
            {
                Run("delete from entries");
            }

            Each(
                "insert into entries values ($1, $2) on conflict do update set body = $2",
                upsert.Select(e => new[] { e.Hash, e.Body }), 2);
            Each("delete from entries where h = $1", remove.Select(hash => new[] { hash }), 1);
            Set("version", version.ToString(CultureInfo.InvariantCulture));
            Set("expires_at", expiresAt.ToString("O", CultureInfo.InvariantCulture));
            Set("time_zone", timeZone);
            transaction.Commit();
        }
    }

    /// <summary>Forgets the list: it belongs to a key that ends.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            using var transaction = _database.BeginTransaction();
            Run("delete from entries");
            Run("delete from facts");
            transaction.Commit();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private string? Fact(string name)
    {
        lock (_lock)
        {
            using var command = Command("select value from facts where name = $1", name);
            return command.ExecuteScalar() as string;
        }
    }

    private void Set(string name, string value) =>
        Each("insert into facts values ($1, $2) on conflict do update set value = $2", [[name, value]], 2);

    // One statement that is made ready once.
    private void Each(string sql, IEnumerable<string[]> rows, int parameters)
    {
        using var command = Command(sql, [.. Enumerable.Repeat("", parameters)]);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i];
            }

            command.ExecuteNonQuery();
        }
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> values)
    {
        var command = _database.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }
}
