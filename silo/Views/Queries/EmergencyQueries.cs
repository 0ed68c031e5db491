using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>Somebody inside a zone.</summary>
public sealed record InsideRow(MemberId MemberId, ZoneId ZoneId, DateTimeOffset Since);

/// <summary>An order on how a door stands, and what came of it.</summary>
public sealed record DoorOrderRow(
    string Kind, string State, DateTimeOffset GivenAt, DateTimeOffset? EndedAt, string? Detail);

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

    /// <summary>The orders on how doors stand, by gate, since a moment, oldest first.</summary>
    public async Task<ILookup<string, DoorOrderRow>> Orders(
        IReadOnlyCollection<GateId> gates, DateTimeOffset since, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select gate_id, kind, state, given_at, ended_at, detail from views.gate_orders "
            + "where gate_id = any($1) and kind in ('lock', 'unlock', 'evacuate') and given_at >= $2 "
            + $"order by given_at desc, key limit {Limits.EmergencyOrders}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. gates.Select(g => g.ToString())] });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var orders = new List<(string Gate, DoorOrderRow Row)>();
        while (await rows.ReadAsync(cancel))
        {
            orders.Add((rows.GetString(0), new DoorOrderRow(
                rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3),
                rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4),
                rows.IsDBNull(5) ? null : rows.GetString(5))));
        }

        orders.Reverse();
        return orders.ToLookup(o => o.Gate, o => o.Row);
    }
}
