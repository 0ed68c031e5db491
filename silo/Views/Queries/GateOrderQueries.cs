using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>An order to a gate, as the view knows it.</summary>
public sealed record GateOrderRow(
    string Id, string GateId, string Kind, string Operator, string? Reason, DateTimeOffset GivenAt,
    DateTimeOffset Until, string State, DateTimeOffset? EndedAt, string? Detail);

/// <summary>Questions about orders to gates.</summary>
public sealed class GateOrderQueries(Database database, ViewRunner views, ViewStore store)
{
    /// <summary>The last orders of a gate, newest first, and the position up to which that is complete.</summary>
    public async Task<(IReadOnlyList<GateOrderRow> Orders, long AsOf)> Of(GateId gate, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, gate_id, kind, operator, reason, given_at, until, state, ended_at, detail "
            + $"from views.gate_orders where gate_id = $1 order by given_at desc, key limit {Limits.PageItems}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = gate.ToString() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<GateOrderRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new GateOrderRow(
                rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3),
                store.Seal.Open(rows.IsDBNull(4) ? null : rows.GetFieldValue<byte[]>(4)),
                rows.GetFieldValue<DateTimeOffset>(5), rows.GetFieldValue<DateTimeOffset>(6), rows.GetString(7),
                rows.IsDBNull(8) ? null : rows.GetFieldValue<DateTimeOffset>(8),
                rows.IsDBNull(9) ? null : rows.GetString(9)));
        }

        return (found, asOf);
    }
}
