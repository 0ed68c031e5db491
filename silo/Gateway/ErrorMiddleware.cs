using Microsoft.AspNetCore.Connections;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Gateway;

/// <summary>Turns outages and malformed requests into problems; what is left is a bug and is logged as one.</summary>
public sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> log)
{
    /// <summary>The framework's entry.</summary>
    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            await Answer(http, fault);
        }
    }

    private async Task Answer(HttpContext http, Exception fault)
    {
        http.Response.Clear();
        WebPage.Describe(http);
        switch (fault)
        {
            case OperationCanceledException when http.RequestAborted.IsCancellationRequested:
            case ConnectionResetException or ConnectionAbortedException:
                return;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                await Problems.Write(http, "request_too_large");
                return;
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                await Problems.Write(http, "unsupported_media_type");
                return;
            case BadHttpRequestException:
                await Problems.Write(http, "invalid_request");
                return;
            case JournalUnavailableException away:
                await Problems.Write(http, away.Code, retryAfter: away.RetryAfter);
                return;
            case ViewBehindException:
                await Problems.Write(http, "view_behind");
                return;
            case FencedException:
                await Problems.Write(http, "not_active");
                return;
            case var _ when DatabaseAway.Is(fault):
                log.LogWarning("A query found no database: {Reason}.", fault.GetType().Name);
                await Problems.Write(http, "journal_unavailable");
                return;
            default:
                // The path of an API carries ids only; the query may carry what somebody searched for.
                log.LogError(fault, "Unhandled exception at {Method} {Path}.", http.Request.Method, http.Request.Path);
                await Problems.Write(http, "internal_error");
                return;
        }
    }
}
