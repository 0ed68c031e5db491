using System.Globalization;
using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>A visit in the list of visits.</summary>
public sealed record ListedVisit(
    string Key, string MemberId, string DisplayName, string? Photo, string ZoneId, string GateId,
    DateTimeOffset EnteredAt, DateTimeOffset? LeftAt, bool SeenLate);

/// <summary>Something to look into.</summary>
public sealed record ListedAnomaly(
    string Key, long Position, string Kind, string? Reason, string MemberId, string DisplayName, string? Photo,
    string GateId, string ZoneId, DateTimeOffset At, string? Note);

/// <summary>Which visits to list; what is null does not matter.</summary>
/// <param name="From">They began then or later.</param>
/// <param name="To">They began before.</param>
/// <param name="Member">Whose they are.</param>
/// <param name="Zone">Where they were.</param>
/// <param name="Words">Words of the member's name, phone, e-mail or code.</param>
/// <param name="Inside">They are not over yet.</param>
public sealed record VisitFilter(
    DateTimeOffset? From = null, DateTimeOffset? To = null, string? Member = null, string? Zone = null,
    string? Words = null, bool Inside = false);

/// <summary>Which anomalies to list; what is null does not matter.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Reason">Why somebody was refused.</param>
/// <param name="From">They were then or later.</param>
/// <param name="To">They were before.</param>
/// <param name="Words">Words of the member's name, phone, e-mail or code.</param>
public sealed record AnomalyFilter(
    string? Kind = null, string? Reason = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? Words = null);

/// <summary>Visits and anomalies, newest first: page after page, or any place by how many come before.</summary>
public sealed class PassageLists(Database database, ViewRunner views)
{
    private const string VisitColumns =
        "v.key, v.member_id, m.display_name, m.photo, v.zone_id, v.gate_id, v.entered_at, v.left_at, v.seen_late";

    private const string AnomalyColumns =
        "v.key, v.position, v.kind, v.reason, v.member_id, m.display_name, m.photo, v.gate_id, v.zone_id, v.at, v.note";

    /// <summary>A page of visits, how many there are in all (said of the first only), and up to where.</summary>
    public async Task<(IReadOnlyList<ListedVisit> Visits, long? Total, long AsOf)> Visits(
        VisitFilter filter, ListPlace place, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand { Connection = connection };

        // An exit may be known of a visit whose beginning never was.
        var where = new List<string> { "v.member_id is not null", VisitQueries.HasBeen };
        Between(command, where, "v.entered_at", filter.From, filter.To);
        Is(command, where, "v.member_id", filter.Member);
        Is(command, where, "v.zone_id", filter.Zone);
        Named(command, where, filter.Words);
        if (filter.Inside)
        {
            where.Add("v.left_at is null and not v.seen_late");
        }

        var total = await Count(command, "stays", where, place, cancel);
        if (place.Cursor is { } before)
        {
            var key = Add(command, before);
            where.Add($"(v.entered_at, v.key) < ((select entered_at from views.stays where key = {key}), {key})");
        }

        command.CommandText = Page(command, "stays", VisitColumns, where, "entered_at", place);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<ListedVisit>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new ListedVisit(
                rows.GetString(0), rows.GetString(1), Text(rows, 2) ?? "", Text(rows, 3), rows.GetString(4),
                rows.GetString(5), rows.GetFieldValue<DateTimeOffset>(6),
                rows.IsDBNull(7) ? null : rows.GetFieldValue<DateTimeOffset>(7), rows.GetBoolean(8)));
        }

        return (found, total, asOf);
    }

    /// <summary>A page of anomalies, before a position where there is one; how many in all, and up to where.</summary>
    public async Task<(IReadOnlyList<ListedAnomaly> Anomalies, long? Total, long AsOf)> Anomalies(
        AnomalyFilter filter, long? before, ListPlace place, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand { Connection = connection };
        var where = new List<string> { "true" };
        Is(command, where, "v.kind", filter.Kind);
        Is(command, where, "v.reason", filter.Reason);
        Between(command, where, "v.at", filter.From, filter.To);
        Named(command, where, filter.Words);
        var total = await Count(command, "anomalies", where, place, cancel);
        if (before is { } position)
        {
            where.Add($"v.position < {Add(command, position)}");
        }

        command.CommandText = Page(command, "anomalies", AnomalyColumns, where, "position", place);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<ListedAnomaly>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new ListedAnomaly(
                rows.GetString(0), rows.GetInt64(1), rows.GetString(2), Text(rows, 3), rows.GetString(4),
                Text(rows, 5) ?? "", Text(rows, 6), rows.GetString(7), rows.GetString(8),
                rows.GetFieldValue<DateTimeOffset>(9), Text(rows, 10)));
        }

        return (found, total, asOf);
    }

    // Rows that are left out are counted in the index; whom a row is about is looked up for those of the page.
    private static string Page(
        NpgsqlCommand command, string table, string columns, List<string> where, string order, ListPlace place) =>
        $"with page as materialized (select v.key as id from views.{table} v where {string.Join(" and ", where)} "
        + $"order by v.{order} desc, v.key desc offset {Add(command, place.Offset)} limit {Add(command, place.Count)}) "
        + $"select {columns} from page "
        + $"cross join lateral (select * from views.{table} where key = page.id limit 1) v "
        + $"left join views.members m on m.key = v.member_id order by v.{order} desc, v.key desc";

    // More than can be scrolled to are not counted: it would take longer and longer, and help nobody.
    private static async Task<long?> Count(
        NpgsqlCommand command, string table, List<string> where, ListPlace place, CancellationToken cancel)
    {
        if (place is not { Cursor: null, Offset: 0 })
        {
            return null;
        }

        command.CommandText =
            $"select count(*) from (select from views.{table} v where {string.Join(" and ", where)} "
            + $"limit {Limits.ListOffset}) counted";
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static void Is(NpgsqlCommand command, List<string> where, string column, string? value)
    {
        if (value is not null)
        {
            where.Add($"{column} = {Add(command, value)}");
        }
    }

    private static void Between(
        NpgsqlCommand command, List<string> where, string column, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } first)
        {
            where.Add($"{column} >= {Add(command, first.UtcDateTime)}");
        }

        if (to is { } last)
        {
            where.Add($"{column} < {Add(command, last.UtcDateTime)}");
        }
    }

    private static void Named(NpgsqlCommand command, List<string> where, string? words)
    {
        if (words is not null)
        {
            var conditions = string.Join(" and ", ["true", .. MemberQueries.Conditions(command, words)]);
            where.Add($"v.member_id in (select key from views.members where {conditions})");
        }
    }

    /// <summary>Who may have been inside at a moment, having come in after another one.</summary>
    public async Task<IReadOnlyList<MemberId>> MaybeInside(
        DateTimeOffset at, DateTimeOffset oldest, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand { Connection = connection };
        var edge = Add(command, at.UtcDateTime);
        command.CommandText =
            "select distinct member_id from views.stays where member_id is not null "
            + $"and entered_at between {Add(command, oldest.UtcDateTime)} and {edge} "
            + $"and (left_at is null or left_at >= {edge}) limit {Limits.PastInside}";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<MemberId>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(MemberId.Parse(rows.GetString(0), null));
        }

        return found;
    }

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static string Add<T>(NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
    }
}
