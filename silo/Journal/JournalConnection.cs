using Npgsql;

namespace SmartClub.Silo.Journal;

/// <summary>
/// The appending connection. It holds the club's advisory lock as long as it lives, so that two silos never append
/// at once, and it is the only way rows get into the journal.
/// </summary>
public sealed class JournalConnection(Database database, ILogger<JournalConnection> log) : IDisposable
{
    /// <summary>Start of a stream in COPY's binary form.</summary>
    public static readonly byte[] CopyHeader =
        [.. "PGCOPY\n"u8, 0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>End of a stream in COPY's binary form.</summary>
    public static readonly byte[] CopyTrailer = [0xFF, 0xFF];

    private const string CopySql =
        "copy journal.rows (position, kind, stream, version, command_id, content_hash, body, chain) "
        + "from stdin (format binary)";

    // Any number that all silos of a club agree on; one club has one database.
    private const long ClubLock = 0x5343_4c55_4221;

    private NpgsqlConnection? open;
    private volatile bool isDisposed;

    /// <summary>Whether the connection is alive as far as we know.</summary>
    public bool IsOpen => open?.State == System.Data.ConnectionState.Open;

    /// <summary>Connects and tries to take the club's lock. Null: another silo holds it.</summary>
    public JournalHead? TryTake()
    {
        Close();
        ObjectDisposedException.ThrowIf(isDisposed, this);
        open = database.OpenOwn();
        Schema.RequireDurableCommits(open);
        using var command = new NpgsqlCommand($"select pg_try_advisory_lock({ClubLock})", open);
        if (command.ExecuteScalar() is not true)
        {
            Close();
            return null;
        }

        return ReadHead();
    }

    /// <summary>Appends rows already in COPY's form, with whatever must be in the same transaction.</summary>
    public void Append(ReadOnlyMemory<byte> rows, Action<NpgsqlConnection>? alongside)
    {
        if (open is null)
        {
            throw new NpgsqlException("The appending connection is closed.");
        }

        if (alongside is null)
        {
            Copy(rows);
            return;
        }

        using var transaction = open.BeginTransaction();
        alongside(open);
        Copy(rows);
        transaction.Commit();
    }

    /// <summary>
    /// Connects anew after the database went away, as often as it takes, and reads the head under the lock.
    /// </summary>
    public JournalHead Reopen(TimeProvider time)
    {
        var began = time.GetTimestamp();
        database.ClearPool();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (TryTake() is { } found)
                {
                    log.LogInformation("The journal's connection is back.");
                    return found;
                }
            }
            catch (NpgsqlException)
            {
                // Still starting up or away: there is nothing to do but to try again.
            }

            if (time.GetElapsedTime(began) > Limits.DatabaseWait)
            {
                throw new FencedException("The database stayed away or another silo took the lock.", null);
            }

            // The writer's own thread may wait; nothing else can go on without it.
            Thread.Sleep(Math.Min(20 << Math.Min(attempt, 4), 250));
        }
    }

    /// <summary>Closes the connection for good: a silo that has ended must not take the lock again.</summary>
    public void Dispose()
    {
        isDisposed = true;
        Close();
    }

    private void Close()
    {
        try
        {
            open?.Dispose();
        }
        catch (NpgsqlException)
        {
            // It was broken already.
        }

        open = null;
    }

    private void Copy(ReadOnlyMemory<byte> rows)
    {
        using var stream = open!.BeginRawBinaryCopy(CopySql);
        stream.Write(rows.Span);
    }

    private JournalHead ReadHead()
    {
        using var command = new NpgsqlCommand(
            "select position, chain from journal.rows order by position desc limit 1", open);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new JournalHead(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : JournalHead.Empty;
    }
}
