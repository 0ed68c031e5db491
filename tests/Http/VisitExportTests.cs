using System.IO.Compression;
using System.Net;

namespace SmartClub.Tests.Http;

/// <summary>Visits as a file for invoices.</summary>
public sealed class VisitExportTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Visits_AreInTheFile_WithWhatTheyAreWorth()
    {
        var place = await club.Place(visitsPerPeriod: 8);
        var guest = await club.Guest(place, "=Ruth");
        (await place.Gate.Scan(guest.Badge)).Ok();
        var scan = (await place.Gate.Scan(guest.Badge, direction: "out")).Ok();
        var query = Query(place, scan);

        var file = await Read($"{query}&format=csv");
        var lines = file.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("\ufeffCode;Nom;Personne;Formule;Site;Zone;Porte;Jour;", lines[0], StringComparison.Ordinal);

        // 30.00 for eight visits; and a name is never a formula.
        Assert.Contains(";membre;", lines[1], StringComparison.Ordinal);
        Assert.Contains(";3,75;USD", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(";=", lines[1], StringComparison.Ordinal);
        Assert.Single((await Read($"{query}&kind=supplier&format=csv")).TrimEnd().Split('\n'));
        Assert.Single((await Read($"from=2020-01-01&to=2020-12-31&format=csv")).TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Guest_IsInTheFile_WithTheirHost()
    {
        var place = await club.Place();
        var host = await club.Guest(place, "Hélène");
        (await club.Admin.Post($"/api/plans/{place.Plan}/guests", new { guestsPerPeriod = 1 })).Ok();
        var visitor = (await club.Admin.Post(
            "/api/members", new { firstName = "Marc", lastName = "Lelo", kind = "visitor" })).Ok()["id"];
        var badge = await club.Badge(visitor);
        (await club.Admin.Post($"/api/members/{host.Member}/guests", new
        {
            guestId = visitor,
            planId = place.Plan,
            startsOn = club.Clock.Day(),
            paid = true,
        })).Ok();
        (await place.Gate.Scan(host.Badge)).Decides("grant", "ok");
        var scan = (await place.Gate.Scan(badge)).Decides("grant", "ok");
        var code = (await club.Admin.Get($"/api/members/{host.Member}")).Ok()["code"];

        var lines = (await Read($"{Query(place, scan)}&format=csv")).TrimEnd().Split('\n');

        Assert.EndsWith(";Code de l’hôte;Invité par", lines[0].TrimEnd(), StringComparison.Ordinal);
        var guests = Assert.Single(lines, line => line.Contains("Marc Lelo", StringComparison.Ordinal));
        Assert.EndsWith($";{code};Hélène Lukusa", guests.TrimEnd(), StringComparison.Ordinal);
        var hosts = Assert.Single(lines, line => line.Contains(";membre;", StringComparison.Ordinal));
        Assert.EndsWith(";;", hosts.TrimEnd(), StringComparison.Ordinal);

        // The desk sees the same, and who is inside.
        var after = scan.Body.GetProperty("position").GetInt64();
        var today = (await club.Admin.Get($"/api/lists/visitors?day={club.Clock.Day()}&after={after}")).Ok().Items;
        var shown = Assert.Single(today, v => v.GetProperty("memberId").GetString() == visitor);
        Assert.Equal("Hélène Lukusa", shown.GetProperty("hostName").GetString());
        Assert.Equal(host.Member, shown.GetProperty("hostId").GetString());
        Assert.NotNull(shown.GetProperty("insideSince").GetString());
        Assert.DoesNotContain(
            (await club.Admin.Get($"/api/lists/visitors?day={club.Clock.Day(-2)}")).Ok().Items,
            v => v.GetProperty("memberId").GetString() == visitor);
        (await club.Admin.Get("/api/lists/visitors?day=demain")).Refused(400, "invalid_request");
        foreach (var (kind, inside) in new[] { ("visitor", visitor), ("member", host.Member) })
        {
            var listed = (await club.Admin.Get($"/api/lists/members?inside=true&kind={kind}")).Ok().Items;
            Assert.Contains(listed, m => m.GetProperty("id").GetString() == inside);
            Assert.DoesNotContain(
                listed, m => m.GetProperty("id").GetString() == (kind == "member" ? visitor : host.Member));
        }

        (await club.Admin.Get("/api/lists/members?kind=nobody")).Refused(400, "invalid_request");
    }

    [Fact]
    public async Task Workbook_Opens()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        var scan = (await place.Gate.Scan(guest.Badge)).Ok();
        using var answer = await Ask(
            $"{Query(place, scan)}&format=xlsx");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")?.Open()
            ?? zip.Entries.First(e => e.FullName.Contains("worksheets", StringComparison.Ordinal)).Open());
        Assert.Contains("Ruth Lukusa", await sheet.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2026-01-02&to=2026-01-01&format=csv")]
    [InlineData("from=2020-01-01&to=2026-01-01&format=csv")]
    [InlineData("from=9999-12-30&to=9999-12-31&format=csv")]
    [InlineData("from=2026-01-01&to=2026-01-02&format=pdf")]
    [InlineData("from=2026-01-01&to=2026-01-02&format=csv&kind=nobody")]
    [InlineData("from=2026-01-01&to=2026-01-02&format=csv&planId=x")]
    [InlineData("to=2026-01-02&format=csv")]
    public async Task WrongQuestion_IsRefused(string query) =>
        (await club.Admin.Get($"/api/lists/visits/export?{query}")).Refused(400, "invalid_request");

    private string Query(Place place, Reply scan)
    {
        var position = scan.Body.GetProperty("position").GetInt64();
        return $"from={club.Clock.Day(-1)}&to={club.Clock.Day(1)}&planId={place.Plan}&after={position}";
    }

    private async Task<string> Read(string query)
    {
        using var answer = await Ask(query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return System.Text.Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<HttpResponseMessage> Ask(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/lists/visits/export?{query}");
        request.Headers.Authorization = new("Bearer", club.Admin.Token);
        request.Headers.AcceptLanguage.ParseAdd("fr");
        return await club.Silo.Http.SendAsync(request);
    }
}
