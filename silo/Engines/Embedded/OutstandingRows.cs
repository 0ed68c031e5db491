using Npgsql;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>Reads what is still owed: from the view of outstanding promises, and behind its checkpoint.</summary>
public sealed class OutstandingRows(Database database, JournalReader reader)
{
    /// <summary>Reminders that fall due before a moment.</summary>
    public async Task<List<(JournalRow Row, StoredReminder Reminder)>> RemindersBefore(
        DateTimeOffset moment, CancellationToken cancel)
    {
        var found = new List<(JournalRow, StoredReminder)>();
        foreach (var (key, row) in await Rows("due <= $1", cancel, moment.UtcDateTime))
        {
            found.AddRange(row.Reminders.Where(r => r.FiringId.ToString() == key).Select(r => (row, r)));
        }

        return found;
    }

    /// <summary>Rows whose sends have not come back, each with the sends that have not.</summary>
    public async Task<IReadOnlyList<JournalRow>> UnreturnedSends(CancellationToken cancel)
    {
        var rows = await Rows("due is null", cancel);
        return [.. rows.Select(r => r.Row).DistinctBy(r => r.Position).OrderBy(r => r.Position)];
    }

    private async Task<List<(string Key, JournalRow Row)>> Rows(
        string condition, CancellationToken cancel, params object[] values)
    {
        var owed = new List<(string Key, long Position)>();
        await using (var connection = await database.Open(cancel))
        {
            await using var command = new NpgsqlCommand(
                $"select key, position from views.{OutstandingView.Table} where {condition} order by position",
                connection);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            await using var found = await command.ExecuteReaderAsync(cancel);
            while (await found.ReadAsync(cancel))
            {
                owed.Add((found.GetString(0), found.GetInt64(1)));
            }
        }

        var rows = new List<(string, JournalRow)>();
        JournalRow? last = null;
        foreach (var (key, position) in owed)
        {
            last = last?.Position == position ? last : await reader.At(position, cancel);
            rows.Add((key, last ?? throw new InvalidDataException($"Row {position} is missing from the journal.")));
        }

        return rows;
    }
}
