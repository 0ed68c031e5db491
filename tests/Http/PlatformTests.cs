using System.Globalization;
using Microsoft.AspNetCore.Routing;
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
        if (!path.StartsWith("/api", StringComparison.Ordinal))
        {
            Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
            Assert.Contains("default-src 'self'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
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
}
