using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Store;

/// <summary>
/// All that a door must still know after a power cut, in SQLite: who it is, its numbers, its list, and what happened
/// and was not yet told. Every change is on the disk when its call returns.
/// </summary>
public sealed class AgentStore : IDisposable
{
    private const int Version = 1;

    // A pass is too old long before it is forgotten.
    private const int PassMemorySeconds = 600;
    private readonly Lock _lock = new();
    private readonly SqliteConnection _database;

    private AgentStore(SqliteConnection database, string list)
    {
        _database = database;
        List = new ListStore(Connect(list));
    }

    /// <summary>The list.</summary>
    public ListStore List { get; }

    /// <summary>Opens the file in a folder that only its owner can read; makes both where they are missing.</summary>
    public static AgentStore Open(string folder)
    {
        PrivateFile.CreateFolder(folder);
        var path = Path.Combine(folder, "agent.db");
        var store = new AgentStore(Connect(path), Path.Combine(folder, "list.db"));
        store.Run(
            """
            create table if not exists facts (name text primary key, value text not null) without rowid;
            create table if not exists events (n integer primary key, body text not null);
            create table if not exists passes (use text primary key, at integer not null) without rowid;
            create table if not exists staff (h text primary key, name text not null) without rowid;
            """);
        var made = store.Fact("version");
        if (made is not null && made != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new DeviceException($"{path} was written by another version of this program.");
        }

        store.Keep("version", Version.ToString(CultureInfo.InvariantCulture));
        return store;
    }

    /// <summary>A kept fact, or null.</summary>
    public string? Fact(string name)
    {
        lock (_lock)
        {
            using var command = Command("select value from facts where name = $1", name);
            return command.ExecuteScalar() as string;
        }
    }

    /// <summary>A kept fact that is a whole number.</summary>
    public long Number(string name) => Fact(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;

    /// <summary>Keeps a fact; null forgets it.</summary>
    public void Keep(string name, string? value) => Together(() => Set(name, value));

    /// <summary>Does several things together or not at all.</summary>
    public void Together(Action changes)
    {
        lock (_lock)
        {
            using var transaction = _database.BeginTransaction();
            changes();
            transaction.Commit();
        }
    }

    /// <summary>Sets a fact inside <see cref="Together"/>.</summary>
    public void Set(string name, string? value)
    {
        using var command = value is null
            ? Command("delete from facts where name = $1", name)
            : Command("insert into facts values ($1, $2) on conflict do update set value = $2", name, value);
        command.ExecuteNonQuery();
    }

    /// <summary>Keeps an event with the next number: it is reported once, however often the power fails.</summary>
    public long Add(GateEvent happened, string? passUse = null)
    {
        long n = 0;
        Together(() =>
        {
            n = Number("last_event") + 1;
            Set("last_event", n.ToString(CultureInfo.InvariantCulture));
            using var command = Command(
                "insert into events values ($1, $2)", n, Wire.Text(happened with { N = n }));
            command.ExecuteNonQuery();
            if (passUse is not null)
            {
                var at = happened.At.ToUnixTimeSeconds();
                using var used = Command("insert or ignore into passes values ($1, $2)", passUse, at);
                used.ExecuteNonQuery();
                using var old = Command("delete from passes where at < $1", at - PassMemorySeconds);
                old.ExecuteNonQuery();
            }
        });
        return n;
    }

    /// <summary>Whether a rotating pass was let through here before.</summary>
    public bool IsPassUsed(string use)
    {
        lock (_lock)
        {
            using var command = Command("select 1 from passes where use = $1", use);
            return command.ExecuteScalar() is not null;
        }
    }

    /// <summary>The oldest events that were not taken over yet.</summary>
    public IReadOnlyList<GateEvent> Events(int most)
    {
        lock (_lock)
        {
            using var command = Command("select body from events order by n limit $1", most);
            using var rows = command.ExecuteReader();
            var events = new List<GateEvent>();
            while (rows.Read())
            {
                events.Add(JsonSerializer.Deserialize<GateEvent>(rows.GetString(0), Wire.Json)!);
            }

            return events;
        }
    }

    /// <summary>How many events wait.</summary>
    public int QueueLength
    {
        get
        {
            lock (_lock)
            {
                using var command = Command("select count(*) from events");
                return (int)(long)command.ExecuteScalar()!;
            }
        }
    }

    /// <summary>Forgets events that the silo has taken over.</summary>
    public void Forget(long through) => Together(() =>
    {
        using var command = Command("delete from events where n <= $1", through);
        command.ExecuteNonQuery();
    });

    /// <summary>
    /// Goes over to another key if nothing waits under the one before: events are counted by key, and one that was
    /// sent under both would count twice.
    /// </summary>
    public bool TryChangeKey(string key)
    {
        var isChanged = false;

        // First the list, which the next key cannot read: cut between the two, the door fetches it anew.
        List.Clear();
        Together(() =>
        {
            if (QueueLength == 0)
            {
                Set("key", key);
                Set("next_key", null);
                Set("last_event", null);
                isChanged = true;
            }
        });
        return isChanged;
    }

    /// <summary>Counts what waits from 1 again, inside <see cref="Together"/>: a new key has its own numbers.</summary>
    public void CountAnew()
    {
        var waiting = Events(int.MaxValue);
        Run("delete from events");
        for (var i = 0; i < waiting.Count; i++)
        {
            using var command = Command(
                "insert into events values ($1, $2)", i + 1, Wire.Text(waiting[i] with { N = i + 1 }));
            command.ExecuteNonQuery();
        }

        Set("last_event", waiting.Count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Keeps a badge of staff for times when nobody else may come in.</summary>
    public void AddStaff(string hash, string name) => Together(() =>
    {
        using var command = Command(
            "insert into staff values ($1, $2) on conflict do update set name = $2", hash, name);
        command.ExecuteNonQuery();
    });

    /// <summary>Whether a badge is one of staff.</summary>
    public bool IsStaff(string hash)
    {
        lock (_lock)
        {
            using var command = Command("select 1 from staff where h = $1", hash);
            return command.ExecuteScalar() is not null;
        }
    }

    /// <summary>Whether the file is whole.</summary>
    public bool IsSound()
    {
        lock (_lock)
        {
            using var command = Command("pragma quick_check");
            return command.ExecuteScalar() as string == "ok";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        List.Dispose();
        _database.Dispose();
    }

    // A file that only its owner can read, and whose every commit is on the disk.
    private static SqliteConnection Connect(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFile.Open(path, FileMode.CreateNew, FileShare.None).Dispose();
        }

        var database = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
        }.ToString());
        database.Open();
        using var set = database.CreateCommand();
        set.CommandText = "pragma journal_mode = wal; pragma synchronous = full";
        set.ExecuteNonQuery();
        return database;
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
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
