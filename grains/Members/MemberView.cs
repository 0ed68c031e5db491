using System.Globalization;
using System.Text;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>The members as lists and searches show them.</summary>
public sealed class MemberView : IView
{
    private const int SortLength = 100;

    /// <inheritdoc/>
    public string Name => "members";

    /// <inheritdoc/>
    public int Version => 7;

    // No index on the last visit: every scan would have to write all of them again.
    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new ViewTable(
            "members",
            new Dictionary<string, ColumnType>
            {
                ["code"] = ColumnType.Text,
                ["display_name"] = ColumnType.Text,
                ["first_name"] = ColumnType.Text,
                ["last_name"] = ColumnType.Text,
                ["email"] = ColumnType.Text,
                ["phone"] = ColumnType.Text,
                ["search"] = ColumnType.Text,
                ["status"] = ColumnType.Text,
                ["suspended"] = ColumnType.Flag,
                ["expires_on"] = ColumnType.Day,
                ["registered_at"] = ColumnType.Time,
                ["sort_name"] = ColumnType.Text,
                ["photo"] = ColumnType.Text,
                ["plan_id"] = ColumnType.Text,
                ["plan_name"] = ColumnType.Text,
                ["last_visit_at"] = ColumnType.Time,
                ["kind"] = ColumnType.Text,
                ["details_changes"] = ColumnType.Number,
            },
            "code",
            "status",
            "sort_name, key",
            "expires_on, key",
            "lower(email)"),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<Type> Events { get; } = new HashSet<Type>
    {
        typeof(MemberRegistered), typeof(MemberDetailsChanged), typeof(MemberSuspended), typeof(MemberResumed),
        typeof(MemberWithdrawn), typeof(MembershipAdded), typeof(MembershipStarted), typeof(MembershipEnded),
        typeof(PhotoSet), typeof(PhotoRemoved), typeof(Entered), typeof(PersonClassified),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var id = new MemberId(recorded.Grain.Key);
        var columns = recorded.Event switch
        {
            MemberRegistered registered => Registered(registered, recorded.At),
            MemberDetailsChanged e => Details(
                MemberCode.Of(id), e.Number, e.FirstName, e.LastName, e.Email, e.Phone),
            MemberSuspended suspended => Standing(suspended.Standing),
            MemberResumed resumed => Standing(resumed.Standing),
            MembershipAdded added => Joined(added),
            MembershipStarted started => Standing(started.Standing),
            MembershipEnded ended => Standing(ended.Standing),
            PhotoSet photo => new() { ["photo"] = photo.FileId.ToString() },
            PhotoRemoved => new() { ["photo"] = null },
            Entered { IsVisit: true } entered => new() { ["last_visit_at"] = entered.At },
            PersonClassified classified => new() { ["kind"] = Refusal.Snake(classified.Kind.ToString()) },
            _ => null,
        };
        if (columns is not null || recorded.Event is MemberWithdrawn)
        {
            yield return new RowChange("members", id.ToString(), columns);
        }
    }

    /// <summary>Lower case without accents, as both the search column and what is searched for are written.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>A phone number as people type it, reduced to what they mean: its digits.</summary>
    public static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));

    private static Dictionary<string, object?> Registered(MemberRegistered e, DateTimeOffset at)
    {
        var columns = Details(e.Code, 0, e.FirstName, e.LastName, e.Email, e.Phone);
        columns["code"] = e.Code;
        columns["status"] = Refusal.Snake(MemberStatus.Expired.ToString());
        columns["suspended"] = false;
        columns["expires_on"] = null;
        columns["registered_at"] = at;
        columns["kind"] = Refusal.Snake(PersonKind.Member.ToString());
        return columns;
    }

    private static Dictionary<string, object?> Details(
        string code, int changes, string? firstName, string? lastName, string? email, string? phone)
    {
        // A person who was erased has no name left.
        var name = firstName is null && lastName is null ? null : $"{firstName} {lastName}".Trim();
        return new Dictionary<string, object?>
        {
            ["display_name"] = name,
            ["first_name"] = firstName,
            ["last_name"] = lastName,
            ["email"] = email,
            ["phone"] = phone,
            ["search"] = Fold(string.Join(' ', new[]
            {
                name, $"{lastName} {firstName}", code, email, phone, phone is null ? null : Digits(phone),
            }.Where(part => !string.IsNullOrWhiteSpace(part)))),
            ["sort_name"] = SortName($"{lastName} {firstName}"),
            ["details_changes"] = (long)changes,
        };
    }

    // Short enough for an index, whatever the name.
    private static string SortName(string lastNameFirst)
    {
        var name = Fold(lastNameFirst.Trim());
        return name.Length <= SortLength ? name : name[..SortLength];
    }

    private static Dictionary<string, object?> Joined(MembershipAdded added)
    {
        var columns = Standing(added.Standing);
        columns["plan_id"] = added.Terms.PlanId.ToString();
        columns["plan_name"] = added.Terms.PlanName;
        return columns;
    }

    private static Dictionary<string, object?> Standing(MemberStanding standing) => new()
    {
        ["status"] = Refusal.Snake(standing.Status.ToString()),
        ["suspended"] = standing.Status == MemberStatus.Suspended,
        ["expires_on"] = standing.ExpiresOn,
    };
}
