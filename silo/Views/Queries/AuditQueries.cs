using System.Runtime.CompilerServices;
using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>What of the action log is asked for; null: all.</summary>
/// <param name="Words">Words of names, reasons, addresses and actions; each must occur.</param>
/// <param name="Staff">Who did it.</param>
/// <param name="Area">What it is about: the first word of an action, such as <c>member</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="From">Not before this moment.</param>
/// <param name="To">Before this moment.</param>
/// <param name="Before">Before this position.</param>
public sealed record AuditFilter(
    string Words, string? Staff, string? Area, string? Target, DateTimeOffset? From, DateTimeOffset? To,
    long? Before);

/// <summary>One line of the action log.</summary>
public sealed record AuditRow(
    long Position, DateTimeOffset At, string StaffId, string? StaffName, string? Device, string? Place,
    string Target, string? TargetName, string? What, string? Reason, string? Refusal);

/// <summary>Questions to the action log.</summary>
public sealed class AuditQueries(Database database, ViewRunner views)
{
    private const string Columns = """
        select a.position, a.at, a.staff_id, s.display_name, o.device, o.place, a.target,
            coalesce(m.display_name, t.display_name, si.name, z.facts ->> 'Name', g.facts ->> 'Name',
                p.facts ->> 'Name', r.name), a.what, a.reason, a.refusal
        from views.audit a
        left join views.staff s on s.key = a.staff_id
        left join views.session_origins o on o.key = a.session_id
        left join views.members m on m.key = a.target
        left join views.staff t on t.key = a.target
        left join views.sites si on si.key = a.target
        left join views.zones z on z.key = a.target
        left join views.gates g on g.key = a.target
        left join views.plans p on p.key = a.target
        left join views.roles r on r.key = a.target
        """;

    private const string Searched =
        "lower(concat_ws(' ', s.display_name, s.email, m.display_name, m.code, t.display_name, si.name, "
        + "z.facts ->> 'Name', g.facts ->> 'Name', p.facts ->> 'Name', r.name, a.reason, a.what, a.refusal, o.device, "
        + "o.place))";

    /// <summary>The position up to which the log is complete.</summary>
    public long AsOf => views.Reached;

    /// <summary>The lines that are asked for, newest first.</summary>
    public async IAsyncEnumerable<AuditRow> Find(
        AuditFilter filter, int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = Command(connection, filter, count);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return new AuditRow(
                rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetString(2), Text(rows, 3),
                Text(rows, 4), Text(rows, 5), rows.GetString(6), Text(rows, 7), Text(rows, 8), Text(rows, 9),
                Text(rows, 10));
        }
    }

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static NpgsqlCommand Command(NpgsqlConnection connection, AuditFilter filter, int count)
    {
        var command = new NpgsqlCommand { Connection = connection };
        var conditions = new List<string> { "true" };
        void And<T>(string condition, T? value)
            where T : notnull
        {
            if (value is not null)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
                conditions.Add(string.Format(null, condition, command.Parameters.Count));
            }
        }

        var words = filter.Words.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.Take(Limits.SearchWords))
        {
            And(Searched + " like ${0}", $"%{MemberQueries.Escape(word)}%");
        }

        And("a.staff_id = ${0}", filter.Staff);
        And("a.target = ${0}", filter.Target);
        And("a.what like ${0}", filter.Area is null ? null : MemberQueries.Escape(filter.Area) + ".%");
        AndTime(command, conditions, "a.at >= ${0}", filter.From);
        AndTime(command, conditions, "a.at < ${0}", filter.To);
        if (filter.Before is { } before)
        {
            And("a.position < ${0}", (object)before);
        }

        command.CommandText =
            $"{Columns} where {string.Join(" and ", conditions)} order by a.position desc limit {count}";
        return command;
    }

    private static void AndTime(
        NpgsqlCommand command, List<string> conditions, string condition, DateTimeOffset? moment)
    {
        if (moment is { } value)
        {
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = value.ToUniversalTime() });
            conditions.Add(string.Format(null, condition, command.Parameters.Count));
        }
    }
}
