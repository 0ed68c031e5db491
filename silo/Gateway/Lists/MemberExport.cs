using System.Globalization;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Lists;

/// <summary>A list of members as a file.</summary>
public static class MemberExport
{
    private static readonly string[] Columns =
        ["code", "name", "email", "phone", "status", "plan", "expires_on", "last_visit", "registered", "owes"];

    /// <summary>The file.</summary>
    public static TableFile File(string language) => new(
        Texts.Get(language, "export.file"), language,
        [.. Columns.Select(column => Texts.Get(language, "export." + column))]);

    /// <summary>Its rows.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<string>> Rows(
        string language, IAsyncEnumerable<ListedMember> members)
    {
        await foreach (var member in members)
        {
            yield return Values(language, member);
        }
    }

    private static IReadOnlyList<string> Values(string language, ListedMember m) =>
    [
        m.Code, m.DisplayName, m.Email ?? "", m.Phone ?? "", Texts.Get(language, "status." + m.Status),
        m.PlanName ?? "", Day(m.ExpiresOn), Day(m.LastVisitAt), Day(m.RegisteredAt),
        Texts.Get(language, m.Owes ? "export.yes" : "export.no"),
    ];

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
