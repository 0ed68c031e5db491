using Npgsql;
using SmartClub.Grains.Members;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Queries;

/// <summary>Whose an address and a number are, by what people mean by them.</summary>
public sealed record KnownContacts(
    IReadOnlyDictionary<string, string> ByEmail, IReadOnlyDictionary<string, string> ByPhone);

/// <summary>Questions to the views about all members at once.</summary>
public sealed class ContactQueries(Database database)
{
    /// <summary>The addresses and numbers of all members.</summary>
    public async Task<KnownContacts> All(CancellationToken cancel)
    {
        var (emails, phones) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        await using var connection = await database.Open(cancel);
        await using var command = new NpgsqlCommand(
            "select key, email, phone from views.members where email is not null or phone is not null", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            if (!rows.IsDBNull(1))
            {
                emails.TryAdd(rows.GetString(1).ToLowerInvariant(), rows.GetString(0));
            }

            if (!rows.IsDBNull(2))
            {
                phones.TryAdd(MemberView.Digits(rows.GetString(2)), rows.GetString(0));
            }
        }

        return new KnownContacts(emails, phones);
    }
}
