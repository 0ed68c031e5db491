using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Playwright;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>Seeing the club with a colleague's eyes, the trace this leaves, and the log as a file.</summary>
public sealed class TraceStoryTests : ClubStory
{
    private ILocator Banner => Page.GetByRole(AriaRole.Complementary, new() { Name = "Vue d’un collègue" });

    private protected override async Task Prepare()
    {
        await new StaffSteps(Club).Invited(new { role = "cashier" });
        await Screen.SignInAdmin(Club);
    }

    [Fact]
    public async Task ViewOfAColleague_IsShown_Ends_AndIsInTheLogAsAFile()
    {
        await SeesWhatTheColleagueSees();
        await ComesBack();
        await TheLogKnows();
        await TheLogIsAFile();
        Assert.Equal("", string.Join("\n", Screen.TakeComplaints()));
    }

    private async Task SeesWhatTheColleagueSees()
    {
        await Page.GotoAsync("/settings/staff");
        var colleague = Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Grâce Ilunga" });
        await colleague.GetByRole(AriaRole.Button).First.ClickAsync();
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Voir comme cette personne" }).First.ClickAsync();
        await Page.GetByLabel("Motif").FillAsync("Elle ne trouve pas la caisse");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Banner).ToContainTextAsync("Vous voyez le club comme Grâce Ilunga");
        await Page.GotoAsync("/members");
        await Expect(Banner).ToBeVisibleAsync();

        // A cashier registers nobody, and neither does who looks with their eyes.
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Nouveau membre" })).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Aucun membre pour l’instant")).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct");
        await Screen.Examine("viewing");
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine("viewing-phone");
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task ComesBack()
    {
        var back = Banner.GetByRole(AriaRole.Button, new() { Name = "Revenir" });
        await back.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Banner).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Nouveau membre" })).ToBeVisibleAsync();

        // What was being asked for when the eyes changed may be refused, and the browser writes that down.
        Screen.TakeComplaints();
    }

    private async Task TheLogKnows()
    {
        await Page.GotoAsync("/settings/log");
        var log = Page.GetByTestId("log");
        var begun = log.GetByRole(AriaRole.Row).Filter(new() { HasText = "Elle ne trouve pas la caisse" });
        await Expect(begun).ToContainTextAsync("Administration");
        await Expect(begun).ToContainTextAsync("Grâce Ilunga");
        await Screen.Examine("log-viewing");
    }

    private async Task TheLogIsAFile()
    {
        await Page.GetByLabel("Rechercher").FillAsync("caisse");
        var log = Page.GetByTestId("log");
        await Expect(log.GetByText("Collègue invité")).ToHaveCountAsync(0);
        var shown = await log.Locator("tbody tr").CountAsync();
        var book = await Download("Pour tableur (XLSX)");
        Assert.EndsWith(".xlsx", book, StringComparison.Ordinal);
        using (var workbook = SpreadsheetDocument.Open(book, isEditable: false))
        {
            var rows = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().ToList();
            Assert.Equal(shown + 1, rows.Count);
            Assert.Contains(rows, r => r.InnerText.Contains("Elle ne trouve pas la caisse", StringComparison.Ordinal));
        }

        var text = await File.ReadAllTextAsync(await Download("Texte (CSV)"));
        Assert.StartsWith("Position;Quand (UTC);Qui;", text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal(shown + 1, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private async Task<string> Download(string link)
    {
        var coming = Page.WaitForDownloadAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
        var download = await coming;
        var path = Path.Combine(Tree.Pictures, download.SuggestedFilename);
        await download.SaveAsAsync(path);
        return path;
    }
}
