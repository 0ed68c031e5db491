using Npgsql;
using SmartClub.Grains.Members;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>A member as lists show them.</summary>
public sealed record MemberRow(
    string Id, string Code, string DisplayName, string Status, DateOnly? ExpiresOn, string? PlanName, string? Photo,
    string? Phone);

/// <summary>A member who has an e-mail address.</summary>
public sealed record AddressRow(MemberId Id, string Address, string? FirstName);

/// <summary>The key of a phone as the view knows it.</summary>
public sealed record PassKeyRow(string? Device, bool IsRevoked, DateTimeOffset AddedAt);

/// <summary>How a person is called and reached; nothing of it is left once they were erased.</summary>
public sealed record PersonDetails(string? FirstName, string? LastName, string? Email, string? Phone)
{
    /// <summary>As they were registered.</summary>
    public static PersonDetails Of(MemberRegistered e) => new(e.FirstName, e.LastName, e.Email, e.Phone);

    /// <summary>As they were corrected.</summary>
    public static PersonDetails Of(MemberDetailsChanged e) => new(e.FirstName, e.LastName, e.Email, e.Phone);
}

/// <summary>A badge or code as the view knows it.</summary>
public sealed record BadgeRow(string Kind, DateTimeOffset AddedAt);

/// <summary>Questions to the views of members.</summary>
public sealed class MemberQueries(Database database, ViewRunner views)
{
    private const int Words = 10;
    private const int PhoneDigits = 4;
    private const int SamePhoneDigits = 8;
    private const int AlikeMost = 5;
    private const string Selected =
        "select key, code, display_name, status, expires_on, plan_name, photo, phone from views.members";

    /// <summary>
    /// Members in whose name, code, e-mail or phone every word occurs, those with a word that begins so first; and
    /// the position up to which that is complete. Without words: all, by name.
    /// </summary>
    public async Task<(IReadOnlyList<MemberRow> Members, long AsOf)> Search(string query, CancellationToken cancel)
    {
        var asOf = views.Reached;
        await using var connection = await database.Open(cancel);
        await using var command = Command(connection, query);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<MemberRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(Read(rows));
        }

        return (found, asOf);
    }

    /// <summary>How a member is called and reached, and how many corrections that knows of.</summary>
    public async Task<(PersonDetails Person, int Changes)> Details(MemberId id, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select first_name, last_name, email, phone, details_changes from views.members where key = $1",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.ToString() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? (new PersonDetails(Text(rows, 0), Text(rows, 1), Text(rows, 2), Text(rows, 3)), (int)rows.GetInt64(4))
            : (new PersonDetails(null, null, null, null), 0);
    }

    /// <summary>
    /// Who may be the same person as somebody who is about to be registered: the same e-mail address, the same phone
    /// number however it is written, or the same names in either order.
    /// </summary>
    public async Task<IReadOnlyList<MemberRow>> Alike(
        string first, string last, string? email, string? phone, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand { Connection = connection };
        var name = Escape(MemberView.Fold($"{first} {last}".Trim()));
        var turned = Escape(MemberView.Fold($"{last} {first}".Trim()));
        var alike = new List<string>
        {
            $"search like {Add(command, $"{name} %")}", $"search like {Add(command, $"{turned} %")}",
        };
        if (email is not null)
        {
            alike.Add($"lower(email) = {Add(command, email.ToLowerInvariant())}");
        }

        // The last digits tell numbers apart; what stands before them is written in many ways.
        if (phone is not null && MemberView.Digits(phone) is { Length: >= SamePhoneDigits } digits)
        {
            alike.Add($"search like {Add(command, $"%{digits[^SamePhoneDigits..]}%")}");
        }

        command.CommandText = $"{Selected} where {string.Join(" or ", alike)} order by search, key limit {AlikeMost}";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<MemberRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(Read(rows));
        }

        return found;
    }

    /// <summary>The badges and codes of a member, by id.</summary>
    public async Task<IReadOnlyDictionary<string, BadgeRow>> Badges(MemberId member, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, kind, added_at from views.credentials where member_id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = member.ToString() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<string, BadgeRow>();
        while (await rows.ReadAsync(cancel))
        {
            found[rows.GetString(0)] = new BadgeRow(rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2));
        }

        return found;
    }

    /// <summary>The members with an address, in any letters.</summary>
    public async Task<IReadOnlyList<AddressRow>> WithAddress(string address, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, email, first_name from views.members where lower(email) = lower($1) order by key "
            + $"limit {Limits.MembersPerAddress}",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<AddressRow>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new AddressRow(
                MemberId.Parse(rows.GetString(0), null), rows.GetString(1), Text(rows, 2)));
        }

        return found;
    }

    /// <summary>The keys of a member's phones, by id.</summary>
    public async Task<IReadOnlyDictionary<string, PassKeyRow>> PassKeys(MemberId member, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, device, revoked, added_at from views.pass_keys where member_id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = member.ToString() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<string, PassKeyRow>();
        while (await rows.ReadAsync(cancel))
        {
            found[rows.GetString(0)] = new PassKeyRow(
                Text(rows, 1), rows.GetBoolean(2),
                rows.GetFieldValue<DateTimeOffset>(3));
        }

        return found;
    }

    /// <summary>The words of a query as patterns: each is a substring of what is searched.</summary>
    public static IReadOnlyList<string> Patterns(string query) =>
    [
        .. MemberView.Fold(query).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Take(Words).Select(Escape),
    ];

    /// <summary>A text as a pattern of LIKE that matches only itself.</summary>
    public static string Escape(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);

    /// <summary>What must hold for a member to be found by these words; nothing where there are none.</summary>
    internal static IEnumerable<string> Conditions(NpgsqlCommand command, string query)
    {
        var patterns = Patterns(query);
        var conditions = new List<string>();
        foreach (var pattern in patterns)
        {
            conditions.Add($"search like {Add(command, $"%{pattern}%")}");
        }

        // A phone number is found however it is grouped, and with the 0 that replaces a country's number.
        var digits = MemberView.Digits(query).TrimStart('0');
        if (digits.Length >= PhoneDigits && !query.Any(char.IsLetter))
        {
            return [$"({string.Join(" and ", conditions)} or search like {Add(command, $"%{digits}%")})"];
        }

        return conditions;
    }

    private static MemberRow Read(NpgsqlDataReader rows) => new(
        rows.GetString(0), rows.GetString(1), Text(rows, 2) ?? "", rows.GetString(3),
        rows.IsDBNull(4) ? null : rows.GetFieldValue<DateOnly>(4), Text(rows, 5), Text(rows, 6), Text(rows, 7));

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string query)
    {
        var command = new NpgsqlCommand { Connection = connection };
        var patterns = Patterns(query);
        var match = string.Join(" and ", ["true", .. Conditions(command, query)]);

        // The space in front makes the first word begin like every other.
        var order = patterns.Count == 0 ? "" : $"(' ' || search like {Add(command, $"% {patterns[0]}%")}) desc, ";
        command.CommandText =
            $"{Selected} where {match} "
            + $"order by {order}search, key limit {Limits.PageItems}";
        return command;
    }

    private static string Add(NpgsqlCommand command, string value)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        return $"${command.Parameters.Count}";
    }
}
