using System.Globalization;
using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>A member as the long list shows them.</summary>
public sealed record ListedMember(
    string Id, string Code, string DisplayName, string? Email, string? Phone, string Status, DateOnly? ExpiresOn,
    string? PlanName, DateTimeOffset? LastVisitAt, DateTimeOffset? RegisteredAt, string? Photo, bool Owes);

/// <summary>Which members to list; what is null does not matter.</summary>
/// <param name="Words">Words of name, phone, e-mail or code.</param>
/// <param name="Status">How they stand.</param>
/// <param name="PlanId">The plan of their last membership.</param>
/// <param name="ExpiresFrom">Their last day is this or later.</param>
/// <param name="ExpiresTo">Their last day is this or earlier.</param>
/// <param name="AbsentSince">Their last visit was before this, or they never came.</param>
/// <param name="Owing">Something is still to be paid.</param>
/// <param name="Inside">They are counted as inside somewhere.</param>
/// <param name="WithoutPhoto">There is no picture of them.</param>
/// <param name="Kind">What they are to the club.</param>
public sealed record MemberFilter(
    string? Words = null, string? Status = null, string? PlanId = null, DateOnly? ExpiresFrom = null,
    DateOnly? ExpiresTo = null, DateTimeOffset? AbsentSince = null, bool Owing = false, bool Inside = false,
    bool WithoutPhoto = false, string? Kind = null);

/// <summary>By what the list is sorted.</summary>
public enum MemberSort
{
    /// <summary>Last name, then first name.</summary>
    Name,

    /// <summary>Last day, soonest first; who has none comes last.</summary>
    Expires,

    /// <summary>Last visit, longest ago first; who never came comes last.</summary>
    LastVisit,
}

/// <summary>Which rows of a list.</summary>
/// <param name="Cursor">Those after it; null: from the beginning.</param>
/// <param name="Offset">So many are left out before.</param>
/// <param name="Count">How many there are at most.</param>
public sealed record ListPlace(string? Cursor, int Offset, int Count);

/// <summary>
/// Long lists of members. Page after page by key the thousandth costs what the first one does, and nobody is shown
/// twice or left out because somebody else was added meanwhile: so files are made. Who scrolls goes to any place at
/// once, by how many come before it.
/// </summary>
public sealed class MemberLists(Database database, ViewRunner views)
{
    // Keys sort by their bytes and other texts by the database's language: unless it is said which of the two compares
    // them, PostgreSQL takes that of the key, and the index on the other column is of no use.
    private const string Key = "m.key collate \"default\"";

    private const string Owes =
        $"exists (select from views.memberships s where s.member_id = {Key} and not s.paid and not s.ended)";

    // Looked up for each row of the page; as a condition PostgreSQL would read all memberships for every page.
    private const string Columns =
        "key, code, display_name, email, phone, status, expires_on, plan_name, last_visit_at, registered_at, photo, "
        + $"coalesce((select true from views.memberships s where s.member_id = {Key} and not s.paid and not s.ended "
        + "limit 1), false)";

    /// <summary>A page, how many there are in all (said of the first only), and up to where that is complete.</summary>
    public async Task<(IReadOnlyList<ListedMember> Members, long? Total, long AsOf)> Page(
        MemberFilter filter, MemberSort sort, ListPlace place, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        var total = place is { Cursor: null, Offset: 0 } ? await Count(connection, filter, cancel) : (long?)null;
        await using var command = new NpgsqlCommand { Connection = connection };
        var where = Where(command, filter);
        var after = After(command, sort, place.Cursor);
        var order = Order(sort);

        // Rows that are left out are counted in the index; what else is known of a member is read of the page only.
        command.CommandText =
            $"with page as materialized (select key as id from views.members m where {where}{after} "
            + $"order by {order}, key offset {Add(command, place.Offset)} limit {Add(command, place.Count)}) "
            + $"select {Columns} from page cross join lateral "
            + $"(select * from views.members where key = page.id limit 1) m order by {order}, key";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<ListedMember>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(Read(rows));
        }

        return (found, total, asOf);
    }

    private static async Task<long> Count(NpgsqlConnection connection, MemberFilter filter, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        command.CommandText = $"select count(*) from views.members m where {Where(command, filter)}";
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Where the next page begins.</summary>
    public static string Cursor(ListedMember last, MemberSort sort) => sort switch
    {
        MemberSort.Expires => $"{last.ExpiresOn?.ToString("O", CultureInfo.InvariantCulture)}|{last.Id}",
        MemberSort.LastVisit => $"{last.LastVisitAt?.UtcTicks}|{last.Id}",
        _ => last.Id,
    };

    /// <summary>Whether a text is a cursor that <see cref="Cursor"/> could have written.</summary>
    public static bool IsCursor(string cursor, MemberSort sort)
    {
        var (value, id) = Split(cursor);
        return MemberId.TryParse(id, null, out _) && sort switch
        {
            MemberSort.Expires => value.Length == 0
                || DateOnly.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            MemberSort.LastVisit => value.Length == 0
                || (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                    && ticks <= DateTime.MaxValue.Ticks),
            _ => value.Length == 0,
        };
    }

    private static ListedMember Read(NpgsqlDataReader rows) => new(
        rows.GetString(0), rows.GetString(1), Text(rows, 2) ?? "", Text(rows, 3), Text(rows, 4), rows.GetString(5),
        rows.IsDBNull(6) ? null : rows.GetFieldValue<DateOnly>(6), Text(rows, 7), Time(rows, 8), Time(rows, 9),
        Text(rows, 10), rows.GetBoolean(11));

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);

    // Null sorts last in both, so "after null" means: null and a later key.
    private static string Order(MemberSort sort) => sort switch
    {
        MemberSort.Expires => "expires_on",
        MemberSort.LastVisit => "last_visit_at",
        _ => "sort_name",
    };

    private static string After(NpgsqlCommand command, MemberSort sort, string? cursor)
    {
        if (cursor is null)
        {
            return "";
        }

        var (value, id) = Split(cursor);
        var key = Add(command, id);
        if (sort == MemberSort.Name)
        {
            // The name is looked up again: it is personal, and a cursor stands in addresses.
            return $" and (sort_name, key) > ((select sort_name from views.members where key = {key}), {key})";
        }

        var column = Order(sort);
        if (value.Length == 0)
        {
            return $" and {column} is null and key > {key}";
        }

        var place = sort == MemberSort.Expires
            ? Add(command, DateOnly.ParseExact(value, "O", CultureInfo.InvariantCulture))
            : Add(command, new DateTime(long.Parse(value, CultureInfo.InvariantCulture), DateTimeKind.Utc));
        return $" and (({column}, key) > ({place}, {key}) or {column} is null)";
    }

    private static (string Value, string Id) Split(string cursor)
    {
        var bar = cursor.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? ("", cursor) : (cursor[..bar], cursor[(bar + 1)..]);
    }

    private static string Where(NpgsqlCommand command, MemberFilter filter)
    {
        var conditions = new List<string> { "true" };
        conditions.AddRange(MemberQueries.Conditions(command, filter.Words ?? ""));
        AddIf(filter.Status is { } status ? $"status = {Add(command, status)}" : null);
        AddIf(filter.PlanId is { } plan ? $"plan_id = {Add(command, plan)}" : null);
        AddIf(filter.ExpiresFrom is { } from ? $"expires_on >= {Add(command, from)}" : null);
        AddIf(filter.ExpiresTo is { } to ? $"expires_on <= {Add(command, to)}" : null);
        AddIf(filter.AbsentSince is { } since
            ? $"(last_visit_at is null or last_visit_at < {Add(command, since.UtcDateTime)})" : null);
        AddIf(filter.Owing ? Owes : null);
        AddIf(filter.Inside ? $"exists (select from views.presence p where p.member_id = {Key})" : null);
        AddIf(filter.WithoutPhoto ? "photo is null" : null);
        AddIf(filter.Kind is { } kind ? $"kind = {Add(command, kind)}" : null);
        return string.Join(" and ", conditions);

        void AddIf(string? condition)
        {
            if (condition is not null)
            {
                conditions.Add(condition);
            }
        }
    }

    private static string Add<T>(NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
    }
}
