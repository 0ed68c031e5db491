using System.Text.RegularExpressions;

namespace SmartClub.Tests.Browser;

/// <summary>The addresses of the staff's app as its sources list them: a new page cannot be forgotten.</summary>
internal static partial class AppRoutes
{
    private static string Sources => Path.Combine(Tree.Root, "frontend", "src");

    /// <summary>Every page, with this member in the place of whichever is asked for.</summary>
    public static IReadOnlyList<string> Pages(string member)
    {
        var router = File.ReadAllText(Path.Combine(Sources, "app", "pages.tsx"));
        var paths = PageEntry().Matches(router).Select(m => m.Groups[1].Value).ToList();
        Expect(Rights().Count(router) == paths.Count, "Some page has no address.");
        var settings = paths.IndexOf("/settings/*");
        Expect(settings >= 0, "The settings have moved.");
        paths.RemoveAt(settings);
        paths.InsertRange(settings, Settings());
        var found = paths.ConvertAll(path => path.Replace(":memberId", member, StringComparison.Ordinal));
        Expect(!found.Exists(path => path.Contains('*') || path.Contains(':')), "Some address is not known.");

        // One component, one address, two pages: whom the form is for is in the address.
        return [.. found, "/desk/new"];
    }

    /// <summary>Other people's pages beside those of the staff.</summary>
    public static IReadOnlyList<string> Roots() =>
    [
        .. RootEntry().Matches(File.ReadAllText(Path.Combine(Sources, "app", "pages.tsx")))
            .Select(m => m.Groups[1].Value),
    ];

    private static IEnumerable<string> Settings()
    {
        var page = File.ReadAllText(
            Path.Combine(Sources, "features", "settings", "components", "settings-page.tsx"));
        var parts = SettingsEntry().Matches(page).Select(m => "/settings/" + m.Groups[1].Value).ToList();
        Expect(SettingsPages().Count(page) == parts.Count, "Some part of the settings has no address.");
        return parts;
    }

    // The benchmarks read the pages as well, and know no assertions.
    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    [GeneratedRegex("path: '(/[^']*)'")]
    private static partial Regex PageEntry();

    [GeneratedRegex(@"right: '")]
    private static partial Regex Rights();

    [GeneratedRegex("base: '(/[^']+)'")]
    private static partial Regex RootEntry();

    [GeneratedRegex("path: '([a-z-]+)'")]
    private static partial Regex SettingsEntry();

    [GeneratedRegex("page: <")]
    private static partial Regex SettingsPages();
}
