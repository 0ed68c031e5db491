using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>
/// What a door did alone and the club would have done otherwise, a second entry without an exit between that any door
/// that was alone has told, or one rotating pass at two doors.
/// </summary>
public sealed record OfflineDifferenceRow(
    long Position, MemberId Member, GateId Gate, ZoneId Zone, DateTimeOffset At, bool IsGranted, string? OnlineReason,
    long? WorthAmount, string? WorthCurrency, GateId? OtherGate, DateTimeOffset? OtherAt, bool IsSamePass);

/// <summary>Questions about what doors did while they were alone.</summary>
public sealed class OfflineDifferenceQueries(Database database, ViewRunner views)
{
    private const string Sql =
        "select p.position, p.member_id, p.gate_id, p.zone_id, p.at, p.granted, d.online_reason, d.worth_amount, "
        + "d.worth_currency, coalesce(s.gate_id, o.gate_id), "
        + "coalesce(s.at, o.at), s.key is not null from views.offline_passages p "
        + "left join views.offline_differences d on d.key = p.key "
        + "left join lateral (select * from views.offline_passages b where p.granted and p.direction = 'in' "
        + "and b.member_id = p.member_id and b.zone_id = p.zone_id and b.granted and b.at < p.at "
        + "order by b.at desc limit 1) o on o.direction = 'in' and o.gate_id <> p.gate_id "
        // Of two doors that were alone the later one shows it; a door in touch shows nothing of the kind by itself.
        + "left join lateral (select b.* from views.pass_uses a join views.pass_uses b on b.pass = a.pass "
        + "and b.key <> a.key left join views.offline_passages q on q.key = b.key where a.key = p.key "
        + "and (q.key is null or (b.at, b.key) < (a.at, a.key)) order by b.at, b.key limit 1) s on true "
        + "where p.position < $1 and ($2::text is null or p.gate_id = $2) "
        + "and (d.key is not null or o.key is not null or s.key is not null) order by p.position desc limit ";

    /// <summary>A page, newest first, of one gate or of all; and the position up to which that is complete.</summary>
    public async Task<(IReadOnlyList<OfflineDifferenceRow> Rows, long AsOf)> Page(
        GateId? gate, long before, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand($"{Sql}{Limits.PageItems}", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = gate?.ToString() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<OfflineDifferenceRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new OfflineDifferenceRow(
                rows.GetInt64(0), MemberId.Parse(rows.GetString(1), null), GateId.Parse(rows.GetString(2), null),
                ZoneId.Parse(rows.GetString(3), null), rows.GetFieldValue<DateTimeOffset>(4), rows.GetBoolean(5),
                rows.IsDBNull(6) ? null : rows.GetString(6), rows.IsDBNull(7) ? null : rows.GetInt64(7),
                rows.IsDBNull(8) ? null : rows.GetString(8),
                rows.IsDBNull(9) ? null : GateId.Parse(rows.GetString(9), null),
                rows.IsDBNull(10) ? null : rows.GetFieldValue<DateTimeOffset>(10),
                rows.GetBoolean(11)));
        }

        return (found, asOf);
    }
}
