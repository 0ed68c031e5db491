using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>
/// A visit as it is invoiced: whose, by which membership, what that one cost, and whose guest it was. A host who was
/// erased keeps a code and has no name any more, like everybody else in the file.
/// </summary>
public sealed record InvoicedVisit(
    string Key, string Code, string DisplayName, string Kind, ZoneId Zone, string GateId, DateTimeOffset EnteredAt,
    DateTimeOffset? LeftAt, string? PlanName, long? PriceAmount, string? PriceCurrency, long? VisitsAllowed,
    DateOnly? StartsOn, DateOnly? ExpiresOn, string? HostCode, string? HostName);

/// <summary>Which visits: from a moment on and before another, of some people and of a plan.</summary>
public sealed record VisitChoice(DateTimeOffset From, DateTimeOffset To, string? Kind, string? PlanId);

/// <summary>Visits with what they are worth, oldest first, as invoices are read.</summary>
public sealed class VisitExportQueries(Database database)
{
    private const string Sql =
        "select v.key, m.code, m.display_name, m.kind, v.zone_id, v.gate_id, v.entered_at, v.left_at, s.plan_name, "
        + "s.price_amount, s.price_currency, s.visits_allowed, s.starts_on, s.expires_on, h.code, h.display_name "
        + "from views.stays v "
        + "join views.members m on m.key = v.member_id left join views.memberships s on s.key = v.membership_id "
        + "left join views.members h on h.key = s.host_id "
        + "where v.entered_at >= $1 and v.entered_at < $2 and ($3::text is null or m.kind = $3) "
        + $"and ($4::text is null or s.plan_id = $4) and {VisitQueries.HasBeen} "
        + "order by v.entered_at, v.key limit ";

    /// <summary>All of them, as they are read.</summary>
    public async IAsyncEnumerable<InvoicedVisit> All(
        VisitChoice choice,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand($"{Sql}{Limits.ExportRows}", connection);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = choice.From.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = choice.To.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = choice.Kind });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = choice.PlanId });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return new InvoicedVisit(
                rows.GetString(0), rows.GetString(1), Text(rows, 2) ?? "", rows.GetString(3),
                ZoneId.Parse(rows.GetString(4), null), rows.GetString(5), rows.GetFieldValue<DateTimeOffset>(6),
                rows.IsDBNull(7) ? null : rows.GetFieldValue<DateTimeOffset>(7), Text(rows, 8), Number(rows, 9),
                Text(rows, 10), Number(rows, 11), Day(rows, 12), Day(rows, 13),
                Text(rows, 14), Text(rows, 15));
        }
    }

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static long? Number(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetInt64(column);

    private static DateOnly? Day(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetFieldValue<DateOnly>(column);
}
