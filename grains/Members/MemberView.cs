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
    public int Version => 6;

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
        typeof(MemberRegistered), typeof(MemberSuspended), typeof(MemberResumed), typeof(MemberWithdrawn),
        typeof(MembershipAdded),
        typeof(MembershipStarted), typeof(MembershipEnded), typeof(PhotoSet), typeof(PhotoRemoved), typeof(Entered),
        typeof(PersonClassified),
    };

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(Recorded recorded)
    {
        var columns = recorded.Event switch
        {
            MemberRegistered registered => Registered(registered, recorded.At),
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
            yield return new RowChange("members", new MemberId(recorded.Grain.Key).ToString(), columns);
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

    private static Dictionary<string, object?> Registered(MemberRegistered registered, DateTimeOffset at)
    {
        // A person who was erased has no name left.
        var name = registered.FirstName is null && registered.LastName is null
            ? null
            : $"{registered.FirstName} {registered.LastName}".Trim();
        return new Dictionary<string, object?>
        {
            ["code"] = registered.Code,
            ["display_name"] = name,
            ["first_name"] = registered.FirstName,
            ["last_name"] = registered.LastName,
            ["email"] = registered.Email,
            ["phone"] = registered.Phone,
            ["search"] = Fold(string.Join(' ', new[]
            {
                name, $"{registered.LastName} {registered.FirstName}", registered.Code, registered.Email,
                registered.Phone, registered.Phone is null ? null : Digits(registered.Phone),
            }.Where(part => !string.IsNullOrWhiteSpace(part)))),
            ["status"] = Refusal.Snake(MemberStatus.Expired.ToString()),
            ["suspended"] = false,
            ["expires_on"] = null,
            ["registered_at"] = at,
            ["sort_name"] = SortName(registered),
            ["kind"] = Refusal.Snake(PersonKind.Member.ToString()),
        };
    }

    // Short enough for an index, whatever the name.
    private static string SortName(MemberRegistered registered)
    {
        var name = Fold($"{registered.LastName} {registered.FirstName}".Trim());
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
