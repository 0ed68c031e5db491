using SmartClub.Grains.Imports;
using SmartClub.Grains.Imports.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Imports;

namespace SmartClub.Tests.Http;

/// <summary>An import is taken back: whoever is as it made them is gone, whoever was used since stays.</summary>
public sealed class ImportUndoTests(HttpClub club) : IClassFixture<HttpClub>
{
    private readonly ImportSteps imports = new(club);

    [Fact]
    public async Task Undo_TakesAllBack_AndTheSameFileComesAgainAnew()
    {
        var (place, tag) = (await club.Place(), imports.Tag());
        var csv = $"firstName,lastName,email,plan,badge\nGrâce,Ilunga {tag},g{tag}@x.cd,{place.Plan},U{tag}\n\n"
            + $"Ruth,Lukusa {tag},,,\n";
        var first = await imports.Import(csv);
        Assert.True(first.Applied);
        var gone = await Find($"Ilunga%20{tag}");

        var report = await imports.Undo(first.ImportId);
        Assert.Equal((2, 0), (report.Withdrawn, report.KeptCount));
        Assert.Equal(0, await imports.Found(tag));
        (await club.Admin.Get($"/api/members/{gone}")).Refused(404, "not_found");
        (await place.Gate.Scan($"U{tag}")).Decides("deny", "unknown_credential");
        var item = (await Listed()).Single(i => i.GetProperty("id").GetString() == first.ImportId);
        Assert.Equal("undone", item.GetProperty("stage").GetString());
        Assert.Equal((2, 0), (item.GetProperty("withdrawn").GetInt32(), item.GetProperty("kept").GetInt32()));

        // Asking again says the same; the same file is now another import, with the same badge for somebody new.
        Assert.Equal(2, (await imports.Undo(first.ImportId, "Encore")).Withdrawn);
        var second = await imports.Import(csv);
        Assert.Empty(second.Errors);
        Assert.NotEqual(first.ImportId, second.ImportId);
        Assert.Equal(2, await imports.Found(tag));
        Assert.NotEqual(gone, await Find($"Ilunga%20{tag}"));
        (await place.Gate.Scan($"U{tag}")).Decides("grant", "ok");
        await club.Restart();
        await club.SignInAdmin();
        (await place.Gate.Scan($"U{tag}")).Decides("grant", "ok");
    }

    [Fact]
    public async Task WhoWasUsedSince_Stays_AndIsNamed()
    {
        var (place, tag) = (await club.Place(), imports.Tag());
        var report = await imports.Import($"""
            firstName,lastName,plan,paid,badge
            Came,One {tag},{place.Plan},yes,V{tag}
            Paid,Two {tag},{place.Plan},no,
            Changed,Three {tag},,,
            Unused,Four {tag},{place.Plan},yes,W{tag}
            """);
        (await place.Gate.Scan($"V{tag}")).Decides("grant", "ok");
        var paid = (await club.Admin.Get($"/api/members/{await Find($"Two%20{tag}")}")).Ok().Body;
        var membership = paid.GetProperty("memberships")[0].GetProperty("id").GetString();
        (await club.Admin.Post(
            $"/api/members/{paid.GetProperty("id").GetString()}/memberships/{membership}/pay", new { })).Ok();
        (await club.Admin.Post(
            $"/api/members/{await Find($"Three%20{tag}")}/notes", new { text = "Préfère le matin." })).Ok();

        var undone = await imports.Undo(report.ImportId);
        Assert.Equal((1, 3), (undone.Withdrawn, undone.KeptCount));
        Assert.Equal(
            [(2, "Came One", "member_came"), (3, "Paid Two", "member_paid"), (4, "Changed Three", "member_changed")],
            undone.Kept.Select(k => (k.Line, k.DisplayName.Replace($" {tag}", ""), k.Code)));
        Assert.Equal("A payé depuis l’import.", undone.Kept[1].Text.Fr);
        Assert.Equal(3, await imports.Found(tag));
        (await place.Gate.Scan($"W{tag}")).Decides("deny", "unknown_credential");

        // Who was kept once is not taken by a later press, and the page is told the same again.
        Assert.Equal(3, (await imports.Undo(report.ImportId)).KeptCount);
    }

    [Fact]
    public async Task Undo_IsInTheLog_WithItsReason()
    {
        var tag = imports.Tag();
        var report = await imports.Import($"firstName,lastName\nA,X {tag}");
        await imports.Undo(report.ImportId, "Fichier de l’an dernier");
        var log = (await club.Admin.Get($"/api/audit?target={report.ImportId}&after={await imports.Head()}")).Ok();
        Assert.Equal(
            ["import.undone", "import.undo_begun", "import.finished", "import.begun"],
            log.Items.Select(i => i.GetProperty("what").GetString()));
        Assert.Equal("Fichier de l’an dernier", log.Items[1].GetProperty("reason").GetString());
        Assert.Equal("Import annulé", log.Items[0].GetProperty("text").GetProperty("fr").GetString());
    }

    [Fact]
    public async Task Undo_ThatWasCutOff_GoesOn_AndNothingIsWrittenInBetween()
    {
        var tag = imports.Tag();
        var rows = string.Concat(Enumerable.Range(1, 40).Select(n => $"A{n},X {tag},K{tag}{n}\n"));
        var csv = $"firstName,lastName,badge\n{rows}";
        var report = await imports.Import(csv);
        var import = ImportId.Parse(report.ImportId!, null);

        // The first half, as the runner sends it; then the silo loses its database and another comes.
        var grains = club.Silo.Get<IGrains>();
        var envelope = new Envelope(CommandId.Of("cut", tag), Caller.System);
        Assert.Null((await grains.Send(new UndoImport(import, "Coupé"), envelope)).Answer.Refusal);
        foreach (var line in Enumerable.Range(2, 20))
        {
            var withdraw = new WithdrawMember(
                ImportedIds.Member(import, line), null, true,
                ImportedIds.Of<CredentialTag>(import, ImportedIds.Badge, line), "Coupé");
            await grains.Send(
                withdraw, new Envelope(ImportedIds.Command(import, ImportedIds.Withdraw, line), Caller.System));
        }

        await club.Kill();
        await club.SignInAdmin();
        Assert.Equal(
            ImportStage.Undoing,
            await club.Silo.Get<IGrains>().Read<ImportState, ImportStage>(import.Grain, i => i.Stage));
        var late = new BeginImport(import, 40, 0, 40, ImportedLines.Write([]));
        Assert.NotNull((await club.Silo.Get<IGrains>().Send(
            late with { Rows = 0 }, new Envelope(CommandId.Of("late", tag), Caller.System))).Answer.Refusal);

        // The reason may be another one now; what was said first counts.
        Assert.Equal((40, 0), await Undone());
        Assert.Equal((40, 0), await Undone());
        Assert.Equal(0, await imports.Found(tag));
        Assert.True((await imports.Import(csv)).Applied);

        async Task<(int, int)> Undone()
        {
            var undone = await imports.Undo(report.ImportId, "Encore");
            return (undone.Withdrawn, undone.KeptCount);
        }
    }

    [Fact]
    public async Task Undo_IsForWhoMay_OfWhatThereIs_WithAReason()
    {
        var report = await imports.Import($"firstName,lastName\nA,X {imports.Tag()}");
        var path = $"/api/imports/{report.ImportId}/undo";
        var desk = await new StaffSteps(club).Join(new { role = "desk" });
        (await desk.Post(path, new { reason = "x" })).Refused(403, "forbidden");
        (await desk.Get("/api/imports")).Refused(403, "forbidden");
        (await club.Admin.Post(path, new { reason = " " })).Refused(400, "invalid_request");
        (await club.Admin.Post("/api/imports/x/undo", new { reason = "x" })).Refused(400, "invalid_request");
        (await club.Admin.Post($"/api/imports/imp_{new string('0', 26)}/undo", new { reason = "x" }))
            .Refused(404, "not_found");
        Assert.Contains(await Listed(), i => i.GetProperty("id").GetString() == report.ImportId
            && i.GetProperty("stage").GetString() == "done" && i.GetProperty("by").GetString()!.Length > 0);
    }

    private async Task<string> Find(string query) =>
        (await club.Admin.Get($"/api/members?query={query}&after={await imports.Head()}")).Ok()
            .Items.Single().GetProperty("id").GetString()!;

    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> Listed() =>
        (await club.Admin.Get($"/api/imports?after={await imports.Head()}")).Ok().Items;
}
