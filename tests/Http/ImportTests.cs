using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using SmartClub.Silo;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Imports;
using SmartClub.Silo.Journal;

namespace SmartClub.Tests.Http;

/// <summary>Files of members: all of a file or nothing, and nothing twice.</summary>
public sealed class ImportTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly StaffSteps staff = new(club);

    [Fact]
    public async Task File_RegistersMembers_WithMembershipsAndBadges()
    {
        var (plan, tag) = (await Plan(), Tag());
        var csv = $"""
            Prénom;Nom;E-mail;Téléphone;Formule;Début;Payé;Badge
            Grâce;Ilunga {tag};grace{tag}@x.cd;+243 81 {tag};{plan};24/11/2026;oui;B{tag}1
            Ruth;Lukusa {tag};;;;;;
            "Jean ""JP"" Z";Kasongo {tag};;;{plan};2026-11-24;non;B{tag}2
            """;

        var trial = await Import(csv, "?dryRun=true");
        Assert.Equal((false, 3, 2, 2), (trial.Applied, trial.Members, trial.Memberships, trial.Badges));
        Assert.Empty(trial.Errors);
        Assert.Equal(0, await Found(tag));

        var report = await Import(csv);
        Assert.True(report.Applied);
        Assert.Empty(report.Errors);
        Assert.Equal(3, await Found(tag));
        var grace = (await club.Admin.Get($"/api/members?query=Ilunga%20{tag}")).Ok().Items.Single();
        var file = (await club.Admin.Get($"/api/members/{grace.GetProperty("id").GetString()}")).Ok().Body;
        Assert.Equal("Grâce", file.GetProperty("firstName").GetString());
        Assert.Equal("2026-12-23", file.GetProperty("expiresOn").GetString());
        Assert.Equal(1, file.GetProperty("credentials").GetArrayLength());

        // The same file again finds what it has done, however often it comes.
        Assert.True((await Import(csv)).Applied);
        Assert.Equal(3, await Found(tag));
    }

    [Fact]
    public async Task OneWrongLine_KeepsTheWholeFileOut()
    {
        var (plan, tag) = (await Plan(), Tag());
        await Import($"firstName,lastName,email,badge\nAda,Known {tag},ada{tag}@x.cd,K{tag}");
        var csv = $"""
            firstName,lastName,email,phone,plan,startsOn,paid,badge,badgeKind
            Good,One {tag},,,{plan},,,,
            ,Two {tag},,,,,,,
            Three,Three {tag},nobody,,,,,,
            Four,Four {tag},,none,,,,,
            Five,Five {tag},,,No such plan,,,,
            Six,Six {tag},,,{plan},tomorrow,,,
            Seven,Seven {tag},,,{plan},,maybe,,
            Eight,Eight {tag},,,,,,E{tag},wood
            Nine,Nine {tag},ADA{tag}@x.cd,,,,,,
            Ten,Ten {tag},,,,,,K{tag},
            Eleven,Eleven {tag},,,,,,L{tag},
            Twelve,Twelve {tag},,,,,,L{tag},
            """;

        var report = await Import(csv);
        Assert.False(report.Applied);
        Assert.Equal(
            [
                (3, "firstName", "required"), (4, "email", "invalid"), (5, "phone", "invalid"),
                (6, "plan", "unknown_plan"), (7, "startsOn", "invalid_day"), (8, "paid", "yes_or_no"),
                (9, "badgeKind", "unknown_kind"), (10, "email", "known_already"), (11, "badge", "known_already"),
                (13, "badge", "twice_in_file"),
            ],
            report.Errors.Select(e => (e.Line, e.Column, e.Code)));
        Assert.Equal("Déjà à la ligne 12 du fichier.", report.Errors[^1].Text.Fr);
        Assert.Equal("Already on line 12 of the file.", report.Errors[^1].Text.En);
        Assert.Equal(1, await Found(tag));
    }

    [Fact]
    public async Task Columns_CanBeNamed_AndMissingOnesAreSaid()
    {
        var tag = Tag();
        var csv = $"Who\tFamily\nGrâce\tIlunga {tag}";
        var report = await Import(csv);
        Assert.Equal(["missing_column", "missing_column"], report.Errors.Select(e => e.Code));
        Assert.True((await Import(csv, "?firstName=Who&lastName=Family")).Applied);
        Assert.Equal(1, await Found(tag));
    }

    [Fact]
    public async Task Workbook_IsReadAsWell()
    {
        var (plan, tag) = (await Plan(), Tag());
        var report = await Import(Workbook(
            ["Prénom", "Nom", "Formule", "Début", "Badge"],
            ["Grâce", $"Ilunga {tag}", plan, "46350", $"W{tag}"]));
        Assert.Empty(report.Errors);
        Assert.True(report.Applied);
        Assert.Equal(1, await Found(tag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK\u0003\u0004 broken")]
    public async Task File_ThatIsNone_IsSaidToBe(string text)
    {
        var answer = await Send(club.Admin, Encoding.Latin1.GetBytes(text), "");
        Assert.Contains("\"problem\":\"invalid_file\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_IsForWhoMay()
    {
        var desk = await staff.Join(new { role = "desk" });
        (await Send(desk, "x"u8.ToArray(), "")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Verb_ImportsInTheOwnersName_AndSaysWhatIsWrong()
    {
        var tag = Tag();
        var said = new List<string>();
        Task Say(FormattableString line)
        {
            said.Add(line.ToString(null));
            return Task.CompletedTask;
        }

        Task<bool> Verb(string csv, bool isTrial = false) => ImportVerb.Run(
            club.Silo.Get<SiloSettings>(), club.Silo.Address, isTrial, new MemoryStream(Encoding.UTF8.GetBytes(csv)),
            Say);

        Assert.False(await Verb($"firstName,lastName\n,X {tag}"));
        Assert.StartsWith("line 2, firstName: Required.", said[0], StringComparison.Ordinal);
        Assert.Equal("1 errors in 1 rows; nothing was imported", said[1]);
        Assert.True(await Verb($"firstName,lastName\nA,X {tag}", isTrial: true));
        Assert.Equal(0, await Found(tag));
        Assert.True(await Verb($"firstName,lastName\nA,X {tag}"));
        Assert.Equal(1, await Found(tag));
    }

    [Fact]
    public async Task Proof_CountsOnThisMachine_ForAMinute_AndForThatRequestOnly()
    {
        var keys = club.Silo.Get<ClubKeys>();
        var now = club.Clock.GetUtcNow();
        (string, string) Proof(string path, TimeSpan late) =>
            (OwnerProof.Header, OwnerProof.Of(keys, "GET", path, now - late));
        (await club.Stranger.Get("/api/staff", Proof("/api/staff", default))).Ok();
        (await club.Stranger.Get("/api/staff", Proof("/api/roles", default))).Refused(401, "not_signed_in");
        (await club.Stranger.Get("/api/staff", Proof("/api/staff", TimeSpan.FromSeconds(90))))
            .Refused(401, "not_signed_in");
        (await club.Stranger.Get("/api/staff", (OwnerProof.Header, "1.2"))).Refused(401, "not_signed_in");
        (await club.Stranger.Get("/api/staff", Proof("/api/staff", default), ("X-Forwarded-For", "203.0.113.7")))
            .Refused(401, "not_signed_in");
    }

    private string Tag() => $"{100_000 + club.Number()}";

    private async Task<int> Found(string tag) =>
        (await club.Admin.Get($"/api/members?query={tag}&after={await Head()}")).Ok().Items.Count;

    private async Task<long> Head() => (await club.Admin.Get("/api/sites")).Ok().Body.GetProperty("asOf").GetInt64();

    private async Task<string> Plan()
    {
        var site = (await club.Admin.Post(
            "/api/sites", new { name = "Site", timeZone = "Africa/Kinshasa", currency = "USD" })).Ok()["id"];
        var zone = new { siteId = site, name = "Zone", antiPassback = "off", forgivenessMinutes = 0 };
        var zoneId = (await club.Admin.Post("/api/zones", zone)).Ok()["id"];
        var name = $"Mensuel {club.Number()}";
        (await club.Admin.Post("/api/plans", new
        {
            name,
            months = 1,
            price = new { amount = 4500, currency = "USD" },
            entitlements = new[] { new { zoneId } },
        })).Ok();
        return name;
    }

    private Task<ImportReport> Import(string csv, string query = "") => Import(Encoding.UTF8.GetBytes(csv), query);

    private async Task<ImportReport> Import(byte[] bytes, string query = "")
    {
        var answer = (await Send(club.Admin, bytes, query)).Ok();
        var last = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return JsonSerializer.Deserialize<ImportProgress>(last, SmartClub.Silo.Gateway.ApiJson.Options)!.Report!;
    }

    private static Task<Reply> Send(Api who, byte[] bytes, string query)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return who.Send(new HttpRequestMessage(HttpMethod.Post, "/api/imports/members" + query) { Content = content });
    }

    private static byte[] Workbook(params string[][] rows)
    {
        using var stream = new MemoryStream();
        using (var book = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var part = book.AddWorkbookPart();
            part.Workbook = new Workbook(new Sheets());
            var sheet = part.AddNewPart<WorksheetPart>();
            var data = new SheetData(rows.Select(row => new Row(row.Select(text => new Cell
            {
                DataType = CellValues.InlineString,
                InlineString = new InlineString(new Text(text)),
            }))));
            sheet.Worksheet = new Worksheet(data);
            part.Workbook.Sheets!.Append(new Sheet { Id = part.GetIdOfPart(sheet), SheetId = 1, Name = "Members" });
        }

        return stream.ToArray();
    }
}
