using System.Globalization;

namespace SmartClub.Devices.Verbs;

/// <summary>The words after the verb: <c>--name value</c> pairs and plain words.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _options = [];

    public Arguments(IReadOnlyList<string> words)
    {
        var plain = new List<string>();
        for (var index = 0; index < words.Count; index++)
        {
            if (!words[index].StartsWith("--", StringComparison.Ordinal))
            {
                plain.Add(words[index]);
                continue;
            }

            if (index + 1 == words.Count)
            {
                throw new DeviceException($"{words[index]} needs a value.");
            }

            _options[words[index][2..]] = words[++index];
        }

        Plain = plain;
    }

    public IReadOnlyList<string> Plain { get; }

    /// <summary>A misspelt option would otherwise be ignored in silence.</summary>
    public void AllowOnly(params string[] names)
    {
        if (_options.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            var known = string.Join(", --", names);
            throw new DeviceException($"The option --{unknown} is not known here; known: --{known}.");
        }
    }

    public string? Text(string name) => _options.GetValueOrDefault(name);

    public string Required(string name) => Text(name) ?? throw new DeviceException($"--{name} is missing.");

    public int Whole(string name, int otherwise, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max
            ? value
            : throw new DeviceException($"--{name} must be a whole number from {min} to {max}.");
    }

    public double Number(string name, double otherwise, double min, double max)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max
            ? value
            : throw new DeviceException($"--{name} must be a number from {min} to {max}.");
    }

    public DateTime? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return DateTime.TryParseExact(
            text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : throw new DeviceException($"--{name} must be a local time such as 2015-03-02T06:00.");
    }

    /// <summary>The silos' addresses: several where one stands by for the other.</summary>
    public IReadOnlyList<Uri> Urls() => [.. Required("url").Split(',').Select(Url)];

    private static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new DeviceException($"--url must be an address such as http://127.0.0.1:8080, or several.");
}
