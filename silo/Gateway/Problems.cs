using System.Globalization;
using System.Text.Json;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Gateway;

/// <summary>One field that is wrong, and how.</summary>
public sealed record FieldError(string Field, string Code, string Detail);

/// <summary>Problem details (RFC 9457) with a stable code; <c>detail</c> is in the caller's language.</summary>
public sealed record Problem(
    string Type, string Title, int Status, string Code, string Detail, IReadOnlyList<FieldError>? Errors = null)
{
    /// <summary>Further members, such as <c>serverTime</c> or <c>role</c>.</summary>
    [System.Text.Json.Serialization.JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }
}

/// <summary>The one place where a "no" becomes an HTTP answer.</summary>
public static class Problems
{
    /// <summary>The status of a refusal's code.</summary>
    public static int Status(string code) => code switch
    {
        "not_found" => StatusCodes.Status404NotFound,
        "not_signed_in" or "invalid_credentials" or "invalid_code" or "second_factor_required" or "code_already_used"
            or "passkey_refused"
            or "unknown_device" or "bad_signature" or "clock_skew" or "replayed" => StatusCodes.Status401Unauthorized,
        "forbidden" or "antiforgery_failed" or "second_factor_missing" or "viewing_only" or "own_access"
            or "grant_exceeds_own" or "staff_disabled" or "sign_in_again" => StatusCodes.Status403Forbidden,
        "too_many_attempts" or "too_many_mails" => StatusCodes.Status429TooManyRequests,
        "request_too_large" => StatusCodes.Status413PayloadTooLarge,
        "unsupported_media_type" => StatusCodes.Status415UnsupportedMediaType,
        "method_not_allowed" => StatusCodes.Status405MethodNotAllowed,
        "not_active" or "journal_late" or "journal_full" or "journal_unavailable" or "outcome_open" or "view_behind"
            or "standby" or "overloaded" or "pictures_unavailable" or "backup_missing" or "backup_failed"
            or "backup_overdue" =>
            StatusCodes.Status503ServiceUnavailable,
        "internal_error" => StatusCodes.Status500InternalServerError,
        _ when code.StartsWith("invalid_", StringComparison.Ordinal) => StatusCodes.Status400BadRequest,
        _ when code.StartsWith("unknown_", StringComparison.Ordinal) => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };

    /// <summary>A refusal of the rules as an answer.</summary>
    public static IResult Of(Refusal refusal) => new ProblemResult(refusal.Code, null, null);

    /// <summary>A problem by its code.</summary>
    public static IResult Of(
        string code, IReadOnlyList<FieldError>? errors = null, Dictionary<string, object>? more = null) =>
        new ProblemResult(code, errors, more);

    /// <summary>A problem that is over after a while.</summary>
    public static IResult Later(string code, TimeSpan wait) => new ProblemResult(code, null, null, wait);

    /// <summary>Writes a problem as the whole answer.</summary>
    public static Task Write(
        HttpContext http, string code, IReadOnlyList<FieldError>? errors = null,
        Dictionary<string, object>? more = null, TimeSpan? retryAfter = null)
    {
        var status = Status(code);
        http.Response.StatusCode = status;
        if (retryAfter is { } wait || Retries(status, out wait))
        {
            http.Response.Headers.RetryAfter =
                Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var language = Texts.Language(http.Request);
        var problem = new Problem(
            "about:blank",
            Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            status,
            code,
            Texts.Get(language, "problem." + code),
            errors)
        {
            More = more?.ToDictionary(m => m.Key, m => JsonSerializer.SerializeToElement(m.Value, ApiJson.Options)),
        };
        http.Response.Headers.ContentLanguage = language;
        return http.Response.WriteAsJsonAsync(problem, ApiJson.Options, "application/problem+json");
    }

    /// <summary>A field error in the caller's language.</summary>
    public static FieldError Field(HttpRequest request, string field, string code) =>
        new(field, code, Texts.Get(Texts.Language(request), "field." + code));

    private static bool Retries(int status, out TimeSpan wait)
    {
        wait = TimeSpan.FromSeconds(1);
        return status == StatusCodes.Status503ServiceUnavailable;
    }
}

/// <summary>A problem as the answer of an endpoint.</summary>
public sealed class ProblemResult(
    string code, IReadOnlyList<FieldError>? errors, Dictionary<string, object>? more, TimeSpan? retryAfter = null)
    : IResult
{
    /// <summary>Its stable code.</summary>
    public string Code => code;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) =>
        Problems.Write(httpContext, code, errors, more, retryAfter);
}
