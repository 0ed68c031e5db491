using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SmartClub.Silo.Gateway;

/// <summary>
/// Visible texts in French and English, from the translation files. French is what a club sees that says nothing.
/// </summary>
public static class Texts
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> ByLanguage = new()
    {
        ["fr"] = Load("fr"),
        ["en"] = Load("en"),
    };

    /// <summary>The languages.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    /// <summary>All keys of a language.</summary>
    public static IReadOnlyDictionary<string, string> Of(string language) => ByLanguage[language];

    /// <summary>A text, with <c>{name}</c> replaced by its value.</summary>
    public static string Get(string language, string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = ByLanguage[language].TryGetValue(key, out var found)
            ? found
            : throw new KeyNotFoundException($"No text '{key}' in '{language}'.");
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        return Fill(text, values);
    }

    // In one pass, so that a value that looks like a place is left as it is, and with one new text for each answer.
    private static string Fill(string text, ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[256]);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open && rest[open..].IndexOf('}') is > 0 and var length)
        {
            filled.AppendFormatted(rest[..open]);
            filled.AppendFormatted(ValueOf(rest.Slice(open, length + 1), values));
            rest = rest[(open + length + 1)..];
        }

        filled.AppendFormatted(rest);
        return filled.ToStringAndClear();
    }

    private static ReadOnlySpan<char> ValueOf(
        ReadOnlySpan<char> place, ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (place[1..^1].SequenceEqual(name))
            {
                return value;
            }
        }

        return place;
    }

    /// <summary>Whether there is such a text.</summary>
    public static bool Has(string key) => ByLanguage["fr"].ContainsKey(key);

    /// <summary>The language that a request asks for first, of those we speak.</summary>
    public static string Language(HttpRequest request)
    {
        foreach (var wish in request.Headers.AcceptLanguage.ToString().Split(','))
        {
            var tag = wish.AsSpan().Trim();
            if (tag.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            {
                return "en";
            }

            if (tag.StartsWith("fr", StringComparison.OrdinalIgnoreCase))
            {
                return "fr";
            }
        }

        return "fr";
    }

    private static Dictionary<string, string> Load(string language)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var name = assembly.GetManifestResourceNames()
            .Single(n => n.EndsWith($".Texts.{language}.json", StringComparison.Ordinal));
        using var file = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }
}
