using System.Reflection;
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

        foreach (var (name, value) in values)
        {
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return text;
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
