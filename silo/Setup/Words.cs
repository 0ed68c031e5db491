using System.Globalization;
using System.Reflection;

namespace SmartClub.Setup;

/// <summary>
/// Sentences for whoever typed a command, in the language that the environment asks for, as <c>words.sh</c> does it:
/// English where a sentence is said, its French in <c>messages.fr</c>. Sentences may be put into each other.
/// </summary>
internal static class Words
{
    // In the order in which they count.
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    private static readonly Lazy<Dictionary<string, string>> French = new(Load);

    /// <summary>As logs and programs know it.</summary>
    public static string English(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);

    /// <summary>As the person at the terminal reads it.</summary>
    public static string AsWished(FormattableString sentence) =>
        AsWished(sentence, Environment.GetEnvironmentVariable);

    /// <summary>The same, in an environment.</summary>
    public static string AsWished(FormattableString sentence, Func<string, string?> environment) =>
        Variables.Select(environment).FirstOrDefault(value => value is { Length: > 0 }) is { } wished
        && wished.StartsWith("fr", StringComparison.Ordinal)
            ? InFrench(sentence)
            : English(sentence);

    private static string InFrench(FormattableString sentence) => string.Format(
        CultureInfo.InvariantCulture,
        French.Value.GetValueOrDefault(sentence.Format, sentence.Format),
        [.. sentence.GetArguments().Select(part => part is FormattableString inner ? InFrench(inner) : part)]);

    // Pairs of lines, with an empty one between them.
    private static Dictionary<string, string> Load()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("messages.fr")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().TrimEnd('\n').Split("\n\n")
            .Select(pair => pair.Split('\n')).ToDictionary(lines => lines[0], lines => lines[1]);
    }
}
