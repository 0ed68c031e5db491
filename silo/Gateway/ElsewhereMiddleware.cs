namespace SmartClub.Silo.Gateway;

/// <summary>
/// Answers what no endpoint takes: another method of an address that exists, a page of the web app, or nothing at all.
/// </summary>
public sealed class ElsewhereMiddleware(RequestDelegate next, SiloSettings settings)
{
    private static readonly PathString[] Areas = ["/api", "/hubs", "/health", "/metrics", "/openapi"];

    /// <summary>The framework's entry.</summary>
    public Task Invoke(HttpContext http) => http.GetEndpoint() switch
    {
        RouteEndpoint => next(http),
        null => Other(http),
        var refusal => WrongMethod(http, refusal),
    };

    // Where a path has endpoints, but none of this method, routing chooses one of its own that sets status and Allow.
    private static async Task WrongMethod(HttpContext http, Endpoint refusal)
    {
        await refusal.RequestDelegate!(http);
        await Problems.Write(http, "method_not_allowed");
    }

    // Pages of the web app have paths of their own; the app itself says what it does not know. What looks like a file
    // was looked for among the files already.
    private Task Other(HttpContext http)
    {
        var path = http.Request.Path;
        if (settings.WebFolder is not { } folder
            || (Path.HasExtension(path.Value) && !WebPage.IsPage(path))
            || Areas.Any(area => path.StartsWithSegments(area)))
        {
            return Problems.Write(http, "not_found");
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            return Problems.Write(http, "method_not_allowed");
        }

        return WebPage.Write(http, folder, path.StartsWithSegments("/app") ? "member.html" : "index.html");
    }
}
