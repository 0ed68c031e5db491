using System.Runtime.CompilerServices;
using Npgsql;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Journal;

/// <summary>The journal's tables in PostgreSQL.</summary>
public sealed class PostgresJournalStore(Database database) : IJournalStore
{
    private const string Columns = "position, kind, stream, version, command_id, content_hash, body, chain";

    /// <inheritdoc/>
    public Task Migrate(CancellationToken cancel) => Schema.Migrate(database, cancel);

    /// <inheritdoc/>
    public async Task<long> Head(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand("select coalesce(max(position), 0) from journal.rows", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RawRow> Stream(GrainId grain, int afterVersion, CancellationToken cancel) => Query(
        "where stream = $1 and kind = $2 and version > $3 order by version",
        [grain.Key, grain.Kind, afterVersion],
        cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RawRow> Before(GrainId grain, int version, int count, CancellationToken cancel) => Query(
        "where stream = $1 and kind = $2 and version < $3 order by version desc limit $4",
        [grain.Key, grain.Kind, version, count],
        cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RawRow> After(long position, int count, CancellationToken cancel) =>
        Query("where position > $1 order by position limit $2", [position, count], cancel);

    /// <summary>All rows in order, as this connection's transaction sees them.</summary>
    public static IAsyncEnumerable<RawRow> All(NpgsqlConnection connection, CancellationToken cancel) =>
        Query(connection, "order by position", [], cancel);

    /// <inheritdoc/>
    public async Task<Snapshot?> FindSnapshot(GrainId grain, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select version, position, state_version, body from journal.snapshots where stream = $1 and kind = $2",
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = grain.Key });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = grain.Kind });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new Snapshot(
                grain, reader.GetInt32(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }

    /// <inheritdoc/>
    public async Task SaveSnapshots(IReadOnlyList<Snapshot> snapshots, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var sql = new NpgsqlBatch(connection);
        foreach (var snapshot in snapshots)
        {
            var command = new NpgsqlBatchCommand(
                "insert into journal.snapshots values ($1, $2, $3, $4, $5, $6) on conflict (stream, kind) do update "
                + "set version = excluded.version, position = excluded.position, "
                + "state_version = excluded.state_version, body = excluded.body "
                + "where snapshots.version <= excluded.version");
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = snapshot.Grain.Kind });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = snapshot.Grain.Key });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = snapshot.Version });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = snapshot.Position });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = snapshot.StateVersion });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = snapshot.Body });
            sql.BatchCommands.Add(command);
        }

        await sql.ExecuteNonQueryAsync(cancel);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindPersonKey(Guid person, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = SelectKey(person, connection);
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }

    /// <inheritdoc/>
    public byte[]? FindPersonKeyNow(Guid person)
    {
        using var connection = database.OpenNow();
        using var command = SelectKey(person, connection);
        return command.ExecuteScalar() as byte[];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<WrappedKey> PersonKeys(
        int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select person, wrapped from vault.person_keys limit $1", connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return new WrappedKey(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
        }
    }

    private async IAsyncEnumerable<RawRow> Query(
        string condition, object[] values, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await foreach (var row in Query(connection, condition, values, cancel))
        {
            yield return row;
        }
    }

    private static async IAsyncEnumerable<RawRow> Query(
        NpgsqlConnection connection, string condition, object[] values,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from journal.rows {condition}", connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return new RawRow(
                reader.GetInt64(0),
                new GrainId(reader.GetInt16(1), reader.GetGuid(2)),
                reader.GetInt32(3),
                new CommandId(reader.GetGuid(4)),
                reader.GetFieldValue<byte[]>(5),
                reader.GetFieldValue<byte[]>(6),
                reader.GetFieldValue<byte[]>(7));
        }
    }

    private static NpgsqlCommand SelectKey(Guid person, NpgsqlConnection connection) =>
        new("select wrapped from vault.person_keys where person = $1", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = person } },
        };
}
