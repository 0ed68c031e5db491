using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>One visit of a member.</summary>
public sealed record VisitRow(ZoneId Zone, DateTimeOffset EnteredAt, DateTimeOffset? LeftAt);

/// <summary>Questions to the views of visits and presence.</summary>
public sealed class VisitQueries(Database database)
{
    /// <summary>Of stays as v: an entry that turned out not to have happened is no visit.</summary>
    internal const string HasBeen = "not exists (select from views.stays_undone u where u.key = v.scan_key)";

    /// <summary>The last visits of a member, newest first.</summary>
    public async Task<IReadOnlyList<VisitRow>> Last(MemberId member, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select zone_id, entered_at, left_at from views.stays v where member_id = $1 "
            + $"and {HasBeen} order by entered_at desc limit {Limits.VisitItems}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = member.ToString() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<VisitRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new VisitRow(
                ZoneId.Parse(rows.GetString(0), null), rows.GetFieldValue<DateTimeOffset>(1),
                rows.IsDBNull(2) ? null : rows.GetFieldValue<DateTimeOffset>(2)));
        }

        return found;
    }

    /// <summary>
    /// How many are inside a zone; with forgiveness, who came in before the oldest moment is taken to have left unseen.
    /// </summary>
    public async Task<(int Count, bool HasForgiven)> Inside(
        ZoneId zone, DateTimeOffset oldest, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select count(*) filter (where entered_at > $2), count(*) from views.presence where zone_id = $1",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = zone.ToString() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = oldest.ToUniversalTime() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        return ((int)rows.GetInt64(0), rows.GetInt64(0) < rows.GetInt64(1));
    }

    /// <summary>
    /// How many were inside a zone at the middle of each hour of some days, on the average of those days that saw
    /// anybody; null where too few did. A visit whose end nobody saw counts for <see cref="Limits.UnseenVisit"/>.
    /// </summary>
    public async Task<IReadOnlyList<int>?> Usual(
        ZoneId zone, IReadOnlyList<DateTimeOffset> midnights, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select d.n, h.n, count(v.key) from unnest($2) with ordinality as d(midnight, n) "
            + "cross join generate_series(0, 23) as h(n) "
            + $"left join views.stays v on v.zone_id = $1 and {HasBeen} "
            + "and v.entered_at >= d.midnight - interval '1 day' and v.entered_at < d.midnight + interval '1 day' "
            + "and v.entered_at <= d.midnight + make_interval(mins => h.n * 60 + 30) "
            + "and coalesce(v.left_at, v.entered_at + $3) > d.midnight + make_interval(mins => h.n * 60 + 30) "
            + "group by d.n, h.n order by d.n, h.n",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = zone.ToString() });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]>
        {
            TypedValue = [.. midnights.Select(m => m.UtcDateTime)],
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.TimestampTz,
        });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Limits.UnseenVisit });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var days = midnights.Select(_ => new int[24]).ToArray();
        while (await rows.ReadAsync(cancel))
        {
            days[rows.GetInt64(0) - 1][rows.GetInt32(1)] = (int)rows.GetInt64(2);
        }

        var known = days.Where(day => day.Any(count => count > 0)).ToList();
        return known.Count < Limits.UsualDays
            ? null
            : [.. Enumerable.Range(0, 24).Select(hour => (int)Math.Round(known.Average(day => day[hour])))];
    }

    /// <summary>
    /// How many people were inside any of some zones at each moment of some days, somebody in two of them counted once;
    /// and whether on the first of these days, today, a visit of before has an end that nobody saw. Such a visit counts
    /// for <see cref="Limits.UnseenVisit"/>; who came today where exits are seen is still inside.
    /// </summary>
    public async Task<(IReadOnlyList<int[]> Days, bool IsEstimated)> Curves(
        IReadOnlyCollection<ZoneId> zones, IReadOnlyCollection<ZoneId> withExits,
        IReadOnlyList<DateTimeOffset> midnights, int slots, int slotMinutes, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select d.n, h.n, count(distinct v.member_id), "
            + "coalesce(bool_or(v.left_at is null and d.n = 1 and v.entered_at < d.midnight), false) "
            + "from unnest($2) with ordinality as d(midnight, n) "
            + $"join views.stays v on v.zone_id = any($1) and {HasBeen} "
            + "and v.entered_at >= d.midnight - interval '1 day' and v.entered_at < d.midnight + interval '1 day' "
            + "join generate_series(0, $4 - 1) as h(n) "
            + "on v.entered_at <= d.midnight + make_interval(mins => h.n * $5) "
            + "and coalesce(v.left_at, case when d.n = 1 and v.entered_at >= d.midnight and v.zone_id = any($6) "
            + "then 'infinity' else v.entered_at + $3 end) > d.midnight + make_interval(mins => h.n * $5) "
            + "group by d.n, h.n",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. zones.Select(z => z.ToString())] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]>
        {
            TypedValue = [.. midnights.Select(m => m.UtcDateTime)],
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.TimestampTz,
        });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Limits.UnseenVisit });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = slots });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = slotMinutes });
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. withExits.Select(z => z.ToString())],
        });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var days = midnights.Select(_ => new int[slots]).ToArray();
        var isEstimated = false;
        while (await rows.ReadAsync(cancel))
        {
            days[rows.GetInt64(0) - 1][rows.GetInt32(1)] = (int)rows.GetInt64(2);
            isEstimated |= rows.GetBoolean(3);
        }

        return (days, isEstimated);
    }
}
