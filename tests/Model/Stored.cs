using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartClub.Tests.Model;

/// <summary>
/// Everything a test hands on goes through JSON first, as it would through the journal: what does not survive that
/// would be lost in a restart.
/// </summary>
public static class Stored
{
    // As the journal writes: enums by name, nothing where there is null.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static T Again<T>(T value)
        where T : class => (T)JsonSerializer.Deserialize(Text(value), value.GetType(), Json)!;

    public static string Text(object value) => JsonSerializer.Serialize(value, value.GetType(), Json);
}
