using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>What last became of a gate: <c>silent</c>, <c>heard</c>, <c>disabled</c> or <c>enabled</c>.</summary>
public sealed record GateChangeRow(string Change, DateTimeOffset At, DateTimeOffset? LastSeenAt);

/// <summary>Questions about when gates were silent or out of work.</summary>
public sealed class GateChangeQueries(Database database, ViewRunner views)
{
    /// <summary>Of each gate the last change of its line and of its work, up to a position.</summary>
    public async Task<ILookup<GateId, GateChangeRow>> Last(long position, CancellationToken cancel)
    {
        await views.WaitFor(position, cancel);
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select distinct on (gate_id, about) gate_id, change, at, last_seen_at from views.gate_changes "
            + "where position <= $1 order by gate_id, about, position desc",
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<(GateId Gate, GateChangeRow Row)>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add((GateId.Parse(rows.GetString(0), null), new GateChangeRow(
                rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2),
                rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3))));
        }

        return found.ToLookup(f => f.Gate, f => f.Row);
    }
}
