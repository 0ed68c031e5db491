using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace SmartClub.Silo.Gateway;

/// <summary>
/// The pages of the web app: that of staff and that of members. Each answer has a nonce of its own, in its head and in
/// the page: only scripts and styles that carry it, or come from our own address, are taken by the browser.
/// </summary>
public static class WebPage
{
    /// <summary>What stands for the nonce in the built page.</summary>
    public const string Placeholder = "__SMARTCLUB_NONCE__";

    private const string Directives =
        "default-src 'self'; script-src 'self' 'nonce-NONCE' 'wasm-unsafe-eval'; style-src 'self' 'nonce-NONCE'; "
        + "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; "
        + "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // What is not a page shows nothing of its own: an answer opened in a tab runs no script.
    private const string NothingAllowed = "default-src 'none'; frame-ancestors 'none'; sandbox";

    // A script that runs beside the page, such as one that keeps it for when there is no network, obeys its own head.
    private const string Files =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; object-src 'none'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    private static readonly PathString[] Answers = ["/api", "/hubs", "/health", "/metrics", "/openapi"];
    private static readonly ConcurrentDictionary<string, (DateTime Written, string Text)> Pages = new();

    /// <summary>Whether a path is that of a page as a file.</summary>
    public static bool IsPage(PathString path) => path.Equals("/index.html", StringComparison.OrdinalIgnoreCase)
        || path.Equals("/member.html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Says to the browser of every answer what it may do.</summary>
    public static Task Headers(HttpContext http, RequestDelegate next)
    {
        Describe(http);
        return next(http);
    }

    /// <summary>What a browser may do with the answer. Whoever clears an answer says it again.</summary>
    public static void Describe(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (http.Request.Path.StartsWithSegments("/api/gates/v1"))
        {
            // A door is no browser, and is asked a thousand times a second.
            return;
        }

        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] =
            "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self)";
        headers.ContentSecurityPolicy =
            Answers.Any(area => http.Request.Path.StartsWithSegments(area)) ? NothingAllowed : Files;
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/hubs"))
        {
            // Names and rights do not stay behind on a shared computer.
            headers.CacheControl = "no-store";
        }
    }

    /// <summary>Answers with a page.</summary>
    public static Task Write(HttpContext http, string folder, string page)
    {
        var nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ContentSecurityPolicy = Directives.Replace("NONCE", nonce, StringComparison.Ordinal);
        return http.Response.WriteAsync(
            Text(Path.Combine(folder, page)).Replace(Placeholder, nonce, StringComparison.Ordinal));
    }

    // Read again when a new build has replaced it.
    private static string Text(string file)
    {
        var written = File.GetLastWriteTimeUtc(file);
        if (!Pages.TryGetValue(file, out var page) || page.Written != written)
        {
            page = Pages[file] = (written, File.ReadAllText(file));
        }

        return page.Text;
    }
}
