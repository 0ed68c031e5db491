using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>An alert, as the view knows it.</summary>
public sealed record AlertRow(
    string Id, string SiteId, string Kind, string State, string? GateId, string? MemberId, DateTimeOffset OpenedAt,
    DateTimeOffset LastAt, long Count, string Level, string? Owner, DateTimeOffset? SnoozedUntil,
    DateTimeOffset? ResolvedAt, string? ResolvedBy, string? Resolution);

/// <summary>Something that was done about an alert.</summary>
public sealed record AlertStepRow(DateTimeOffset At, string Step, string? Principal, string? Detail);

/// <summary>Questions about alerts.</summary>
public sealed class AlertQueries(Database database, ViewRunner views, ViewStore store)
{
    private const string Columns =
        "key, site_id, kind, state, gate_id, member_id, opened_at, last_at, count, level, owner, snoozed_until, "
        + "resolved_at, resolved_by, resolution";

    /// <summary>
    /// The open alerts, or the last ended ones, of these sites; newest first, with the position they are known up to.
    /// </summary>
    public async Task<(IReadOnlyList<AlertRow> Alerts, long AsOf)> List(
        IReadOnlyCollection<SiteId> sites, bool areEnded, CancellationToken cancel)
    {
        var asOf = views.Reached;
        var (which, order) = areEnded ? ("=", "resolved_at") : ("<>", "opened_at");
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            $"select {Columns} from views.alerts where state {which} 'resolved' and site_id = any($1) "
            + $"order by {order} desc, key limit {Limits.AlertItems}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. sites.Select(s => s.ToString())] });
        return (await Read(command, cancel), asOf);
    }

    /// <summary>The alert with this id, and what was done about it, oldest first; null: there is none.</summary>
    public async Task<(AlertRow Alert, IReadOnlyList<AlertStepRow> Steps)?> Find(AlertId id, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand($"select {Columns} from views.alerts where key = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.ToString() });
        return (await Read(command, cancel)) is [var alert] ? (alert, await Steps(connection, id, cancel)) : null;
    }

    private static async Task<IReadOnlyList<AlertStepRow>> Steps(
        NpgsqlConnection connection, AlertId id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select at, step, principal, detail from views.alert_steps where alert_id = $1 order by position "
            + $"limit {Limits.AlertItems}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.ToString() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var steps = new List<AlertStepRow>();
        while (await rows.ReadAsync(cancel))
        {
            steps.Add(new AlertStepRow(
                rows.GetFieldValue<DateTimeOffset>(0), rows.GetString(1), Text(rows, 2), Text(rows, 3)));
        }

        return steps;
    }

    private async Task<IReadOnlyList<AlertRow>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<AlertRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new AlertRow(
                rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), Text(rows, 4),
                Text(rows, 5), rows.GetFieldValue<DateTimeOffset>(6), rows.GetFieldValue<DateTimeOffset>(7),
                rows.GetInt64(8), rows.GetString(9), Text(rows, 10), Time(rows, 11), Time(rows, 12), Text(rows, 13),
                store.Seal.Open(rows.IsDBNull(14) ? null : rows.GetFieldValue<byte[]>(14))));
        }

        return found;
    }

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);
}
