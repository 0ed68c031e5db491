using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartClub.Silo.Gateway;

/// <summary>JSON as outsiders speak it: strict in what it takes, so that nothing odd reaches a rule or a row.</summary>
public static class ApiJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } =
        Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Applies them to the framework's own options.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
        options.AllowDuplicateProperties = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.Converters.Add(new CleanStringConverter());
        options.Converters.Add(new UtcConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }

    /// <summary>
    /// Refuses NUL and lone surrogates: PostgreSQL takes neither as text, and one bad name must never fail a batch.
    /// </summary>
    public static bool IsClean(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0' || char.IsLowSurrogate(c))
            {
                return false;
            }

            if (char.IsHighSurrogate(c))
            {
                if (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    /// <summary>The clean text that a reader stands at.</summary>
    /// <exception cref="JsonException">It is no text, or not a clean one.</exception>
    public static string CleanText(ref Utf8JsonReader reader)
    {
        try
        {
            var text = reader.TokenType == JsonTokenType.String
                ? reader.GetString()!
                : throw new JsonException("Expected a string.");
            return IsClean(text) ? text : throw new JsonException("Not a clean text.");
        }
        catch (InvalidOperationException lone)
        {
            // The reader throws this for an escaped lone surrogate.
            throw new JsonException("Not a clean text.", lone);
        }
    }

    // Times go out in UTC with a Z and whole or broken seconds as they are; any offset comes in.
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var moment)
                ? moment
                : throw new JsonException("Expected a time in ISO 8601.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }

    private sealed class CleanStringConverter : JsonConverter<string>
    {
        public override string? Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => CleanText(ref reader);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
