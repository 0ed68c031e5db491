using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>Somebody inside a zone.</summary>
public sealed record InsideRow(MemberId MemberId, ZoneId ZoneId, DateTimeOffset Since);

/// <summary>Questions in an emergency.</summary>
public sealed class EmergencyQueries(Database database, ViewRunner views)
{
    /// <summary>Who is inside these zones, and the position up to which that is known.</summary>
    public async Task<(IReadOnlyList<InsideRow> People, long AsOf)> Inside(
        IReadOnlyCollection<ZoneId> zones, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select member_id, zone_id, entered_at from views.presence where zone_id = any($1) "
            + $"order by entered_at limit {Limits.PeopleInside}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. zones.Select(z => z.ToString())] });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var people = new List<InsideRow>();
        while (await rows.ReadAsync(cancel))
        {
            people.Add(new InsideRow(
                MemberId.Parse(rows.GetString(0), null), ZoneId.Parse(rows.GetString(1), null),
                rows.GetFieldValue<DateTimeOffset>(2)));
        }

        return (people, asOf);
    }

    /// <summary>What came of the last order on how a door stands, by gate, since a moment.</summary>
    public async Task<Dictionary<string, string>> LastOrders(
        IReadOnlyCollection<GateId> gates, DateTimeOffset since, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select distinct on (gate_id) gate_id, state from views.gate_orders "
            + "where gate_id = any($1) and kind in ('lock', 'unlock', 'evacuate') and given_at >= $2 "
            + "order by gate_id, given_at desc, key",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. gates.Select(g => g.ToString())] });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var orders = new Dictionary<string, string>();
        while (await rows.ReadAsync(cancel))
        {
            orders[rows.GetString(0)] = rows.GetString(1);
        }

        return orders;
    }
}
