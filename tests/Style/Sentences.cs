using System.Text;
using System.Text.RegularExpressions;

namespace SmartClub.Tests.Style;

/// <summary>
/// The sentences of the programs as they stand in the sources: every interpolated text in a statement that makes a
/// refusal, a fault or another <see cref="FormattableString"/>, with numbers in place of what is put in.
/// </summary>
internal static partial class Sentences
{
    public static IEnumerable<string> Formats() =>
        from file in SourceTree.Files(".cs")
        where file.Path.StartsWith("silo/", StringComparison.Ordinal)
            || file.Path.StartsWith("devices/", StringComparison.Ordinal)
        let text = string.Join('\n', file.Lines)
        from Match saying in Saying().Matches(text)
        from format in In(text[saying.Index..Math.Max(saying.Index, text.IndexOf(";\n", saying.Index, Ordinal))])
        select format;

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static IEnumerable<string> In(string statement)
    {
        for (var at = statement.IndexOf("$\"", Ordinal); at >= 0; at = statement.IndexOf("$\"", at, Ordinal))
        {
            (var format, at) = Read(statement, at + 2);
            yield return format;
        }
    }

    private static (string Format, int End) Read(string text, int at)
    {
        var format = new StringBuilder();
        for (var holes = 0; text[at] != '"'; at++)
        {
            if (text[at] != '{')
            {
                format.Append(text[at]);
                continue;
            }

            var close = Close(text, at);
            format.Append('{').Append(holes++).Append(Spec().Match(text[at..close]).Value).Append('}');
            at = close;
        }

        return (format.ToString(), at + 1);
    }

    private static int Close(string text, int open)
    {
        var depth = 0;
        do
        {
            depth += text[open] switch { '{' => 1, '}' => -1, _ => 0 };
            open++;
        }
        while (depth > 0);
        return open - 1;
    }

    [GeneratedRegex("""
        \b(RefusesToRunException|FaultFoundException|DeviceException|Say|Require|Attempt|AsWished|FormattableString)\b
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Saying();

    [GeneratedRegex(@":\w[\w-]*$")]
    private static partial Regex Spec();
}
