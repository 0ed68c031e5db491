using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartClub.Grains.Model;

/// <summary>
/// Enums are stored and spoken by name in snake_case, never by number, so that a member can be put between two
/// others (the order of reasons is their precedence) without changing what old events say.
/// </summary>
public sealed class SnakeEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, false)
    where TEnum : struct, Enum;
