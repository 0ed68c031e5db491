using System.Text.RegularExpressions;

namespace SmartClub.Tests.Style;

/// <summary>The house style, as far as it can be counted. A failure names file and line.</summary>
public sealed partial class TidyTests
{
    private static readonly string[] Code = [".cs", ".ts", ".tsx", ".sh"];

    // The words are put together here so that this file does not find itself.
    private static readonly string[] Unwanted = ["#reg" + "ion", "FIX" + "ME", "TO" + "DO", "HA" + "CK", "XX" + "X "];

    [Fact]
    public void Files_HaveAtMost300Lines() => None(
        from file in SourceTree.Files(Code)
        where file.Lines.Length > 300
        select $"{file.Path}: {file.Lines.Length} lines");

    [Fact]
    public void Lines_HaveAtMost120Characters() => None(
        from file in SourceTree.Files(Code)
        from line in file.Lines.Index()
        where line.Item.Length > 120
        select $"{file.Path}:{line.Index + 1}");

    [Fact]
    public void Methods_HaveAtMost70Lines() => None(
        from file in SourceTree.Files(".cs")
        from method in Methods(file.Lines)
        where method.Lines > 70
        select $"{file.Path}:{method.At}: {method.Lines} lines");

    [Fact]
    public void Files_HoldNothingUnfinished() => None(
        from file in SourceTree.Files(Code)
        from line in file.Lines.Index()
        from word in Unwanted
        where line.Item.Contains(word, StringComparison.Ordinal)
        select $"{file.Path}:{line.Index + 1}: {word}");

    [Fact]
    public void Grains_ReadNoClockAndMakeNoRandomIds() => None(
        from file in SourceTree.Files(".cs")
        where file.Path.StartsWith("grains/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where Impure().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void Silo_ReadsTheClockItWasGiven() => None(
        from file in SourceTree.Files(".cs")
        where file.Path.StartsWith("silo/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where Clock().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void Maximums_AreInLimitsFilesOnly() => None(
        from file in SourceTree.Files(".cs")
        where (file.Path.StartsWith("silo/", StringComparison.Ordinal)
            || file.Path.StartsWith("grains/", StringComparison.Ordinal))
            && Path.GetFileName(file.Path) != "Limits.cs"
        from line in file.Lines.Index()
        where Maximum().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void Tests_NeitherSleepNorAreSkipped() => None(
        from file in SourceTree.Files(".cs", ".ts", ".tsx")
        where Path.GetFileName(file.Path) != "TidyTests.cs"
            && !file.Path.StartsWith("tests/Bench/", StringComparison.Ordinal)
            && (file.Path.StartsWith("tests/", StringComparison.Ordinal)
                || file.Path.Contains(".test.", StringComparison.Ordinal))
        from line in file.Lines.Index()
        where Asleep().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");

    private static void None(IEnumerable<string> found) => Assert.Empty(found);

    // A member begins at one level inside its type and ends at the brace of the same indent.
    private static IEnumerable<(int At, int Lines)> Methods(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!Opening().IsMatch(lines[i]))
            {
                continue;
            }

            var close = lines[i].Replace('{', '}');
            var end = Array.FindIndex(lines, i, l => l.StartsWith(close, StringComparison.Ordinal));
            var isType = Enumerable.Range(1, Math.Min(i, 6)).Select(back => lines[i - back])
                .TakeWhile(l => l.Length > 0 && !l.TrimStart().StartsWith("///", StringComparison.Ordinal))
                .Any(l => TypeHead().IsMatch(l));
            if (end > i && !isType)
            {
                yield return (i + 1, end - i + 1);
            }
        }
    }

    [GeneratedRegex(@"^(    |        )\{$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|namespace)\b")]
    private static partial Regex TypeHead();

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(Now|UtcNow|Today)\b|Guid\.NewGuid|\bRandom\b|Task\.Run|Console\.")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(Now|UtcNow|Today)\b|Guid\.NewGuid|Stopwatch\.|new Random\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bconst (int|long) (Max|Most|Largest|Longest)\w*\b|\bconst (int|long) \w*(Max|Maximum|Limit)\b")]
    private static partial Regex Maximum();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\(\d|Skip = |waitForTimeout|\b(it|test|describe)\.(skip|only|todo)\b")]
    private static partial Regex Asleep();
}
