using System.Net.Http.Headers;
using System.Text.Json;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>An answer as it came.</summary>
internal sealed record Reply(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    private JsonElement? body;

    public JsonElement Body => body ??= JsonDocument.Parse(Text).RootElement;

    /// <summary>The stable code of a "no".</summary>
    public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string Detail => this["detail"];

    /// <summary>Where the command stands in the journal.</summary>
    public long Position => long.Parse(
        Headers.GetValues("X-Journal-Position").Single(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A field of the answer that is a text.</summary>
    public string this[string field] => Body.GetProperty(field).GetString()!;

    public IReadOnlyList<JsonElement> Items => [.. Body.GetProperty("items").EnumerateArray()];

    /// <summary>Insists on success.</summary>
    public Reply Ok()
    {
        Assert.True(Status is 200 or 204, $"{Status} {Text}");
        return this;
    }

    /// <summary>Insists on a "no" in the form that all have.</summary>
    public Reply Refused(int status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal(status, Body.GetProperty("status").GetInt32());
        Assert.NotEmpty(this["type"]);
        Assert.NotEmpty(this["title"]);
        Assert.NotEmpty(Detail);
        return this;
    }
}

/// <summary>Calls of somebody: a member of staff with a token, a browser with a cookie, or a stranger.</summary>
internal sealed class Api(Func<HttpClient> http, string? token, string? cookie = null, string? antiforgery = null)
{
    public string? Token => token;

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) =>
        Send(new HttpRequestMessage(HttpMethod.Get, path), headers);

    public Task<Reply> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : Json(body) }, headers);

    public async Task<Reply> Send(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (antiforgery is not null)
        {
            request.Headers.Add("X-Antiforgery", antiforgery);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using (request)
        {
            using var response = await http().SendAsync(request).Happens($"an answer to {request.RequestUri}");
            return new Reply(
                (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers,
                response.Content.Headers);
        }
    }

    private static ByteArrayContent Json(object body) => new(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType()))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };
}
