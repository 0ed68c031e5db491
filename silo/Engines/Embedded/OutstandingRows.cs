using Npgsql;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>The view of outstanding promises: their ids and where in the journal they stand.</summary>
public interface IOwedStore
{
    /// <summary>Sends without their return, by position.</summary>
    Task<List<(string Key, long Position)>> Sends(CancellationToken cancel);

    /// <summary>Reminders that fall due before a moment, by position.</summary>
    Task<List<(string Key, long Position)>> Reminders(DateTimeOffset before, CancellationToken cancel);
}

/// <summary>The view's table in PostgreSQL.</summary>
public sealed class OwedTable(Database database) : IOwedStore
{
    /// <inheritdoc/>
    public Task<List<(string Key, long Position)>> Sends(CancellationToken cancel) => Select("due is null", cancel);

    /// <inheritdoc/>
    public Task<List<(string Key, long Position)>> Reminders(DateTimeOffset before, CancellationToken cancel) =>
        Select("due <= $1", cancel, before.UtcDateTime);

    private async Task<List<(string Key, long Position)>> Select(
        string condition, CancellationToken cancel, params object[] values)
    {
        var owed = new List<(string Key, long Position)>();
        await using var connection = await database.Open(cancel);
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

        return owed;
    }
}

/// <summary>Reads what is still owed: from the view of outstanding promises, and behind its checkpoint.</summary>
public sealed class OutstandingRows(IOwedStore store, JournalReader reader)
{
    /// <summary>Reminders that fall due before a moment.</summary>
    public async Task<List<(JournalRow Row, StoredReminder Reminder)>> RemindersBefore(
        DateTimeOffset moment, CancellationToken cancel)
    {
        var found = new List<(JournalRow, StoredReminder)>();
        foreach (var (key, row) in await Rows(await store.Reminders(moment, cancel), cancel))
        {
            found.AddRange(row.Reminders.Where(r => r.FiringId.ToString() == key).Select(r => (row, r)));
        }

        return found;
    }

    /// <summary>Rows whose sends have not come back, each with the sends that have not.</summary>
    public async Task<IReadOnlyList<JournalRow>> UnreturnedSends(CancellationToken cancel)
    {
        var rows = await Rows(await store.Sends(cancel), cancel);
        return [.. rows.Select(r => r.Row).DistinctBy(r => r.Position).OrderBy(r => r.Position)];
    }

    private async Task<List<(string Key, JournalRow Row)>> Rows(
        List<(string Key, long Position)> owed, CancellationToken cancel)
    {
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
