using Npgsql;

namespace SmartClub.Silo.Journal.Leasing;

/// <summary>
/// The lease in PostgreSQL. All silos of a club come as the same role, which may end its own connections.
/// </summary>
public sealed class PostgresLeaseTable(Database database) : ILeaseTable
{
    /// <summary>The columns of a <see cref="LeaseSign"/>.</summary>
    internal const string SignSql =
        "select epoch, beat, (select coalesce(max(position), 0) from journal.rows), holder from journal.lease";

    // As pg_locks shows an advisory lock with a key of 64 bits.
    private static readonly string LockSql =
        "select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 1 "
        + "and database = (select oid from pg_database where datname = current_database()) "
        + $"and classid = {JournalConnection.ClubLock >> 32} and objid = {JournalConnection.ClubLock & 0xFFFF_FFFF}";

    /// <inheritdoc/>
    public async Task<(LeaseSign Sign, bool IsLocked)> Read(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand($"{SignSql}; select exists ({LockSql})", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var sign = Sign(reader);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return (sign, reader.GetBoolean(0));
    }

    /// <inheritdoc/>
    public async Task EndOwner(LeaseSign seen, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            $"select pg_terminate_backend(pid) from ({LockSql}) owner where exists (select from ({SignSql}) "
            + "sign (epoch, beat, position, holder) where epoch = $1 and beat = $2 and position = $3)",
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seen.Epoch });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seen.Beat });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seen.Position });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <inheritdoc/>
    public async Task EndConnections(string holder, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            + "where datname = current_database() and application_name like '%/' || $1",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = holder });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Reads a row of <see cref="SignSql"/>.</summary>
    internal static LeaseSign Sign(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2),
        reader.IsDBNull(3) ? null : reader.GetString(3));
}
