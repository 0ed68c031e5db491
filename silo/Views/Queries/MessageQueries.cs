using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>A message as the outbox lists it.</summary>
public sealed record MessageRow(
    string Id, string Template, string Language, string? Address, string Status, int Attempts, string? Code,
    DateTimeOffset QueuedAt, DateTimeOffset MovedAt, DateTimeOffset? NextAt, DateTimeOffset Until);

/// <summary>Questions to the view of messages.</summary>
public sealed class MessageQueries(Database database, ViewRunner views)
{
    /// <summary>The last messages, newest first; the stuck ones only, or all.</summary>
    public async Task<(IReadOnlyList<MessageRow> Messages, long AsOf)> Last(bool stuck, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, template, language, address, status, attempts, code, queued_at, moved_at, next_at, until "
            + "from views.messages " + (stuck ? "where status in ('delayed', 'failed', 'unknown') " : "")
            + $"order by queued_at desc, key limit {Limits.OutboxItems}",
            connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<MessageRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new MessageRow(
                rows.GetString(0), rows.GetString(1), rows.GetString(2), Text(rows, 3), rows.GetString(4),
                (int)rows.GetInt64(5), Text(rows, 6), rows.GetFieldValue<DateTimeOffset>(7),
                rows.GetFieldValue<DateTimeOffset>(8),
                rows.IsDBNull(9) ? null : rows.GetFieldValue<DateTimeOffset>(9),
                rows.GetFieldValue<DateTimeOffset>(10)));
        }

        return (found, asOf);
    }

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);
}
