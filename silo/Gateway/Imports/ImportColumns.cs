using SmartClub.Grains.Members;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>What a column of a file can be.</summary>
public enum ImportField
{
    /// <summary>The first name; without it nobody is registered.</summary>
    FirstName,

    /// <summary>The last name; without it nobody is registered.</summary>
    LastName,

    /// <summary>The e-mail address.</summary>
    Email,

    /// <summary>The phone number.</summary>
    Phone,

    /// <summary>The plan of a membership, by its name or id.</summary>
    Plan,

    /// <summary>The first day of the membership.</summary>
    StartsOn,

    /// <summary>Whether it is paid; without it: yes.</summary>
    Paid,

    /// <summary>What a reader reads of a badge or code.</summary>
    Badge,

    /// <summary>What kind of badge or code it is; without it: rfid.</summary>
    BadgeKind,
}

/// <summary>Which column is what: as somebody said, or by what columns are usually called.</summary>
public static class ImportColumns
{
    /// <summary>In place of a column: the field is left out, whatever columns the file has.</summary>
    public const string None = "-";

    private static readonly Dictionary<ImportField, string[]> Usual = new()
    {
        [ImportField.FirstName] = ["firstname", "prenom", "givenname"],
        [ImportField.LastName] = ["lastname", "nom", "surname", "familyname", "nomdefamille"],
        [ImportField.Email] = ["email", "mail", "courriel", "adresseemail", "emailaddress"],
        [ImportField.Phone] = ["phone", "telephone", "tel", "mobile", "gsm", "phonenumber"],
        [ImportField.Plan] = ["plan", "formule", "abonnement", "membership"],
        [ImportField.StartsOn] =
            ["startson", "start", "startdate", "debut", "datededebut", "commencele", "from"],
        [ImportField.Paid] = ["paid", "paye", "regle"],
        [ImportField.Badge] =
            ["badge", "card", "carte", "credential", "badgenumber", "numerodebadge", "credentialvalue", "badgevalue"],
        [ImportField.BadgeKind] = ["badgekind", "kind", "typedebadge", "credentialkind", "type"],
    };

    /// <summary>The number of the column of each field that the file has.</summary>
    /// <param name="columns">The file's own names.</param>
    /// <param name="chosen">The names that somebody gave for fields, before the usual ones count.</param>
    public static IReadOnlyDictionary<ImportField, int> Find(
        IReadOnlyList<string> columns, IReadOnlyDictionary<ImportField, string> chosen)
    {
        var plain = columns.Select(Plain).ToList();
        var found = new Dictionary<ImportField, int>();
        foreach (var (field, names) in Usual)
        {
            var at = chosen.TryGetValue(field, out var name)
                ? columns.ToList().FindIndex(c => c == name)
                : plain.FindIndex(names.Contains);
            if (at >= 0)
            {
                found[field] = at;
            }
        }

        return found;
    }

    private static string Plain(string name) => string.Concat(MemberView.Fold(name).Where(char.IsAsciiLetterOrDigit));
}
