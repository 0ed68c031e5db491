using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>
/// Somebody who visits the club on a day, with what they have, whose guest they are and since when they are in.
/// </summary>
public sealed record VisitorRow(
    string MemberId, string Code, string DisplayName, string? Photo, string PlanName, DateOnly ExpiresOn, bool IsPaid,
    string? HostId, string? HostName, DateTimeOffset? InsideSince, DateTimeOffset? LastVisitAt);

/// <summary>Visitors: who has a pass for a day, members aside.</summary>
public sealed class VisitorQueries(Database database, ViewRunner views)
{
    private static readonly string Sql =
        "select m.key, m.code, m.display_name, m.photo, s.plan_name, s.expires_on, s.paid, s.host_id, h.display_name, "
        + "(select max(p.entered_at) from views.presence p where p.member_id = m.key collate \"default\"), "
        + "m.last_visit_at "
        + "from views.members m join views.memberships s on s.member_id = m.key collate \"default\" "
        + "left join views.members h on h.key = s.host_id "
        + "where m.kind = 'visitor' and s.starts_on <= $1 and s.expires_on >= $1 "
        + $"order by m.registered_at desc, m.key, s.key limit {Limits.ListRows}";

    /// <summary>Those of a day, the newest person first, and the position up to which that is complete.</summary>
    public async Task<(IReadOnlyList<VisitorRow> Visitors, long AsOf)> Of(DateOnly day, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<VisitorRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new VisitorRow(
                rows.GetString(0), rows.GetString(1), Text(rows, 2) ?? "", Text(rows, 3), rows.GetString(4),
                rows.GetFieldValue<DateOnly>(5), rows.GetBoolean(6), Text(rows, 7), Text(rows, 8), Moment(rows, 9),
                Moment(rows, 10)));
        }

        return (found, asOf);
    }

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static DateTimeOffset? Moment(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);
}
