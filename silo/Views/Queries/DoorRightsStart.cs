using System.Runtime.CompilerServices;
using Npgsql;
using SmartClub.Grains.Members;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>A row of one of the tables of <see cref="DoorRightsView"/>.</summary>
public sealed record DoorRow(string Table, string Key, IReadOnlyDictionary<string, object?> Columns);

/// <summary>Where the lists for gates begin: all that doors need to know, as of one position.</summary>
public sealed class DoorRightsStart(Database database, ViewStore store)
{
    /// <summary>The position first (a row without a table), then all rows as of it.</summary>
    public async IAsyncEnumerable<DoorRow> Rows([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancel);
        await using (var checkpoint = new NpgsqlCommand(
            "select position from views.checkpoints where name = 'door_rights'", connection))
        {
            yield return new DoorRow("", "", new Dictionary<string, object?>
            {
                ["position"] = await checkpoint.ExecuteScalarAsync(cancel) ?? 0L,
            });
        }

        await foreach (var row in Read(
            connection, DoorRightsView.Members, "select key, suspended, position from views.door_members", cancel))
        {
            yield return row;
        }

        // Visits move with every entry: the memberships' own table has them.
        const string rights = "select r.*, m.visits_used from views.door_rights r "
            + "left join views.memberships m on m.key = r.key";
        await foreach (var row in Read(connection, DoorRightsView.Rights, rights, cancel))
        {
            yield return row;
        }

        await foreach (var row in Read(
            connection, DoorRightsView.PassKeys, "select * from views.door_pass_keys", cancel))
        {
            yield return row;
        }

        await foreach (var row in Read(
            connection, DoorRightsView.Badges, "select * from views.door_badges", cancel))
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<DoorRow> Read(
        NpgsqlConnection connection, string table, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var columns = new Dictionary<string, object?>(rows.FieldCount);
            for (var i = 0; i < rows.FieldCount; i++)
            {
                columns[rows.GetName(i)] = rows.IsDBNull(i) ? null
                    : rows.GetFieldType(i) == typeof(byte[]) ? store.Seal.Open((byte[])rows.GetValue(i))
                    : rows.GetName(i) is "starts_on" or "last_day" ? rows.GetFieldValue<DateOnly>(i)
                    : rows.GetValue(i);
            }

            yield return new DoorRow(table, (string)columns["key"]!, columns);
        }
    }
}
