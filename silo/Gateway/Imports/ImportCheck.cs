using System.Globalization;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>A line that nothing is wrong with.</summary>
public sealed record ImportRow(
    int Line, string FirstName, string LastName, string? Email, string? Phone, PlanId? Plan, DateOnly StartsOn,
    bool IsPaid, CredentialKind BadgeKind, string? Badge);

/// <summary>What is wrong with a line.</summary>
public sealed record ImportError(int Line, string Column, string Code, DisplayText Text);

/// <summary>Looks at every line before anything is written: who is right, and what is wrong with the others.</summary>
public sealed class ImportCheck(
    ImportFile file, IReadOnlyDictionary<ImportField, int> columns,
    IReadOnlyDictionary<ImportField, string> chosen, PlanMirror plans, CredentialMirror credentials,
    ClubKeys keys, KnownContacts known, Func<int, MemberId> memberOf, DateOnly today)
{
    private static readonly string[] Dates = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "dd.MM.yyyy", "dd-MM-yyyy"];
    private static readonly string[] Yes = ["", "yes", "y", "true", "1", "oui", "o", "vrai", "paid", "paye", "x"];
    private static readonly string[] No = ["no", "n", "false", "0", "non", "faux", "unpaid", "impaye"];
    private readonly List<ImportError> errors = [];
    private readonly Dictionary<string, int> seen = [];

    // Plans of the same name are told apart by their ids only; what is not sold any more stands in nobody's way.
    private readonly ILookup<string, PlanFacts> byName = plans.All
        .GroupBy(p => MemberView.Fold(p.Name.Trim()))
        .SelectMany(same => same.Any(p => !p.IsRetired) ? same.Where(p => !p.IsRetired) : same.Take(1))
        .ToLookup(p => MemberView.Fold(p.Name.Trim()));

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<ImportError> Errors => errors;

    /// <summary>The lines that nothing is wrong with.</summary>
    public IReadOnlyList<ImportRow> Run()
    {
        foreach (var field in (ImportField[])[ImportField.FirstName, ImportField.LastName])
        {
            if (!columns.ContainsKey(field))
            {
                Wrong(1, field, "missing_column");
            }
        }

        // A column that somebody named and that is not there is a slip, and must not leave its field out unseen.
        foreach (var (field, name) in chosen.Where(c => c.Value != ImportColumns.None && !columns.ContainsKey(c.Key)))
        {
            errors.RemoveAll(e => e.Column == Refusal.Snake(field.ToString()));
            errors.Add(Error(1, name, "missing_column"));
        }

        return errors.Count > 0 ? [] : [.. file.Lines.Select(Check).OfType<ImportRow>()];
    }

    private ImportRow? Check(ImportLine line)
    {
        var before = errors.Count;
        var self = memberOf(line.Number);
        var first = Name(line, ImportField.FirstName, isRequired: true);
        var last = Name(line, ImportField.LastName, isRequired: true);
        var email = Email(line, self);
        var phone = Phone(line, self);
        var plan = Plan(line);
        var start = plan is null ? today : Start(line);
        var paid = IsPaid(line);
        var kind = Kind(line);
        var badge = Badge(line, kind, self);
        return errors.Count > before
            ? null
            : new ImportRow(line.Number, first!, last!, email, phone, plan, start, paid, kind, badge);
    }

    private string? Name(ImportLine line, ImportField field, bool isRequired = false)
    {
        var text = Cell(line, field);
        if (text is null)
        {
            if (isRequired)
            {
                Wrong(line.Number, field, "required");
            }

            return null;
        }

        if (text.Length > DomainLimits.NameLength)
        {
            Wrong(line.Number, field, "too_long");
        }
        else if (!FieldChecks.IsText(text) || text.Any(char.IsControl))
        {
            Wrong(line.Number, field, "not_clean");
        }

        return text;
    }

    private string? Email(ImportLine line, MemberId self)
    {
        var email = Name(line, ImportField.Email);
        if (email is not null && !MemberEndpoints.IsAddress(email))
        {
            Wrong(line.Number, ImportField.Email, "invalid");
        }
        else if (email is not null)
        {
            Once(line, ImportField.Email, email.ToLowerInvariant(), known.ByEmail, self);
        }

        return email;
    }

    private string? Phone(ImportLine line, MemberId self)
    {
        var phone = Name(line, ImportField.Phone);
        if (phone is not null && MemberView.Digits(phone) is var digits)
        {
            if (digits.Length == 0)
            {
                Wrong(line.Number, ImportField.Phone, "invalid");
            }
            else
            {
                Once(line, ImportField.Phone, digits, known.ByPhone, self);
            }
        }

        return phone;
    }

    // Who was registered by this same line before is not somebody else: the file is only taken up where it stopped.
    private void Once(
        ImportLine line, ImportField field, string value, IReadOnlyDictionary<string, string> inClub, MemberId self)
    {
        if (!seen.TryAdd($"{field} {value}", line.Number))
        {
            Wrong(line.Number, field, "twice_in_file", seen[$"{field} {value}"]);
        }
        else if (inClub.TryGetValue(value, out var owner) && owner != self.ToString())
        {
            Wrong(line.Number, field, "known_already");
        }
    }

    private PlanId? Plan(ImportLine line)
    {
        if (Cell(line, ImportField.Plan) is not { } text)
        {
            return null;
        }

        List<PlanFacts> named = PlanId.TryParse(text, null, out var id) && plans.Find(id) is { } known
            ? [known]
            : [.. byName[MemberView.Fold(text)]];
        if (named is not [{ IsRetired: false }])
        {
            Wrong(
                line.Number, ImportField.Plan,
                named.Count switch { 0 => "unknown_plan", 1 => "retired_plan", _ => "several_plans" });
        }

        return named.Count > 0 ? named[0].Id : default;
    }

    private DateOnly Start(ImportLine line)
    {
        if (Cell(line, ImportField.StartsOn) is not { } text)
        {
            return today;
        }

        // A workbook keeps a day as its number since the end of 1899.
        var isDay = DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        if (!isDay && int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            && number is > 20_000 and < 80_000)
        {
            (isDay, day) = (true, new DateOnly(1899, 12, 30).AddDays(number));
        }

        if (!isDay || Math.Abs(day.Year - today.Year) > 9)
        {
            Wrong(line.Number, ImportField.StartsOn, "invalid_day");
        }

        return day;
    }

    private bool IsPaid(ImportLine line)
    {
        var text = MemberView.Fold(Cell(line, ImportField.Paid) ?? "");
        if (!Yes.Contains(text) && !No.Contains(text))
        {
            Wrong(line.Number, ImportField.Paid, "yes_or_no");
        }

        return !No.Contains(text);
    }

    private CredentialKind Kind(ImportLine line)
    {
        var text = MemberView.Fold(Cell(line, ImportField.BadgeKind) ?? "rfid");
        foreach (var kind in Enum.GetValues<CredentialKind>())
        {
            if (Refusal.Snake(kind.ToString()) == text)
            {
                return kind;
            }
        }

        Wrong(line.Number, ImportField.BadgeKind, "unknown_kind");
        return CredentialKind.Rfid;
    }

    private string? Badge(ImportLine line, CredentialKind kind, MemberId self)
    {
        if (Cell(line, ImportField.Badge) is not { } badge)
        {
            return null;
        }

        if (badge.Length > DomainLimits.CredentialLength || !FieldChecks.IsText(badge))
        {
            var isLong = badge.Length > DomainLimits.CredentialLength;
            Wrong(line.Number, ImportField.Badge, isLong ? "too_long" : "not_clean");
            return null;
        }

        var key = CredentialKeys.Of(keys, kind, badge);
        if (!seen.TryAdd($"{ImportField.Badge} {key}", line.Number))
        {
            Wrong(line.Number, ImportField.Badge, "twice_in_file", seen[$"{ImportField.Badge} {key}"]);
        }
        else if (credentials.Find(key) is { } owner && owner.Member != self)
        {
            Wrong(line.Number, ImportField.Badge, "known_already");
        }

        return badge;
    }

    private string? Cell(ImportLine line, ImportField field) =>
        columns.TryGetValue(field, out var at) && at < line.Cells.Count && line.Cells[at].Trim() is { Length: > 0 } text
            ? text
            : null;

    private void Wrong(int line, ImportField field, string code, int? other = null)
    {
        var column = columns.TryGetValue(field, out var at) ? file.Columns[at] : Refusal.Snake(field.ToString());
        errors.Add(Error(line, column, code, other));
    }

    /// <summary>What is wrong with a line, in words.</summary>
    public static ImportError Error(int line, string column, string code, int? other = null)
    {
        string Say(string language) => Texts.Get(
            language, Texts.Has("import." + code) ? "import." + code : "problem." + code,
            ("line", other?.ToString(CultureInfo.InvariantCulture) ?? ""));
        return new ImportError(line, column, code, new DisplayText(Say("fr"), Say("en")));
    }
}
