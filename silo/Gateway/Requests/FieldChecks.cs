using System.Globalization;
using SmartClub.Grains.Model;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Requests;

/// <summary>
/// Reads the fields of a request and collects all that is wrong with them, so that a form can show every mistake at
/// once. What a method returns for a wrong field is a harmless stand-in that is never used.
/// </summary>
public sealed class FieldChecks(HttpRequest request)
{
    private const int FirstYear = 2000;
    private readonly List<FieldError> errors = [];

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>Goes on if nothing is wrong; else answers with all that is.</summary>
    public Task<IResult> Then(Func<Task<IResult>> next) =>
        errors.Count == 0 ? next() : Task.FromResult(Problems.Of("invalid_request", errors));

    /// <summary>Notes that a field is wrong.</summary>
    public void Wrong(string field, string code) => errors.Add(Problems.Field(request, field, code));

    /// <summary>A value that must be there.</summary>
    public T Required<T>(string field, T? value)
        where T : struct => value ?? Missing(field, default(T));

    /// <summary>The name of a person or thing: one line, without space around it.</summary>
    public string Name(string field, string? value) => OptionalName(field, value) ?? Missing(field, "");

    /// <summary>A name or contact that may be missing.</summary>
    public string? OptionalName(string field, string? value) => Line(field, value, DomainLimits.NameLength);

    /// <summary>A text that is taken as it is.</summary>
    public string Text(string field, string? value, int length) =>
        OptionalText(field, value, length) ?? Missing(field, "");

    /// <summary>A text that is taken as it is, or nothing.</summary>
    public string? OptionalText(string field, string? value, int length)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (value.Length > length)
        {
            Wrong(field, "too_long");
        }
        else if (!IsText(value))
        {
            Wrong(field, "not_clean");
        }

        return value;
    }

    /// <summary>An id in its exact form. Whether there is such a thing is for the rules to say.</summary>
    public Id<TTag> Id<TTag>(string field, string? value)
        where TTag : IIdTag =>
        string.IsNullOrEmpty(value) ? Missing(field, default(Id<TTag>))
        : SmartClub.Grains.Model.Id<TTag>.TryParse(value, null, out var id) ? id
        : Invalid(field, default(Id<TTag>));

    /// <summary>A day, <c>yyyy-MM-dd</c>.</summary>
    public DateOnly Day(string field, string? value) =>
        string.IsNullOrEmpty(value) ? Missing(field, default(DateOnly))
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Invalid(field, default(DateOnly));

    /// <summary>One of the words of an enum, in snake_case.</summary>
    public TEnum OneOf<TEnum>(string field, string? value)
        where TEnum : struct, Enum =>
        string.IsNullOrEmpty(value) ? Missing(field, default(TEnum))
        : Words<TEnum>.Known.TryGetValue(value, out var known) ? known
        : Invalid(field, default(TEnum));

    /// <summary>A moment that has been: with its offset, or in UTC.</summary>
    public DateTimeOffset PastMoment(string field, string value, DateTimeOffset now) =>
        DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment <= now
            && moment.Year >= FirstYear
            ? moment.ToUniversalTime()
            : Invalid(field, now);

    /// <summary>A whole number within bounds.</summary>
    public int Number(string field, int? value, int from, int to) =>
        OptionalNumber(field, value, from, to) ?? Missing(field, from);

    /// <summary>A whole number within bounds, or nothing.</summary>
    public int? OptionalNumber(string field, int? value, int from, int to)
    {
        if (value < from || value > to)
        {
            Wrong(field, "out_of_range");
        }

        return value;
    }

    /// <summary>An amount of minor units.</summary>
    public long Amount(string field, long? value)
    {
        if (value is < 0 or > DomainLimits.PriceAmount)
        {
            Wrong(field, "out_of_range");
        }

        return value ?? Missing(field, 0L);
    }

    /// <summary>
    /// Whether a text can be kept and compared: besides what <see cref="ApiJson.IsClean"/> refuses, U+FFFE, which is
    /// no character and which the platform refuses to normalise.
    /// </summary>
    public static bool IsText(string value) => ApiJson.IsClean(value) && !value.Contains('\uFFFE');

    private string? Line(string field, string? value, int length)
    {
        var line = value?.Trim();
        if (string.IsNullOrEmpty(line))
        {
            return null;
        }

        if (line.Length > length)
        {
            Wrong(field, "too_long");
        }
        else if (!IsText(line) || line.Any(char.IsControl))
        {
            Wrong(field, "not_clean");
        }

        return line;
    }

    private T Missing<T>(string field, T standIn)
    {
        Wrong(field, "required");
        return standIn;
    }

    private T Invalid<T>(string field, T standIn)
    {
        Wrong(field, "invalid");
        return standIn;
    }

    private static class Words<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<string, TEnum> Known =
            Enum.GetValues<TEnum>().ToDictionary(value => Refusal.Snake(value.ToString()));
    }
}
