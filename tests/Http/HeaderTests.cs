using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Routing;
using SmartClub.Silo;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>What a browser is told to do, and not to do, with every kind of answer the club gives.</summary>
public sealed class HeaderTests : IClassFixture<HttpClub>, IAsyncLifetime, IDisposable
{
    private readonly HttpClub club;
    private readonly string web = Directory.CreateTempSubdirectory("smartclub-web-").FullName;
    private readonly string data = Directory.CreateTempSubdirectory("smartclub-test-").FullName;
    private HttpSilo tls = null!;
    private HttpClient secure = null!;

    public HeaderTests(HttpClub club) => this.club = club;

    public async Task InitializeAsync()
    {
        foreach (var page in new[] { "index.html", "member.html" })
        {
            await File.WriteAllTextAsync(
                Path.Combine(web, page), $"<script nonce=\"{WebPage.Placeholder}\" src=\"/assets/a.js\"></script>");
        }

        Directory.CreateDirectory(Path.Combine(web, "assets"));
        await File.WriteAllTextAsync(Path.Combine(web, "assets", "a.js"), "0");
        await File.WriteAllTextAsync(Path.Combine(web, "app-worker.js"), "0");
        var (certificate, key) = await Certificate();
        tls = await HttpSilo.Launch(
            new SiloSettings(club.Database.Uri(), club.Folder, 0, web, certificate, key), club.Clock);
        secure = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
        })
        {
            BaseAddress = new UriBuilder(tls.Address) { Scheme = "https" }.Uri,
        };
    }

    public void Dispose() => secure?.Dispose();

    public async Task DisposeAsync()
    {
        await tls.DisposeAsync();
        Directory.Delete(web, recursive: true);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task EveryEndpoint_TellsStrangersTheSame()
    {
        foreach (var (method, path) in Calls())
        {
            Guarded(await club.Stranger.Send(new HttpRequestMessage(method, path)), $"{method} {path}");
        }
    }

    [Fact]
    public async Task EveryReadingEndpoint_TellsTheAdministratorTheSame()
    {
        foreach (var (_, path) in Calls().Where(call => call.Method == HttpMethod.Get))
        {
            Guarded(await club.Admin.Get(path), path);
        }
    }

    [Fact]
    public async Task Files_OfPersons_AreNotKept()
    {
        await club.Member();
        foreach (var path in new[]
        {
            "/api/lists/members/export?format=csv", "/api/lists/members/export?format=xlsx",
            "/api/lists/visits/export?from=2026-11-01&to=2026-11-30&format=csv", "/api/audit/export?format=csv",
            "/api/members?query=a",
        })
        {
            var file = await club.Admin.Get(path);
            Guarded(file.Ok(), path);
        }
    }

    [Fact]
    public async Task Fault_IsAsGuardedAsAnAnswer()
    {
        var broken = new HttpRequestMessage(HttpMethod.Post, "/api/members") { Content = new StringContent("{") };
        Guarded((await club.Admin.Send(broken)).Refused(415, "unsupported_media_type"), "/api/members 415");
        Guarded((await club.Admin.Post("/api/members", "text")).Refused(400, "invalid_request"), "/api/members 400");
        var large = new HttpRequestMessage(HttpMethod.Post, "/api/members")
        {
            Content = new ByteArrayContent(new byte[Silo.Limits.RequestBytes + 1]),
        };
        large.Content.Headers.ContentType = new("application/json");
        Guarded((await club.Admin.Send(large)).Refused(413, "request_too_large"), "/api/members 413");
        Guarded((await club.Admin.Get("/api/members?after=999999999")).Refused(503, "view_behind"), "/api/members 503");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/settings/staff")]
    [InlineData("/login")]
    [InlineData("/invitation")]
    [InlineData("/app")]
    [InlineData("/app/me")]
    public async Task Page_MayRunOnlyWhatIsOurs(string path)
    {
        var page = (await Secure.Get(path)).Ok();
        Everywhere(page, path);
        Assert.Equal("no-cache", Header(page, "Cache-Control"));
        var policy = Header(page, "Content-Security-Policy").Split("; ");
        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("object-src 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.Contains("form-action 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        var script = Assert.Single(policy, p => p.StartsWith("script-src", StringComparison.Ordinal));
        Assert.Contains("'nonce-", script, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", string.Join(' ', policy), StringComparison.Ordinal);
        Assert.DoesNotContain("http", string.Join(' ', policy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuiltFile_IsKeptForEver_TheWorkerIsNot()
    {
        var built = (await Secure.Get("/assets/a.js")).Ok();
        Everywhere(built, "asset");
        Assert.Equal("public, max-age=31536000, immutable", Header(built, "Cache-Control"));
        var worker = (await Secure.Get("/app-worker.js")).Ok();
        Everywhere(worker, "worker");
        Assert.Equal("no-cache", Header(worker, "Cache-Control"));
        Assert.Contains("frame-ancestors 'none'", Header(worker, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_IsAskedForAgain_AndPlainTextDoesNotPromiseIt()
    {
        foreach (var path in new[] { "/", "/assets/a.js", "/api/club", "/health/live", "/api/nothing" })
        {
            Assert.Equal("max-age=31536000", Header(await Secure.Get(path), "Strict-Transport-Security"));
            Assert.False((await club.Stranger.Get(path)).Headers.Contains("Strict-Transport-Security"), path);
        }
    }

    [Fact]
    public async Task Cookie_IsForThisSiteAlone_AndForNoScript()
    {
        var plain = Cookie(await club.LogIn(club.FirstLogin));
        Assert.Equal(["httponly", "path=/", "samesite=strict"], plain);

        await club.Silo.DisposeAsync();
        await tls.Host.Active.Happens("the other silo becomes active");
        var login = club.FirstLogin;
        club.Clock.MoveTo(club.Clock.GetUtcNow() + Passwords.NextCode(club.Clock.GetUtcNow()));
        var answer = await Secure.Post(
            "/api/auth/login", new { email = login.Email, password = login.Password, code = club.Code(login) });
        Assert.Equal(["httponly", "path=/", "samesite=strict", "secure"], Cookie(answer.Ok()));

        // The other tests of this club speak to a silo without TLS.
        await tls.DisposeAsync();
        await club.Restart();
    }

    private Api Secure => new(() => secure, null);

    private IEnumerable<(HttpMethod Method, string Path)> Calls() =>
        from endpoint in club.Silo.Endpoints
        where endpoint.Metadata.GetMetadata<EndpointRight>() is not EndpointRight.Device
        let path = System.Text.RegularExpressions.Regex.Replace(
            "/" + endpoint.RoutePattern.RawText!.Trim('/'), "{[^}]+}", "x")
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"]
        select (new HttpMethod(method), path);

    private static void Guarded(Reply answer, string what)
    {
        Everywhere(answer, what);
        Assert.True(
            Header(answer, "Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'; sandbox", what);
        if (what.Contains("/api/", StringComparison.Ordinal) || what.Contains("/hubs/", StringComparison.Ordinal))
        {
            Assert.True(answer.Headers.CacheControl?.NoStore == true, $"{what} may be kept: {answer.Status}");
        }
    }

    private static void Everywhere(Reply answer, string what)
    {
        Assert.True(Header(answer, "X-Content-Type-Options") == "nosniff", what);
        Assert.True(Header(answer, "Referrer-Policy") == "no-referrer", what);
        Assert.True(Header(answer, "X-Frame-Options") == "DENY", what);
        Assert.True(Header(answer, "Cross-Origin-Opener-Policy") == "same-origin", what);
        Assert.True(Header(answer, "Cross-Origin-Resource-Policy") == "same-origin", what);
        Assert.False(answer.Headers.Contains("Server"), what);
        Assert.False(answer.Headers.Contains("X-Powered-By"), what);
    }

    private static string Header(Reply answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    // What is said of the cookie besides its value and how long it lives.
    private static string[] Cookie(Reply answer) =>
    [
        .. Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split("; ").Skip(1).Select(p => p.ToLowerInvariant())
            .Where(p => !p.StartsWith("max-age", StringComparison.Ordinal)
                && !p.StartsWith("expires", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private async Task<(string Certificate, string Key)> Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = club.Clock.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddYears(-1), now.AddYears(10));
        var (certificate, secret) = (Path.Combine(data, "cert.pem"), Path.Combine(data, "key.pem"));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
        await File.WriteAllTextAsync(secret, key.ExportPkcs8PrivateKeyPem());
        return (certificate, secret);
    }
}
