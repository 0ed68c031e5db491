using System.Text.Json;

namespace SmartClub.Tests.Model;

/// <summary>
/// Everything a test hands on goes through JSON first, as it would through the journal: what does not survive that
/// would be lost in a restart.
/// </summary>
public static class Stored
{
    public static T Again<T>(T value)
        where T : class => (T)JsonSerializer.Deserialize(Text(value), value.GetType())!;

    public static string Text(object value) => JsonSerializer.Serialize(value, value.GetType());
}
