using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>What the desk does: find, write down, show a face, let in by hand, list, export.</summary>
public sealed class DeskTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task Badge_NamesItsOwner_WhateverKindItIs()
    {
        var member = await club.Member();
        var value = $"desk {club.Number()}";
        (await club.Admin.Post($"/api/members/{member}/credentials", new { kind = "nfc", value })).Ok();

        var found = (await club.Admin.Post("/api/credentials/find", new { value })).Ok();

        Assert.Equal((member, "nfc"), (found["memberId"], found["kind"]));
        (await club.Admin.Post("/api/credentials/find", new { value = "nobody's" })).Refused(404, "not_found");
    }

    [Theory]
    [InlineData("Grace", "MBUYI", null, null)]
    [InlineData("Mbuyi", "Grâce", null, null)]
    [InlineData("Autre", "Personne", "GRACE@example.org", null)]
    [InlineData("Autre", "Personne", null, "081 555 01 02")]
    public async Task Alike_FindsTheSamePerson_ByNamesAddressOrNumber(
        string first, string last, string? email, string? phone)
    {
        var made = (await club.Admin.Post("/api/members", new
        {
            firstName = "Grâce",
            lastName = "Mbuyi",
            email = "grace@example.org",
            phone = "+243 81 555 01 02",
        })).Ok();
        (await club.Admin.Get($"/api/members?after={made.Position}")).Ok();

        var alike = (await club.Admin.Post(
            "/api/members/alike", new { firstName = first, lastName = last, email, phone })).Ok();

        Assert.Contains(alike.Items, m => m.GetProperty("displayName").GetString() == "Grâce Mbuyi");
        var other = (await club.Admin.Post(
            "/api/members/alike", new { firstName = "Zoé", lastName = "Inconnue", phone = "+33 1 02" })).Ok();
        Assert.Empty(other.Items);
    }

    [Fact]
    public async Task ByHand_LetsIn_AndIsTold()
    {
        var place = await club.Place();
        var member = await club.Member();
        var badge = await club.Badge(member);
        (await place.Gate.Scan(badge)).Decides("deny", "expired");

        var admitted = (await club.Admin.Post(
            $"/api/members/{member}/admit", new { gateId = place.Gate.Id, reason = "Paie à la sortie" })).Ok();

        var file = (await club.Admin.Get($"/api/members/{member}?after={admitted.Position}")).Ok();
        Assert.Single(file.Body.GetProperty("inside").EnumerateArray());
        Assert.Equal("by_hand", file.Body.GetProperty("lastAccess").GetProperty("decision").GetString());
        Assert.Contains(
            file.Body.GetProperty("zones").EnumerateArray(),
            z => z.GetProperty("reason").GetString() == "expired");
        var told = (await club.Admin.Get($"/api/members/{member}/timeline")).Ok();
        Assert.Contains(told.Items, i => i.GetProperty("text").GetProperty("fr").GetString()!
            .Contains("Paie à la sortie", StringComparison.Ordinal));
        var found = (await club.Admin.Get($"/api/lists/anomalies?kind=by_hand&after={admitted.Position}")).Ok();
        Assert.Contains(found.Items, a => a.GetProperty("memberId").GetString() == member);
        var visits = (await club.Admin.Get($"/api/lists/visits?memberId={member}&after={admitted.Position}")).Ok();
        Assert.Single(visits.Items);
        (await club.Admin.Post($"/api/members/{member}/admit", new { gateId = place.Gate.Id, reason = "" }))
            .Refused(400, "invalid_request");
    }

    [Fact]
    public async Task Notes_AreShownWithTheirAuthor_UntilRemoved()
    {
        var member = await club.Member();
        var note = (await club.Admin.Post($"/api/members/{member}/notes", new { text = "Reçu papier." })).Ok();
        var file = (await club.Admin.Get($"/api/members/{member}?after={note.Position}")).Ok();
        var shown = Assert.Single(file.Body.GetProperty("notes").EnumerateArray());
        Assert.Equal("Reçu papier.", shown.GetProperty("text").GetString());
        Assert.NotEqual("", shown.GetProperty("author").GetString());

        var gone = (await club.Admin.Post($"/api/members/{member}/notes/{note["id"]}/remove")).Ok();

        file = (await club.Admin.Get($"/api/members/{member}?after={gone.Position}")).Ok();
        Assert.Empty(file.Body.GetProperty("notes").EnumerateArray());
    }

    [Fact]
    public async Task Photo_IsMadeSmall_AndFreedOfWhatCamerasWrite()
    {
        var member = await club.Member();
        var picture = await Draw(1_200, 900);
        Assert.Contains("Kinshasa", Encoding.Latin1.GetString(picture), StringComparison.Ordinal);

        var set = (await Upload($"/api/members/{member}/photo", picture)).Ok();

        var file = (await club.Admin.Get($"/api/members/{member}?after={set.Position}")).Ok();
        using var answer = await Fetch(file["photoUrl"]);
        var kept = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("Kinshasa", Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.True(kept.Length < 200_000, $"A photo of {kept.Length} bytes is not small.");
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(club.Folder, "media"), "fil_*", SearchOption.AllDirectories));
        (await Upload($"/api/members/{member}/photo", "not a picture"u8.ToArray())).Refused(400, "invalid_picture");
        (await Upload($"/api/members/{member}/photo", [0xFF, 0xD8, 0xFF, 1, 2, 3])).Refused(400, "invalid_picture");
        (await Upload($"/api/members/{member}/photo", new byte[9 * 1024 * 1024])).Refused(413, "request_too_large");
    }

    [Fact]
    public async Task Document_IsKeptByItsContent_AndNeverServedAsAPage()
    {
        var member = await club.Member();
        var content = "%PDF-1.7 certificat"u8.ToArray();
        var added = (await Upload($"/api/members/{member}/files", content, "certificat é.pdf")).Ok();
        (await Upload($"/api/members/{member}/files", "<script>"u8.ToArray(), "x.pdf")).Refused(400, "invalid_file");
        (await Upload($"/api/members/{member}/files", content)).Refused(400, "invalid_request");

        var file = (await club.Admin.Get($"/api/members/{member}?after={added.Position}")).Ok();

        var shown = Assert.Single(file.Body.GetProperty("files").EnumerateArray());
        Assert.Equal("certificat é.pdf", shown.GetProperty("name").GetString());
        using var answer = await Fetch($"/api/members/{member}/files/{added["id"]}");
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Contains("sandbox", string.Concat(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        var other = await club.Member();
        (await club.Admin.Get($"/api/members/{other}/files/{added["id"]}")).Refused(404, "not_found");
    }

    [Fact]
    public async Task Export_IsAFileThatOpens_AndHoldsNoFormula()
    {
        var made = (await club.Admin.Post("/api/members", new
        {
            firstName = "=HYPERLINK(\"http://evil\")",
            lastName = "Exporté",
            phone = "+243 81 000",
        })).Ok();
        var query = $"query=export%C3%A9&after={made.Position}";

        using var csv = await Fetch($"/api/lists/members/export?format=csv&{query}");
        using var text = new StreamReader(await csv.Content.ReadAsStreamAsync());
        using var reader = new CsvReader(
            text, new CsvConfiguration(System.Globalization.CultureInfo.InvariantCulture) { Delimiter = ";" });
        var rows = reader.GetRecords<dynamic>().Cast<IDictionary<string, object>>().ToList();
        Assert.StartsWith("'=HYPERLINK", Assert.Single(rows)["Nom"] as string, StringComparison.Ordinal);

        using var xlsx = await Fetch($"/api/lists/members/export?format=xlsx&{query}");
        using var workbook = SpreadsheetDocument.Open(await xlsx.Content.ReadAsStreamAsync(), false);
        var cells = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Cell>().ToList();
        Assert.Equal(20, cells.Count);
        Assert.Contains(cells, c => c.InnerText == "=HYPERLINK(\"http://evil\") Exporté");
        Assert.All(cells, c => Assert.Null(c.CellFormula));
    }

    [Fact]
    public async Task List_GoesOnAfterItsCursor_AndCounts()
    {
        var word = $"liste{club.Number()}";
        Reply last = null!;
        for (var i = 0; i < 3; i++)
        {
            last = (await club.Admin.Post("/api/members", new { firstName = $"N{i}", lastName = word })).Ok();
        }

        var all = (await club.Admin.Get($"/api/lists/members?query={word}&after={last.Position}")).Ok();
        Assert.Equal(["N0", "N1", "N2"], all.Items.Select(m => m.GetProperty("displayName").GetString()![..2]));
        Assert.Equal(3, all.Body.GetProperty("total").GetInt64());
        var second = all.Items[1].GetProperty("id").GetString();
        var rest = (await club.Admin.Get($"/api/lists/members?query={word}&cursor={second}")).Ok();
        Assert.Equal("N2", Assert.Single(rest.Items).GetProperty("displayName").GetString()![..2]);
        var byDay = (await club.Admin.Get($"/api/lists/members?query={word}&sort=expires&cursor=|{second}")).Ok();
        Assert.True(byDay.Items.Count <= 2);
        (await club.Admin.Get("/api/lists/members?cursor=x")).Refused(400, "invalid_request");
        (await club.Admin.Get("/api/lists/members?sort=size")).Refused(400, "invalid_request");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("expires")]
    [InlineData("last_visit")]
    public async Task List_IsTheSame_FromWhicheverPlaceItIsRead(string sort)
    {
        const int members = 7;
        var word = $"place{club.Number()}";
        Reply last = null!;
        for (var i = 0; i < members; i++)
        {
            last = (await club.Admin.Post("/api/members", new { firstName = $"N{i}", lastName = word })).Ok();
        }

        var list = $"/api/lists/members?query={word}&sort={sort}&after={last.Position}";
        var all = (await club.Admin.Get(list)).Ok();
        var whole = all.Items.Select(m => m.GetProperty("id").GetString()).ToList();
        Assert.Equal(members, whole.Count);
        for (var offset = 0; offset <= members; offset++)
        {
            var page = (await club.Admin.Get($"{list}&offset={offset}&count=3")).Ok();
            Assert.Equal(whole.Skip(offset).Take(3), page.Items.Select(m => m.GetProperty("id").GetString()));

            // Counted once, at the top.
            Assert.Equal(offset == 0 ? members : null, Number(page.Body.GetProperty("total")));
        }

        static int? Number(JsonElement total) => total.ValueKind == JsonValueKind.Null ? null : total.GetInt32();
    }

    [Theory]
    [InlineData("offset=-1")]
    [InlineData("offset=200001")]
    [InlineData("count=0")]
    [InlineData("count=501")]
    [InlineData("offset=1&cursor=mbr_00000000000000000000000000")]
    public async Task List_HasNoSuchPlace(string place) =>
        (await club.Admin.Get($"/api/lists/members?{place}")).Refused(400, "invalid_request");

    private async Task<Reply> Upload(string path, byte[] content, string? name = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        // What is too long is refused before it is sent.
        request.Headers.ExpectContinue = true;
        return name is null
            ? await club.Admin.Send(request)
            : await club.Admin.Send(request, (FileEndpoints.NameHeader, Uri.EscapeDataString(name)));
    }

    private async Task<HttpResponseMessage> Fetch(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", club.Admin.Token);
        request.Headers.AcceptLanguage.ParseAdd("fr");
        var answer = await club.Silo.Http.SendAsync(request).Happens($"an answer to {path}");
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    // A real photo as a camera makes it: large, and with words in it that nobody asked for.
    private static async Task<byte[]> Draw(int width, int height)
    {
        var folder = Directory.CreateTempSubdirectory("smartclub-test-").FullName;
        try
        {
            var file = Path.Combine(folder, "camera.jpg");
            await Vips("black", Path.Combine(folder, "black.v"), $"{width}", $"{height}", "--bands", "3");
            await Vips("copy", Path.Combine(folder, "black.v"), file);
            var plain = await File.ReadAllBytesAsync(file);

            // A comment segment right behind the first marker, where cameras write place and device.
            var words = Encoding.ASCII.GetBytes("taken in Kinshasa");
            return
            [
                .. plain[..2], 0xFF, 0xFE, 0, (byte)(words.Length + 2), .. words, .. plain[2..],
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Vips(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("vips", arguments))!;
        await process.Ends();
        Assert.Equal(0, process.ExitCode);
    }
}
