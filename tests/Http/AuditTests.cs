using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Npgsql;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Http;

/// <summary>The action log: who did what, from where, why.</summary>
public sealed class AuditTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly StaffSteps staff = new(club);

    [Fact]
    public async Task Action_IsListed_WithWhoWhereAndWhy()
    {
        var (email, _) = await staff.Invited(new { role = "desk" });
        var login = (await club.Stranger.Post(
            "/api/auth/login",
            new { email, password = StaffSteps.Password },
            ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"),
            ("X-Forwarded-For", "203.0.113.9"))).Ok();
        var desk = staff.As(login);
        var ruth = new { firstName = $"Ruth{club.Number()}", lastName = "Lukusa" };
        var member = (await desk.Post("/api/members", ruth)).Ok()["id"];
        var done = (await desk.Post($"/api/members/{member}/suspend", new { reason = "Casier forcé" })).Ok();

        var log = (await club.Admin.Get($"/api/audit?target={member}&after={done.Position}")).Ok();
        Assert.Equal(["member.suspended", "member.registered"], log.Items.Select(i => Text(i, "what")));
        var line = log.Items[0];
        Assert.Equal("Casier forcé", Text(line, "reason"));
        Assert.Equal(("Grâce Ilunga", "Firefox, Linux", "203.0.113.9"),
            (Text(line, "staffName"), Text(line, "device"), Text(line, "place")));
        Assert.Equal($"{ruth.firstName} {ruth.lastName}", Text(line, "targetName"));
        Assert.Equal("Membre suspendu", line.GetProperty("text").GetProperty("fr").GetString());
        Assert.Equal("Member suspended", line.GetProperty("text").GetProperty("en").GetString());
        Assert.Equal(done.Position, line.GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task Log_IsSearched_ByWordPersonAreaAndTime()
    {
        var who = (await club.Admin.Get("/api/auth/session")).Ok()["staffId"];
        var name = $"Kasongo{club.Number()}";
        var member = (await club.Admin.Post("/api/members", new { firstName = "Aline", lastName = name })).Ok()["id"];
        var done = (await club.Admin.Post($"/api/members/{member}/suspend", new { reason = "100% perdu" })).Ok();
        async Task<int> Count(string query) =>
            (await club.Admin.Get($"/api/audit?{query}&after={done.Position}")).Ok().Items.Count;

        Assert.Equal(2, await Count($"query={name.ToUpperInvariant()}"));
        Assert.Equal(1, await Count($"query={name}%20100%25"));
        Assert.Equal(0, await Count($"query={name}%20200%25"));
        Assert.Equal(2, await Count($"query={name}&staffId={who}&area=member"));
        Assert.Equal(0, await Count($"query={name}&area=staff"));
        Assert.Equal(0, await Count($"query={name}&staffId=stf_x"));
        Assert.Equal(0, await Count($"query={name}&to=2020-01-01T00:00:00Z"));
        Assert.Equal(2, await Count($"query={name}&from=2020-01-01T00:00:00Z"));
        Assert.Equal(1, await Count($"query={name}&before={done.Position}"));
        (await club.Admin.Get("/api/audit?from=yesterday")).Refused(400, "invalid_request");
    }

    [Fact]
    public async Task Refusal_IsListedToo()
    {
        var member = (await club.Admin.Post("/api/members", new { firstName = "A", lastName = "B" })).Ok()["id"];
        var twice = new { planId = "pln_" + new string('0', 26), startsOn = "2026-11-24", paid = true };
        var refused = await club.Admin.Post($"/api/members/{member}/memberships", twice);
        var log = (await club.Admin.Get($"/api/audit?target={member}&after={refused.Position}")).Ok();
        Assert.Contains(log.Items, i => Text(i, "refusal") == "unknown_plan");
    }

    [Fact]
    public async Task Log_IsForWhoMayReadIt_AndReadsAreNot()
    {
        var desk = await staff.Join(new { role = "desk" });
        (await desk.Get("/api/audit")).Refused(403, "forbidden");
        (await desk.Get("/api/audit/export")).Refused(403, "forbidden");
        var manager = await staff.Join(new { role = "manager" });
        (await manager.Get("/api/audit")).Ok();
    }

    [Fact]
    public async Task Query_ThatALateCancelHits_IsAskedAgain_AndIsNoFault()
    {
        // Whoever hangs up cancels on a connection that is somebody else's a moment later, where the machine is busy.
        await using var database = new Database(club.Database.Uri());
        await using var holder = await database.Open();
        await using var held = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table views.audit", holder))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var asking = club.Admin.Get("/api/audit");
        await Cancel().Happens("the query is cancelled");
        (await asking).Refused(503, "journal_unavailable");
        await held.RollbackAsync();
        (await club.Admin.Get("/api/audit")).Ok();
        Assert.DoesNotContain(club.Silo.Log.Lines, line => line.StartsWith("Error:", StringComparison.Ordinal));

        async Task Cancel()
        {
            while (await club.Database.Scalar<long>(
                "select count(pg_cancel_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock' "
                + "and query like '%from views.audit a%' and pid <> pg_backend_pid()") == 0)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Export_IsAFile_ThatNoSpreadsheetComputes()
    {
        var member = (await club.Admin.Post("/api/members", new { firstName = "Aline", lastName = "X" })).Ok()["id"];
        var done = (await club.Admin.Post(
            $"/api/members/{member}/suspend", new { reason = "=HYPERLINK(\"http://x\",\"y\"), voir\nici" })).Ok();
        var file = (await club.Admin.Get($"/api/audit/export?target={member}&after={done.Position}")).Ok();
        Assert.Equal("text/csv", file.ContentHeaders.ContentType?.MediaType);
        Assert.StartsWith("Position;Quand (UTC);Qui;Action;", file.Text, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\"), voir\nici\"", file.Text, StringComparison.Ordinal);
        Assert.StartsWith(
            "Position,When (UTC),Who,Action,",
            (await club.Admin.Get("/api/audit/export", ("Accept-Language", "en"))).Ok().Text,
            StringComparison.Ordinal);
        (await club.Admin.Get("/api/audit/export?format=pdf")).Refused(400, "invalid_request");
    }

    [Fact]
    public async Task Export_IsAWorkbook_WithALineForEachAction()
    {
        var member = (await club.Admin.Post("/api/members", new { firstName = "Béa", lastName = "Wemba" })).Ok()["id"];
        var done = (await club.Admin.Post($"/api/members/{member}/suspend", new { reason = "=1+1" })).Ok();
        var path = $"/api/audit/export?format=xlsx&target={member}&after={done.Position}";
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", club.Admin.Token);
        using var answer = await club.Silo.Http.SendAsync(request);
        using var workbook = SpreadsheetDocument.Open(await answer.Content.ReadAsStreamAsync(), isEditable: false);
        var rows = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>()
            .Select(row => row.Elements<Cell>().Select(cell => cell.InnerText).ToList()).ToList();
        Assert.Equal(3, rows.Count);
        Assert.Equal("Membre suspendu", rows[1][3]);
        Assert.Equal(("Béa Wemba", "=1+1"), (rows[1][6], rows[1][7]));
        Assert.Equal(member, rows[2][5]);
        Assert.EndsWith(
            ".xlsx", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'), StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_OfStaff_HaveWords() => Assert.All(
        SmartClub.Grains.Staff.StaffModule.Module.Grains[0].Events
            .Select(e => e.Name[..e.Name.LastIndexOf('.')])
            .Except(["staff.code_used", "staff.passkey_used", "staff.session_seen"]),
        name => Assert.True(Texts.Has("action." + name), name));

    private static string? Text(System.Text.Json.JsonElement item, string field) => item.GetProperty(field).GetString();
}
