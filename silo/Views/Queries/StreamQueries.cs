using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>Reads the history of one grain backwards, page by page.</summary>
public sealed class StreamQueries(Database database, RowCodec codec)
{
    /// <summary>Rows of a grain before a version, newest first.</summary>
    public async Task<IReadOnlyList<JournalRow>> Before(
        GrainId grain, int version, int count, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select position, version, command_id, content_hash, body from journal.rows "
            + "where stream = $1 and kind = $2 and version < $3 order by version desc limit $4",
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = grain.Key });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = grain.Kind });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<JournalRow>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(codec.Decode(
                reader.GetInt64(0),
                grain,
                reader.GetInt32(1),
                new CommandId(reader.GetGuid(2)),
                reader.GetFieldValue<byte[]>(3),
                reader.GetFieldValue<byte[]>(4)));
        }

        return rows;
    }
}
