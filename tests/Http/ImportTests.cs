using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using SmartClub.Grains.Imports;
using SmartClub.Silo;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Imports;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>Files of members: all of a file or nothing, and nothing twice.</summary>
public sealed class ImportTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly StaffSteps staff = new(club);
    private readonly ImportSteps imports = new(club);

    [Fact]
    public async Task File_RegistersMembers_WithMembershipsAndBadges()
    {
        var (plan, tag) = (await imports.Plan(), imports.Tag());
        var csv = $"""
            Prénom;Nom;E-mail;Téléphone;Formule;Début;Payé;Badge
            Grâce;Ilunga {tag};grace{tag}@x.cd;+243 81 {tag};{plan};24/11/2026;oui;B{tag}1
            Ruth;Lukusa {tag};;;;;;
            "Jean ""JP"" Z";Kasongo {tag};;;{plan};2026-11-24;non;B{tag}2
            """;

        var trial = await imports.Import(csv, "?dryRun=true");
        Assert.Equal((false, 3, 2, 2), (trial.Applied, trial.Members, trial.Memberships, trial.Badges));
        Assert.Empty(trial.Errors);
        Assert.Equal(0, await imports.Found(tag));

        var report = await imports.Import(csv);
        Assert.True(report.Applied);
        Assert.Empty(report.Errors);
        Assert.Equal(3, await imports.Found(tag));
        var grace = (await club.Admin.Get($"/api/members?query=Ilunga%20{tag}")).Ok().Items.Single();
        var file = (await club.Admin.Get($"/api/members/{grace.GetProperty("id").GetString()}")).Ok().Body;
        Assert.Equal("Grâce", file.GetProperty("firstName").GetString());
        Assert.Equal("2026-12-23", file.GetProperty("expiresOn").GetString());
        Assert.Equal(1, file.GetProperty("credentials").GetArrayLength());

        // The same file again finds what it has done, however often it comes.
        Assert.True((await imports.Import(csv)).Applied);
        Assert.Equal(3, await imports.Found(tag));
    }

    [Fact]
    public async Task OneWrongLine_KeepsTheWholeFileOut()
    {
        var (plan, tag) = (await imports.Plan(), imports.Tag());
        await imports.Import($"firstName,lastName,email,badge\nAda,Known {tag},ada{tag}@x.cd,K{tag}");
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

        var report = await imports.Import(csv);
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
        Assert.Equal(1, await imports.Found(tag));
    }

    [Fact]
    public async Task Columns_CanBeNamed_AndMissingOnesAreSaid()
    {
        var tag = imports.Tag();
        var csv = $"Who\tFamily\nGrâce\tIlunga {tag}";
        var report = await imports.Import(csv);
        Assert.Equal(["missing_column", "missing_column"], report.Errors.Select(e => e.Code));
        Assert.True((await imports.Import(csv, "?firstName=Who&lastName=Family")).Applied);
        Assert.Equal(1, await imports.Found(tag));

        // A slip in the name of a column must not leave its field out unseen.
        var slip = await imports.Import(csv, "?firstName=Who&lastName=Family&email=Mial");
        Assert.Equal([(1, "Mial", "missing_column")], slip.Errors.Select(e => (e.Line, e.Column, e.Code)));
        Assert.Empty((await imports.Import(csv, "?dryRun=true&firstName=Who&lastName=Family&email=-")).Errors);
    }

    [Fact]
    public async Task Workbook_IsReadAsWell()
    {
        var (plan, tag) = (await imports.Plan(), imports.Tag());
        var report = await imports.Import(Workbook(
            ["Prénom", "Nom", "Formule", "Début", "Badge"],
            ["Grâce", $"Ilunga {tag}", plan, "46350", $"W{tag}"]));
        Assert.Empty(report.Errors);
        Assert.True(report.Applied);
        Assert.Equal(1, await imports.Found(tag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK\u0003\u0004 broken")]
    public async Task File_ThatIsNone_IsSaidToBe(string text)
    {
        var answer = await ImportSteps.Send(club.Admin, Encoding.Latin1.GetBytes(text), "");
        Assert.Contains("\"problem\":\"invalid_file\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_GoesOn_WhenWhoSentItIsGone_AndTheListTellsHowFarItIs()
    {
        const int rows = 2_000;
        var tag = imports.Tag();
        var file = "firstName,lastName\n" + string.Join('\n', Enumerable.Range(0, rows).Select(i => $"A{i},X {tag}"));
        using var leaves = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/imports/members")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(file)),
            Headers = { Authorization = new("Bearer", club.Admin.Token) },
        };
        request.Content.Headers.ContentType = new("application/octet-stream");
        var begun = club.Silo.Commits.Row(r => r.Events.OfType<ImportBegun>().Any(e => e.Rows == rows));
        var asked = club.Silo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaves.Token);
        var import = new ImportId((await begun.Happens("the import begins")).Grain.Key);
        await using (await club.HoldCommits())
        {
            await leaves.CancelAsync();
            await asked.ContinueWith(_ => { }, TaskScheduler.Default).Happens("the browser is gone");
            var item = (await club.Admin.Get("/api/imports")).Ok().Items[0];
            Assert.Equal((import.ToString(), "running"), (
                item.GetProperty("id").GetString(), item.GetProperty("stage").GetString()));
            Assert.InRange(item.GetProperty("progress").GetInt32(), 0, rows - 1);
        }

        await club.Silo.Commits.Row(r => r.Grain == import.Grain && r.Events.OfType<ImportFinished>().Any())
            .Happens("the import ends");
        var shown = (await club.Admin.Get("/api/imports")).Ok().Items[0];
        Assert.Equal("done", shown.GetProperty("stage").GetString());
        Assert.Equal(rows, (await club.Admin.Get($"/api/lists/members?query={tag}&after={await imports.Head()}"))
            .Ok().Body.GetProperty("total").GetInt32());
        Assert.DoesNotContain(club.Silo.Log.Lines, l => l.StartsWith("Error:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_IsForWhoMay()
    {
        var desk = await staff.Join(new { role = "desk" });
        (await ImportSteps.Send(desk, "x"u8.ToArray(), "")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Verb_ImportsInTheOwnersName_AndSaysWhatIsWrong()
    {
        var tag = imports.Tag();
        var said = new List<string>();
        Task Say(FormattableString line)
        {
            said.Add(line.ToString(null));
            return Task.CompletedTask;
        }

        Task<bool> Verb(string csv, params string[] words) => ImportVerb.Run(
            club.Silo.Get<SiloSettings>(), club.Silo.Address, ImportWish.Read(words),
            new MemoryStream(Encoding.UTF8.GetBytes(csv)), Say);

        Assert.False(await Verb($"firstName,lastName\n,X {tag}"));
        Assert.StartsWith("line 2, firstName: Required.", said[0], StringComparison.Ordinal);
        Assert.Equal("1 errors in 1 rows; nothing was imported", said[1]);
        Assert.True(await Verb($"firstName,lastName\nA,X {tag}", "--dry-run"));
        Assert.Equal(0, await imports.Found(tag));
        Assert.True(await Verb($"Vor=na me,lastName\nA,X {tag}", "--map", "Vor=na me=firstName"));
        Assert.Equal(1, await imports.Found(tag));

        var import = said[^1].Split(' ')[^3];
        Assert.StartsWith("imp_", import, StringComparison.Ordinal);
        Assert.True(await Verb("", "--undo", import, "--reason", "Mauvais fichier"));
        Assert.Equal("ok: 1 members taken back, 0 kept", said[^1]);
        Assert.Equal(0, await imports.Found(tag));
        await Assert.ThrowsAsync<RefusesToRunException>(() => Verb("", "--undo", import, "--reason", ""));
        var slip = await Assert.ThrowsAsync<RefusesToRunException>(() => Verb("x", "--map", "Vorname=first"));
        Assert.StartsWith("--map needs COLUMN=FIELD, with", slip.Sentence.ToString(null), StringComparison.Ordinal);
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
