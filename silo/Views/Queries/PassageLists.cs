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

/// <summary>Visits and anomalies, newest first, page after page by key.</summary>
public sealed class PassageLists(Database database, ViewRunner views)
{
    /// <summary>Visits that began within a time, before a cursor.</summary>
    public async Task<(IReadOnlyList<ListedVisit> Visits, long AsOf)> Visits(
        DateTimeOffset? from, DateTimeOffset? to, string? member, string? before, int count, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand { Connection = connection };
        var where = new List<string>
        {
            // An exit may be known of a visit whose beginning never was.
            "v.member_id is not null",
            VisitQueries.HasBeen,
        };
        if (from is { } first)
        {
            where.Add($"v.entered_at >= {Add(command, first.UtcDateTime)}");
        }

        if (to is { } last)
        {
            where.Add($"v.entered_at < {Add(command, last.UtcDateTime)}");
        }

        if (member is not null)
        {
            where.Add($"v.member_id = {Add(command, member)}");
        }

        if (before is not null)
        {
            var key = Add(command, before);
            where.Add($"(v.entered_at, v.key) < ((select entered_at from views.stays where key = {key}), {key})");
        }

        command.CommandText =
            "select v.key, v.member_id, m.display_name, m.photo, v.zone_id, v.gate_id, v.entered_at, v.left_at, "
            + "v.seen_late from views.stays v left join views.members m on m.key = v.member_id "
            + $"where {string.Join(" and ", where)} order by v.entered_at desc, v.key desc limit {count}";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<ListedVisit>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new ListedVisit(
                rows.GetString(0), rows.GetString(1), Text(rows, 2) ?? "", Text(rows, 3), rows.GetString(4),
                rows.GetString(5), rows.GetFieldValue<DateTimeOffset>(6),
                rows.IsDBNull(7) ? null : rows.GetFieldValue<DateTimeOffset>(7), rows.GetBoolean(8)));
        }

        return (found, asOf);
    }

    /// <summary>Anomalies of some kinds, before a position.</summary>
    public async Task<(IReadOnlyList<ListedAnomaly> Anomalies, long AsOf)> Anomalies(
        string? kind, string? reason, long? before, int count, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand { Connection = connection };
        var where = new List<string> { "true" };
        if (kind is not null)
        {
            where.Add($"a.kind = {Add(command, kind)}");
        }

        if (reason is not null)
        {
            where.Add($"a.reason = {Add(command, reason)}");
        }

        if (before is { } position)
        {
            where.Add($"a.position < {Add(command, position)}");
        }

        command.CommandText =
            "select a.key, a.position, a.kind, a.reason, a.member_id, m.display_name, m.photo, a.gate_id, a.zone_id, "
            + "a.at, a.note from views.anomalies a left join views.members m on m.key = a.member_id "
            + $"where {string.Join(" and ", where)} order by a.position desc, a.key desc limit {count}";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<ListedAnomaly>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new ListedAnomaly(
                rows.GetString(0), rows.GetInt64(1), rows.GetString(2), Text(rows, 3), rows.GetString(4),
                Text(rows, 5) ?? "", Text(rows, 6), rows.GetString(7), rows.GetString(8),
                rows.GetFieldValue<DateTimeOffset>(9), Text(rows, 10)));
        }

        return (found, asOf);
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
