using System.Runtime.CompilerServices;
using Npgsql;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Journal;

/// <summary>A row's columns exactly as they are stored, with nothing decoded that could be damaged.</summary>
public readonly record struct RawRow(
    long Position, GrainId Grain, int Version, CommandId CommandId, byte[] ContentHash, byte[] Body, byte[] Chain);

/// <summary>A row with the bytes it was decoded from, for checking.</summary>
public readonly record struct StoredRow(JournalRow Row, byte[] Body, byte[] Chain);

/// <summary>Reads the journal: by stream, by position, by command.</summary>
public sealed class JournalReader(Database database, RowCodec codec)
{
    private const string Columns = "position, kind, stream, version, command_id, content_hash, body, chain";

    /// <summary>The last stored position; 0 where there is none.</summary>
    public async Task<long> Head(CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand("select coalesce(max(position), 0) from journal.rows", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Rows of one grain after a version, in order.</summary>
    public async Task<List<JournalRow>> Stream(GrainId grain, int afterVersion, CancellationToken cancel = default)
    {
        var rows = new List<JournalRow>();
        await foreach (var stored in Query(
            "where stream = $1 and kind = $2 and version > $3 order by version",
            [grain.Key, grain.Kind, afterVersion],
            cancel))
        {
            rows.Add(stored.Row);
        }

        return rows;
    }

    /// <summary>Rows of one grain before a version, newest first.</summary>
    public async Task<List<JournalRow>> Before(
        GrainId grain, int version, int count, CancellationToken cancel = default)
    {
        var rows = new List<JournalRow>();
        await foreach (var stored in Query(
            "where stream = $1 and kind = $2 and version < $3 order by version desc limit $4",
            [grain.Key, grain.Kind, version, count],
            cancel))
        {
            rows.Add(stored.Row);
        }

        return rows;
    }

    /// <summary>One row, or null.</summary>
    public async Task<JournalRow?> At(long position, CancellationToken cancel = default)
    {
        await foreach (var stored in Query("where position = $1", [position], cancel))
        {
            return stored.Row;
        }

        return null;
    }

    /// <summary>Rows of all grains after a position, in order, with their bytes.</summary>
    public IAsyncEnumerable<StoredRow> All(long after, int count, CancellationToken cancel = default) =>
        Query("where position > $1 order by position limit $2", [after, count], cancel);

    /// <summary>The same without decoding, for who checks the bytes first.</summary>
    public IAsyncEnumerable<RawRow> AllRaw(long after, int count, CancellationToken cancel = default) =>
        QueryRaw("where position > $1 order by position limit $2", [after, count], cancel);

    /// <summary>What a row says.</summary>
    public StoredRow Decode(RawRow raw) => new(
        codec.Decode(raw.Position, raw.Grain, raw.Version, raw.CommandId, raw.ContentHash, raw.Body),
        raw.Body, raw.Chain);

    private async IAsyncEnumerable<StoredRow> Query(
        string condition, object[] values, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var raw in QueryRaw(condition, values, cancel))
        {
            yield return Decode(raw);
        }
    }

    private async IAsyncEnumerable<RawRow> QueryRaw(
        string condition, object[] values, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand($"select {Columns} from journal.rows {condition}", connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return Read(reader);
        }
    }

    private static RawRow Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        new GrainId(reader.GetInt16(1), reader.GetGuid(2)),
        reader.GetInt32(3),
        new CommandId(reader.GetGuid(4)),
        reader.GetFieldValue<byte[]>(5),
        reader.GetFieldValue<byte[]>(6),
        reader.GetFieldValue<byte[]>(7));
}
