using System.Text.RegularExpressions;

namespace SmartClub.Tests.Style;

/// <summary>What README and the other pages point at is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_LeadSomewhere()
    {
        var pages = Pages().ToList();
        Assert.True(pages.Count > 20, "The pages were not found.");
        Assert.Empty(
            from page in pages
            from target in Targets(page)
            where !Path.Exists(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target)))
            select $"{Path.GetRelativePath(SourceTree.Root, page)}: {target}");
    }

    [Fact]
    public void ShortLinks_AreDefined_AndUsed() => Assert.Empty(
        from page in Pages()
        let text = Code().Replace(File.ReadAllText(page), "")
        let defined = Definition().Matches(text).Select(m => m.Groups["name"].Value).ToHashSet()
        where defined.Count > 0
        let used = Use().Matches(text).Select(m => m.Groups["name"].Value).ToHashSet()
        from name in defined.Except(used).Concat(used.Except(defined))
        select $"{Path.GetRelativePath(SourceTree.Root, page)}: [{name}]");

    private static IEnumerable<string> Pages() =>
    [
        Path.Combine(SourceTree.Root, "README.md"),
        .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories),
    ];

    private static IEnumerable<string> Targets(string page)
    {
        var text = Code().Replace(File.ReadAllText(page), "");
        return from link in Definition().Matches(text).Concat(Inline().Matches(text))
               let target = link.Groups["target"].Value.Split('#')[0]
               where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                   && !target.StartsWith('/')
               select target;
    }

    // In code, brackets are not links.
    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\[(?<name>[^\]]+)\]:\s*(?<target>\S+)", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\[(?<name>[^\]\[]+)\](?![(:\]])")]
    private static partial Regex Use();
}
