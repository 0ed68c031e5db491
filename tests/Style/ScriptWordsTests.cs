using System.Text.RegularExpressions;

namespace SmartClub.Tests.Style;

/// <summary>
/// What <c>./smartclub</c> and the programs behind it say: English where it is said, French in one file.
/// </summary>
public sealed partial class ScriptWordsTests
{
    private const string Setup = "silo/Setup/";

    private static readonly Lazy<IReadOnlyList<(string English, string French)>> Pairs = new(ReadPairs);

    [Fact]
    public void Words_AreLiteral_SoThatTheyCanBeTranslated() => Assert.Empty(
        from script in Scripts()
        from Match call in Expanding().Matches(script.Text)
        select $"{script.Path}: {call.Value}");

    [Fact]
    public void EveryFormat_HasItsFrench_AndNoneIsLeftOver() => Assert.Equal(
        Formats().Distinct().Order(StringComparer.Ordinal),
        Pairs.Value.Select(pair => pair.English).Order(StringComparer.Ordinal));

    [Fact]
    public void Placeholders_AreTheSame() => Assert.All(Pairs.Value, pair => Assert.Equal(
        Placeholder().Matches(pair.English).Select(m => m.Value),
        Placeholder().Matches(pair.French).Select(m => m.Value)));

    [Fact]
    public void French_HasItsSpacesAndApostrophes() =>
        Assert.All([.. Pairs.Value.Select(pair => pair.French), SourceTree.Text(Setup + "help.fr")], text =>
        {
            Assert.DoesNotMatch(PlainSpaceBeforeMark(), text);
            Assert.DoesNotContain("'", text, StringComparison.Ordinal);
        });

    [Fact]
    public void Help_NamesTheSameCommandsAndOptions() => Assert.Equal(
        HelpEntry().Matches(SourceTree.Text(Setup + "help.en")).Select(m => m.Value),
        HelpEntry().Matches(SourceTree.Text(Setup + "help.fr")).Select(m => m.Value));

    private static IEnumerable<(string Path, string Text)> Scripts() => SourceTree.Files(".sh")
        .Select(file => (file.Path, Text: string.Join('\n', file.Lines)))
        .Where(file => file.Path.StartsWith(Setup, StringComparison.Ordinal) && file.Path != Setup + "words.sh")
        .Append(("smartclub", SourceTree.Text("smartclub")));

    // A format without a word of its own, such as '%s', is the same in every language.
    private static IEnumerable<string> Formats() =>
        from words in Scripts().SelectMany(script => Call().Matches(script.Text))
            .Select(call => call.Groups["words"].Value).Concat(Sentences.Formats())
        where Letter().IsMatch(Placeholder().Replace(words, ""))
        select words;

    private static List<(string, string)> ReadPairs() => [.. SourceTree.Text(Setup + "messages.fr").TrimEnd('\n')
        .Split("\n\n").Select(pair => pair.Split('\n')).Select(lines => (lines[0], lines[1]))];

    // The functions that take words, and the words in quotes of either kind.
    [GeneratedRegex("""
        (?<![^\s({;])(say|fail|in_words|note_try\ (true|false)|let_pass\ "[^"]+"|quietly|check|count|step)
        \ (\\\n\s*)?('(?<words>[^'\n]*)'|"(?<words>[^"$\n]*)")
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Call();

    // Words that the shell would put together; the functions themselves pass on what they were given.
    [GeneratedRegex("""
        (?<![^\s({;])(say|fail|in_words|note_try\ (true|false)|quietly|check|count|step)
        \ (\\\n\s*)?(?!"\$@"|"\$label"|"\$[12]"\))(\$|"[^"\n]*\$).*
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Expanding();

    [GeneratedRegex(@"%.|\{\d[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{L}")]
    private static partial Regex Letter();

    [GeneratedRegex(@"(?<!\u00a0):(?=\s|$)|(?<!\u202f)[;!](?=\s|$)|(?<!\u202f)\?|« | »")]
    private static partial Regex PlainSpaceBeforeMark();

    [GeneratedRegex(@"^  [a-z-]{2,}", RegexOptions.Multiline)]
    private static partial Regex HelpEntry();
}
