using System.Globalization;
using Microsoft.AspNetCore.Routing;
using SmartClub.Silo;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Gateway.Access;

namespace SmartClub.Tests.Http;

/// <summary>What all answers carry, and what the silo tells of itself.</summary>
public sealed class PlatformTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Theory]
    [InlineData("/api/sites")]
    [InlineData("/api/nothing")]
    [InlineData("/health/live")]
    [InlineData("/metrics")]
    [InlineData("/nothing")]
    [InlineData("/nothing.js")]
    public async Task Answer_CarriesSecurityHeaders(string path)
    {
        var answer = await club.Stranger.Get(path);

        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Contains("microphone=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        var content = Header(answer, "Content-Security-Policy");
        Assert.StartsWith(
            path.StartsWith("/nothing", StringComparison.Ordinal) ? "default-src 'self'" : "default-src 'none'",
            content, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", content, StringComparison.Ordinal);
        if (path.StartsWith("/api", StringComparison.Ordinal))
        {
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        }
    }

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/nothing.js")]
    [InlineData("GET", "/api")]
    [InlineData("DELETE", "/api/nothing")]
    [InlineData("POST", "/hubs/nothing")]
    [InlineData("GET", "/openapi/v2.json")]
    public async Task Address_ThatIsNone_IsNotFound(string method, string path) =>
        (await club.Admin.Send(new HttpRequestMessage(new HttpMethod(method), path))).Refused(404, "not_found");

    [Theory]
    [InlineData("DELETE", "/api/sites", "GET, POST")]
    [InlineData("OPTIONS", "/api/members/x", "GET")]
    [InlineData("FETCH", "/api/auth/login", "POST")]
    [InlineData("GET", "/api/gates/v1/access", "POST")]
    [InlineData("PUT", "/metrics", "GET")]
    [InlineData("POST", "/openapi/v1.json", "GET")]
    [InlineData("POST", "/health/live", "GET")]
    public async Task Method_ThatAnAddressDoesNotTake_IsNotAllowed(string method, string path, string allowed)
    {
        var answer = await club.Stranger.Send(new HttpRequestMessage(new HttpMethod(method), path));

        answer.Refused(405, "method_not_allowed");
        Assert.Equal(Texts.Get("fr", "problem.method_not_allowed"), answer.Detail);
        Assert.Equal(allowed.Split(", "), answer.ContentHeaders.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Health_TellsLiveAndReady()
    {
        (await club.Stranger.Get("/health/live")).Ok();
        Assert.Equal("active", (await club.Stranger.Get("/health/ready")).Ok()["role"]);
    }

    [Fact]
    public async Task Club_TellsItsName_ToAnybody() =>
        Assert.Equal(HttpClub.Name, (await club.Stranger.Get("/api/club")).Ok()["name"]);

    [Fact]
    public async Task Health_TellsHowTheDailyBackupStands()
    {
        var french = ("Accept-Language", "fr");
        var missing = (await club.Stranger.Get("/health/backup", french)).Refused(503, "backup_missing");
        Assert.Equal(Texts.Get("fr", "problem.backup_missing"), missing.Detail);
        await Note(ok: false, Good(hours: 5));
        (await club.Stranger.Get("/health/backup")).Refused(503, "backup_failed");
        await Note(ok: true, Good(hours: 50));
        (await club.Stranger.Get("/health/backup")).Refused(503, "backup_overdue");
        await Note(ok: true, "null");
        (await club.Stranger.Get("/health/backup")).Refused(503, "backup_overdue");
        await Note(ok: true, Good(hours: 5));
        Assert.Equal(12, (await club.Stranger.Get("/health/backup")).Ok().Body.GetProperty("rows").GetInt32());
        var figures = (await club.Stranger.Get("/metrics")).Ok().Text;
        Assert.Contains("\nsmartclub_backup_ok 1\n", figures, StringComparison.Ordinal);
        Assert.Contains("\nsmartclub_backup_bytes 3456\n", figures, StringComparison.Ordinal);
        await Note(ok: true, "{");
        (await club.Stranger.Get("/health/backup")).Refused(503, "backup_missing");
    }

    [Fact]
    public async Task Backup_IsTold_ToWhoMaySeeIt()
    {
        await Note(ok: false, Good(hours: 5));
        var folder = Path.Combine(club.Silo.Get<SiloSettings>().DataFolder, "backups");
        await File.WriteAllBytesAsync(Path.Combine(folder, "2026-11-23T030001Z.backup"), new byte[2_000]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "2026-11-24T030001Z.backup"), new byte[3_000]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "2nobody-knows.backup"), new byte[1]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "failed.backup"), new byte[1]);

        var told = (await club.Admin.Get("/api/backup")).Ok().Body;

        Assert.Equal("backup_failed", told.GetProperty("trouble").GetString());
        Assert.False(told.GetProperty("triedOk").GetBoolean());
        Assert.Equal("words", told.GetProperty("message").GetString());
        Assert.Equal(
            (12, 3_456), (told.GetProperty("goodRows").GetInt32(), told.GetProperty("goodBytes").GetInt32()));
        Assert.Equal(
            ["2026-11-24T03:00:01Z 3000", "2026-11-23T03:00:01Z 2000"],
            told.GetProperty("kept").EnumerateArray().Select(kept =>
                $"{kept.GetProperty("at").GetDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'} {kept.GetProperty("bytes")}"));
        (await club.Stranger.Get("/api/backup")).Refused(401, "not_signed_in");
    }

    [Fact]
    public async Task Description_ListsEveryEndpoint_WithItsRight()
    {
        var paths = (await club.Stranger.Get("/openapi/v1.json")).Ok().Body.GetProperty("paths");
        foreach (var endpoint in club.Silo.Endpoints.Where(IsApi))
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                Assert.True(
                    paths.TryGetProperty(path, out var operations)
                    && operations.TryGetProperty(method.ToLowerInvariant(), out var operation)
                    && (endpoint.Metadata.GetMetadata<EndpointRight>() is not EndpointRight.Staff staff
                        || operation.GetProperty("description").GetString() == $"Right: `{staff.Right}`."),
                    $"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task Metrics_AreReadableByPrometheus()
    {
        var place = await club.Place();
        var answer = (await club.Stranger.Get("/metrics")).Ok();

        Assert.Equal("text/plain", answer.ContentHeaders.ContentType?.MediaType);
        var values = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' '))
            .ToDictionary(p => p[0], p => double.Parse(p[1], CultureInfo.InvariantCulture));
        Assert.Equal(1, values["smartclub_active"]);
        Assert.True(values["smartclub_journal_position"] > 0);
        Assert.True(values["smartclub_activations"] > 0);
        Assert.DoesNotContain(place.Gate.Id, answer.Text, StringComparison.Ordinal);
    }

    private static bool IsApi(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal);

    private static string Header(Reply answer, string name) => answer.Headers.GetValues(name).Single();

    // As Setup/daily.sh leaves it.
    private async Task Note(bool ok, string good)
    {
        var folder = Path.Combine(club.Silo.Get<SiloSettings>().DataFolder, "backups");
        Directory.CreateDirectory(folder);
        var last = $$"""{ "at": "2026-11-24T03:00:00Z", "ok": {{(ok ? "true" : "false")}}, "message": "words" }""";
        await File.WriteAllTextAsync(
            Path.Combine(folder, "status.json"), $$"""{ "lastTry": {{last}}, "lastGood": {{good}} }""");
    }

    private string Good(int hours) =>
        $$"""{ "at": "{{club.Clock.GetUtcNow().AddHours(-hours):O}}", "file": "x", "rows": 12, "bytes": 3456 }""";
}
