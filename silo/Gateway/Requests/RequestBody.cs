using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace SmartClub.Silo.Gateway.Requests;

/// <summary>
/// Reads a JSON body the same way for all calls. The framework's own binding would answer without our stable codes.
/// </summary>
public static partial class RequestBody
{
    /// <summary>Reads the body and goes on with it; where it cannot be read, answers why.</summary>
    /// <param name="http">The request.</param>
    /// <param name="next">What to do with the body; its fields may all be missing.</param>
    /// <param name="isOptional">Whether no body at all is a body without fields.</param>
    public static async Task<IResult> WithBody<TBody>(
        this HttpContext http, Func<TBody, FieldChecks, Task<IResult>> next, bool isOptional = false)
        where TBody : class
    {
        var bytes = await Read(http.Request, http.RequestAborted);
        if (bytes.Length == 0 && isOptional)
        {
            bytes = "{}"u8.ToArray();
        }
        else if (!IsJson(http.Request))
        {
            return Problems.Of("unsupported_media_type");
        }

        var fields = new FieldChecks(http.Request);
        try
        {
            return JsonSerializer.Deserialize<TBody>(bytes, ApiJson.Options) is { } body
                ? await next(body, fields)
                : Problems.Of("invalid_request");
        }
        catch (JsonException malformed)
        {
            NoteField(fields, malformed);
            return Problems.Of("invalid_request", fields.Errors.Count > 0 ? fields.Errors : null);
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> Read(HttpRequest request, CancellationToken cancel)
    {
        // One byte more than is declared or allowed, so that what is too long is seen.
        var buffer = new byte[Math.Min(request.ContentLength ?? Limits.RequestBytes, Limits.RequestBytes) + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return length <= Limits.RequestBytes
            ? buffer[..length]
            : throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
    }

    private static void NoteField(FieldChecks fields, JsonException malformed)
    {
        // The path is ours as long as it is made of our own names; anything else came from outside.
        if (malformed.Path is { } path && FieldPath().Match(path) is { Success: true } match)
        {
            fields.Wrong(
                match.Groups[1].Value,
                malformed.Message.StartsWith("Not a clean text", StringComparison.Ordinal) ? "not_clean" : "invalid");
        }
    }

    [GeneratedRegex(@"^\$\.([A-Za-z0-9.\[\]]{1,100})$")]
    private static partial Regex FieldPath();
}
