using Npgsql;
using NpgsqlTypes;
using SmartClub.Silo.Journal.Leasing;

namespace SmartClub.Silo.Journal;

/// <summary>
/// The appending connection to PostgreSQL. It holds the club's advisory lock as long as it lives, so that two silos
/// never append at once. Every call blocks until the server has answered.
/// </summary>
public sealed class JournalConnection(Database database) : IAppendingConnection
{
    /// <summary>Start of a stream in COPY's binary form.</summary>
    public static readonly byte[] CopyHeader =
        [.. "PGCOPY\n"u8, 0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>End of a stream in COPY's binary form.</summary>
    public static readonly byte[] CopyTrailer = [0xFF, 0xFF];

    private static readonly byte[] NoRows = [.. CopyHeader, .. CopyTrailer];

    /// <summary>How rows get into the journal, here and when a backup is restored.</summary>
    public const string CopySql =
        "copy journal.rows (position, kind, stream, version, command_id, content_hash, body, chain) "
        + "from stdin (format binary)";

    // Any number that all silos of a club agree on; one club has one database.
    internal const long ClubLock = 0x5343_4c55_4221;

    private NpgsqlConnection? open;
    private NpgsqlRawCopyStream? begun;
    private volatile bool isDisposed;

    /// <inheritdoc/>
    public bool IsOpen => open?.State == System.Data.ConnectionState.Open;

    /// <inheritdoc/>
    public ValueTask<Attempt> TryTake()
    {
        Close();
        ObjectDisposedException.ThrowIf(isDisposed, this);
        open = database.OpenOwn();
        Schema.RequireDurableCommits(open);
        using var command = new NpgsqlCommand($"select pg_try_advisory_lock({ClubLock})", open);
        var isTaken = command.ExecuteScalar() is true;

        // Read under the lock: from here on nobody else changes it.
        var attempt = new Attempt(isTaken ? ReadHead() : null, ReadSign());
        if (!isTaken)
        {
            Close();
        }

        return new(attempt);
    }

    /// <inheritdoc/>
    public ValueTask<long> BeginEpoch(string holder)
    {
        using var command = new NpgsqlCommand(
            "update journal.lease set epoch = epoch + 1, beat = 0, holder = $1 returning epoch", Idle());
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = holder });
        return new((long)command.ExecuteScalar()!);
    }

    /// <inheritdoc/>
    public ValueTask Beat(long epoch) => Sign("update journal.lease set beat = beat + 1 where epoch = $1", epoch);

    /// <inheritdoc/>
    public ValueTask LetGo(long epoch) => Sign("update journal.lease set holder = null where epoch = $1", epoch);

    /// <inheritdoc/>
    public ValueTask Prepare()
    {
        begun ??= Connection.BeginRawBinaryCopy(CopySql);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask Append(ReadOnlyMemory<byte> rows, IReadOnlyList<WrappedKey> keys)
    {
        if (keys.Count == 0)
        {
            Copy(rows);
            return default;
        }

        using var transaction = Idle().BeginTransaction();
        Save(keys);
        Copy(rows);
        transaction.Commit();
        return default;
    }

    /// <inheritdoc/>
    public void Abandon()
    {
        Close();
        database.ClearPool();
    }

    /// <summary>Closes the connection for good: a silo that has ended must not take the lock again.</summary>
    public void Dispose()
    {
        isDisposed = true;
        Close();
    }

    private NpgsqlConnection Connection =>
        open ?? throw new NpgsqlException("The appending connection is closed.");

    // For all but rows: a COPY that was begun for rows that did not come ends without any.
    private NpgsqlConnection Idle()
    {
        if (begun is not null)
        {
            Copy(NoRows);
        }

        return Connection;
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
        begun = null;
    }

    private void Copy(ReadOnlyMemory<byte> rows)
    {
        using var stream = begun ?? Connection.BeginRawBinaryCopy(CopySql);
        begun = null;
        stream.Write(rows.Span);
    }

    private void Save(IReadOnlyList<WrappedKey> keys)
    {
        using var command = new NpgsqlCommand(
            "insert into vault.person_keys select * from unnest($1, $2) on conflict do nothing", open);
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = keys.Select(k => k.Person).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = keys.Select(k => k.Wrapped).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        command.ExecuteNonQuery();
    }

    private ValueTask Sign(string sql, long epoch)
    {
        using var command = new NpgsqlCommand(sql, Idle());
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = epoch });
        return command.ExecuteNonQuery() == 1 ? default
            : throw new FencedException("Another silo owns the journal; this one steps down.", null);
    }

    private LeaseSign ReadSign()
    {
        using var command = new NpgsqlCommand(PostgresLeaseTable.SignSql, open);
        using var reader = command.ExecuteReader();
        reader.Read();
        return PostgresLeaseTable.Sign(reader);
    }

    private JournalHead ReadHead()
    {
        using var command = new NpgsqlCommand(
            "select position, chain from journal.rows order by position desc limit 1", open);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new JournalHead(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : JournalHead.Empty;
    }
}
