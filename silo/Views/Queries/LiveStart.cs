using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>
/// Where the live board begins: who was inside at a position, and where the last day of the journal starts.
/// </summary>
public sealed class LiveStart(Database database, JournalReader reader)
{
    // A day and a bit: enough for "today" in every time zone.
    private static readonly TimeSpan Back = TimeSpan.FromHours(26);

    /// <summary>Who is inside, as of the view's own position.</summary>
    public async Task<(long Position, List<(MemberId Member, ZoneId Zone, DateTimeOffset Since)> People)> Presence(
        CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancel);
        await using var checkpoint = new NpgsqlCommand(
            "select position from views.checkpoints where name = 'presence'", connection);
        var position = (long)(await checkpoint.ExecuteScalarAsync(cancel) ?? 0L);
        var people = new List<(MemberId, ZoneId, DateTimeOffset)>();
        await using var command = new NpgsqlCommand(
            "select member_id, zone_id, entered_at from views.presence", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            people.Add((
                MemberId.Parse(rows.GetString(0), null), ZoneId.Parse(rows.GetString(1), null),
                new DateTimeOffset(rows.GetDateTime(2), TimeSpan.Zero)));
        }

        return (position, people);
    }

    /// <summary>The last position before the last day began: positions are in the order of time.</summary>
    public Task<long> FirstOfTheDay(DateTimeOffset now, CancellationToken cancel) => FirstSince(now - Back, cancel);

    /// <summary>The last position before a moment.</summary>
    public async Task<long> FirstSince(DateTimeOffset moment, CancellationToken cancel)
    {
        long low = 0;
        var high = await reader.Head(cancel);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var row = await reader.At(middle, cancel)
                ?? throw new InvalidDataException($"Row {middle} is missing from the journal.");
            if (row.At < moment)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
