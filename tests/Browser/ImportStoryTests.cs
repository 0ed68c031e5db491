using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>
/// A large file is taken in, its bar moves, and with one press it is taken back; who was used since stays.
/// </summary>
public sealed class ImportStoryTests() : BrowserStory(Morning)
{
    private const int Rows = 4_000;
    private const string Changed = "Abel Aabari";

    // What a person would see of the bar: every value that it ever had, in order.
    private const string WatchTheBar =
        """
        window.storyBar = [];
        new MutationObserver(() => {
          const bar = document.querySelector('progress[max]');
          if (bar !== null && window.storyBar.at(-1) !== bar.value) {
            window.storyBar.push(bar.value);
          }
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['value', 'max'] });
        """;

    private static readonly DateTimeOffset Morning = new(2026, 11, 24, 7, 30, 0, TimeSpan.Zero);

    private ILocator Import => Page.GetByTestId("import");

    private ILocator Dialog => Page.GetByTestId("import-undo");

    private ILocator Earlier => Page.GetByTestId("import-item");

    [Fact]
    public async Task File_IsTakenIn_AndTakenBack()
    {
        await SignIn("/settings/import");
        await Expect(Page.GetByTestId("imports").GetByText("Aucun import")).ToBeVisibleAsync();
        await Screen.Examine("import-none");
        await TheFileIsTakenIn();
        await OneOfThemIsChanged();
        await NoUndoWithoutAReason();
        await TheImportIsTakenBack();
        await TheSameFileComesAgain();
        await TheLogTells();
        var complaints = string.Join("\n", Screen.TakeComplaints());
        Assert.True(complaints.Length == 0, complaints);
        Screen.SpokeToNobodyElse();
    }

    [Fact]
    public async Task LargeFile_GoesOn_WhenThePageIsLeft()
    {
        const int many = 10_000;
        await SignIn("/settings/import");
        await Choose(many);
        await Import.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Importer 10.000 membres$") })
            .ClickAsync();
        var bar = Import.Locator("progress[max]");
        await Expect(bar).ToBeVisibleAsync();
        await Expect(Import.GetByText("Vous pouvez quitter cette page")).ToBeVisibleAsync();
        await Picture("import-under-way");

        // Elsewhere in the app, and then a whole new page: the bar goes on where it is by now.
        await Page.GetByRole(AriaRole.Link, new() { Name = "Membres" }).First.ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("/members$"));
        await Page.GotoAsync("/settings/import");
        await Expect(Earlier).ToContainTextAsync("En cours");
        await Expect(Earlier.Locator("progress[max]")).ToBeVisibleAsync();
        await Expect(Earlier.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Picture("import-come-back");
        await Page.SetViewportSizeAsync(390, 844);
        await Picture("import-come-back-phone");
        await Page.SetViewportSizeAsync(1440, 900);
        await Expect(Earlier.GetByText("Importé", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(Earlier.Locator("progress")).ToHaveCountAsync(0);
        await Page.GotoAsync("/members");
        await Expect(Page.GetByText(new Regex("^10.000 membres$"))).ToBeVisibleAsync();
        Screen.TakeComplaints();
        Screen.SpokeToNobodyElse();
    }

    private async Task TheFileIsTakenIn()
    {
        await Choose();
        await Expect(Import.GetByText("Prêt à importer")).ToBeVisibleAsync();
        await Page.Ask(WatchTheBar);
        await Import.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Importer 4.000 membres$") })
            .ClickAsync();
        await Expect(Import.GetByText("Importé", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await TheBarMoved();
        await Expect(Earlier).ToHaveCountAsync(1);
        await Expect(Earlier).ToContainTextAsync("Importé");
        await Screen.Examine("import-done");
    }

    private async Task OneOfThemIsChanged()
    {
        await Page.GotoAsync("/members");
        var desk = await Page.GetByRole(AriaRole.Link, new() { Name = Changed }).GetAttributeAsync("href");
        await Page.GotoAsync(desk!.Replace("/desk/", "/members/", StringComparison.Ordinal));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Suspendre…" }).ClickAsync();
        await Page.GetByTestId("reason").GetByRole(AriaRole.Button, new() { Name = "Dette" }).ClickAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByTestId("reason")).ToHaveCountAsync(0);
    }

    private async Task NoUndoWithoutAReason()
    {
        await Page.GotoAsync("/settings/import");
        await Earlier.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Annuler cet import") }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Annuler cet import" }).ClickAsync();
        await Expect(Dialog.GetByText("Indiquez un motif.")).ToBeVisibleAsync();
        await Picture("import-undo-asked");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(Earlier).ToContainTextAsync("Importé");
    }

    private async Task TheImportIsTakenBack()
    {
        await Earlier.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Annuler cet import") }).ClickAsync();
        await Page.Ask(WatchTheBar);
        await Dialog.GetByLabel("Motif").FillAsync("Colonnes interverties");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Dialog.GetByText(new Regex("^3.999 membres retirés$")))
            .ToBeVisibleAsync(new() { Timeout = 60_000 });
        await TheBarMoved();
        await Expect(Dialog.GetByText("1 membre gardé")).ToBeVisibleAsync();
        await Expect(Dialog.GetByRole(AriaRole.Link, new() { Name = Changed })).ToBeVisibleAsync();
        await Expect(Dialog.GetByText("Fiche modifiée depuis l’import.")).ToBeVisibleAsync();
        await Picture("import-undone");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Fermer" }).Last.ClickAsync();
        await Expect(Earlier).ToContainTextAsync("Annulé");
        await Screen.Examine("import-history");
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine("import-history-phone");
        await Page.SetViewportSizeAsync(1440, 900);
        await Page.GotoAsync("/members");
        await Expect(Page.GetByText("1 membre", new() { Exact = true })).ToBeVisibleAsync();
    }

    // The line of who stayed is in the club already; the others are anybody's again.
    private async Task TheSameFileComesAgain()
    {
        await Page.GotoAsync("/settings/import");
        await Choose();
        await Expect(Import.GetByText("1 erreur, rien n’est repris")).ToBeVisibleAsync();
        await Expect(Import.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^2 Badge ") })).ToBeVisibleAsync();
    }

    private async Task TheLogTells()
    {
        await Page.GotoAsync("/settings/log");
        var log = Page.GetByTestId("log");
        await log.GetByLabel("Sujet").SelectOptionAsync(new SelectOptionValue { Label = "Imports" });
        await Expect(log.GetByText("Import annulé", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(log.GetByText("Colonnes interverties")).ToHaveCountAsync(1);
        await Screen.Examine("import-log");
    }

    private async Task TheBarMoved()
    {
        var seen = await Page.Ask<int[]>("() => window.storyBar");
        Assert.True(seen.Distinct().Count() >= 2, $"The bar showed {string.Join(", ", seen)}.");
        Assert.Equal(seen.Order(), seen);
    }

    // The dialog covers what changes theme and language, so that it is looked at as it stands.
    private async Task Picture(string state)
    {
        await Screen.HasNoFaults(state);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, $"{state}-fr-light.png") });
    }

    private Task Choose(int rows = Rows)
    {
        var people = Enumerable.Range(0, rows).Select(
            i => i == 0 ? $"Abel;Aabari;B{i:D6}" : $"Ruth {i};Lukusa;B{i:D6}");
        return Import.GetByLabel("Fichier").SetInputFilesAsync(new FilePayload
        {
            Name = "members.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("Prénom;Nom;Badge\n" + string.Join('\n', people)),
        });
    }
}
