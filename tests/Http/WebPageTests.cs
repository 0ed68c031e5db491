using System.Text.RegularExpressions;
using SmartClub.Silo;
using SmartClub.Silo.Gateway;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>The page of the web app and what the browser is told of it.</summary>
public sealed partial class WebPageTests(HttpClub club) : IClassFixture<HttpClub>, IAsyncLifetime
{
    private readonly string web = Directory.CreateTempSubdirectory("smartclub-web-").FullName;
    private readonly string data = Directory.CreateTempSubdirectory("smartclub-test-").FullName;
    private HttpSilo silo = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Page, $"<script nonce=\"{WebPage.Placeholder}\" src=\"/a.js\"></script>");
        await File.WriteAllTextAsync(Path.Combine(web, "a.js"), "0");
        silo = await HttpSilo.Launch(new SiloSettings(club.Database.Uri(), data, 0, web, null, null), club.Clock);
    }

    public async Task DisposeAsync()
    {
        await silo.DisposeAsync();
        Directory.Delete(web, recursive: true);
        Directory.Delete(data, recursive: true);
    }

    private string Page => Path.Combine(web, "index.html");

    [Theory]
    [InlineData("/")]
    [InlineData("/settings/staff")]
    [InlineData("/index.html")]
    public async Task Page_CarriesTheNonceOfItsHead_AnotherOneEachTime(string path)
    {
        var (one, two) = (await Nonce(path), await Nonce(path));
        Assert.NotEqual(one, two);
        Assert.True(one.Length >= 22, one);
    }

    [Fact]
    public async Task Page_OfANewBuild_IsShownAtOnce()
    {
        await Nonce("/");
        await File.WriteAllTextAsync(Page, $"<style nonce=\"{WebPage.Placeholder}\">new</style>");
        File.SetLastWriteTimeUtc(Page, File.GetLastWriteTimeUtc(Page).AddSeconds(5));
        Assert.Contains("new", (await Stranger.Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ComesAsItIs()
    {
        var file = (await Stranger.Get("/a.js")).Ok();
        Assert.Equal("0", file.Text);
        Assert.DoesNotContain("nonce", Policy(file), StringComparison.Ordinal);
        (await Stranger.Get("/b.js")).Refused(404, "not_found");
    }

    [Theory]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    public async Task PackedFile_IsSentToWhoCanUnpackIt(string accepted, string encoding)
    {
        await File.WriteAllTextAsync(Path.Combine(web, "a.js.gz"), "as gzip");
        await File.WriteAllTextAsync(Path.Combine(web, "a.js.br"), "as br");

        var packed = (await Stranger.Get("/a.js", ("Accept-Encoding", accepted))).Ok();

        Assert.Equal($"as {encoding}", packed.Text);
        Assert.Equal([encoding], packed.ContentHeaders.ContentEncoding);
        Assert.Equal("text/javascript", packed.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(["Accept-Encoding"], packed.Headers.Vary);
        var plain = (await Stranger.Get("/a.js")).Ok();
        Assert.Equal("0", plain.Text);
        Assert.Empty(plain.ContentHeaders.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], plain.Headers.Vary);
    }

    [Fact]
    public async Task PackedFile_DoesNotOpenAnotherPath()
    {
        await File.WriteAllTextAsync(Path.Combine(web, "index.html.br"), "a page without its nonce");
        await File.WriteAllTextAsync(Path.Combine(web, "b.js.br"), "packed only");
        var page = (await Stranger.Get("/index.html", ("Accept-Encoding", "br"))).Ok();
        Assert.Empty(page.ContentHeaders.ContentEncoding);
        var missing = await Stranger.Get("/c.js", ("Accept-Encoding", "br"));
        missing.Refused(404, "not_found");
    }

    private Api Stranger => new(() => silo.Http, null);

    private async Task<string> Nonce(string path)
    {
        var page = (await Stranger.Get(path)).Ok();
        var policy = Policy(page);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        var nonce = InHead().Matches(policy).Select(m => m.Groups[1].Value).Distinct().Single();
        Assert.Contains($"nonce=\"{nonce}\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(WebPage.Placeholder, page.Text, StringComparison.Ordinal);
        return nonce;
    }

    private static string Policy(Reply answer) => answer.Headers.GetValues("Content-Security-Policy").Single();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex InHead();
}
