using System.Collections.Concurrent;
using System.Text;

namespace SmartClub.Grains.Model;

/// <summary>
/// A typed "no". Each feature lists its refusals in an enum whose order is the order of precedence; the code that
/// outsiders see is the member's name in snake_case and is never reworded.
/// </summary>
public sealed record Refusal(string Code)
{
    /// <summary>The refusal of an enum member.</summary>
    public static Refusal Of<TEnum>(TEnum reason)
        where TEnum : struct, Enum => Known<TEnum>.Map.GetOrAdd(reason, static r => new Refusal(Snake(r.ToString())));

    /// <summary><c>CommandIdReused</c> becomes <c>command_id_reused</c>.</summary>
    public static string Snake(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 8);
        foreach (var c in pascal)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static class Known<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly ConcurrentDictionary<TEnum, Refusal> Map = new();
    }
}

/// <summary>What a caller learns: an outcome or a refusal, exactly one of them.</summary>
public readonly record struct Answer(object? Outcome, Refusal? Refusal)
{
    /// <summary>The command was accepted.</summary>
    public static Answer Accepted(object outcome) => new(outcome, null);

    /// <summary>The command was refused.</summary>
    public static Answer Refused(Refusal refusal) => new(null, refusal);
}
