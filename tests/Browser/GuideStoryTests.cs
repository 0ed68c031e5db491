using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartClub.Devices.Protocol;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>A new owner follows the guide: from an empty club to the first badge that opens a door.</summary>
public sealed class GuideStoryTests() : BrowserStory(Morning)
{
    private const string Badge = "04DE5C0FFEE1";
    private static readonly DateTimeOffset Morning = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    private ILocator Guide => Page.GetByTestId("guide");

    private ILocator Site => Page.GetByTestId("site");

    [Fact]
    public async Task EmptyClub_OpensItsFirstDoor_StepByStep()
    {
        await SignIn("/settings/guide");
        await Steps(toDo: 6);
        await Go();
        await ASiteIsMade();
        await Steps(toDo: 5);
        await Go();
        await AZoneIsMade();
        await Steps(toDo: 4);
        await Go();
        var (gate, key) = await AGateIsMade();
        await Steps(toDo: 3);
        await Go();
        await APlanIsMade();
        await Steps(toDo: 2);
        await Go();
        await AMemberIsRegistered();
        await Steps(toDo: 1);
        await Screen.Examine("guide-last-step");
        await TheBadgeOpens(gate, key);
        await Go();
        await Expect(Page.GetByTestId("feed").GetByText("Zoé Lukusa")).ToBeVisibleAsync();
        await Steps(toDo: 0);
        await Expect(Guide.GetByText("Tout est en place : les portes s’ouvrent.")).ToBeVisibleAsync();
        await Screen.Examine("guide-done");

        // What was reached once stays reached, on the next morning too.
        Clock.MoveTo(Clock.GetUtcNow().AddHours(24));
        await SignIn("/settings/guide");
        await Steps(toDo: 0);
        Assert.Empty(Screen.TakeComplaints());
        Screen.SpokeToNobodyElse();
    }

    // The next step is the one that the guide itself offers first.
    private Task Go() => Guide.GetByRole(AriaRole.Link, new() { Name = "Y aller" }).First.ClickAsync();

    private async Task Steps(int toDo)
    {
        await Page.GotoAsync("/settings/guide");
        await Expect(Guide.GetByLabel("Fait")).ToHaveCountAsync(6 - toDo);
        await Expect(Guide.GetByLabel("À faire")).ToHaveCountAsync(toDo);
    }

    private async Task ASiteIsMade()
    {
        var form = Page.GetByTestId("new-site");
        await form.GetByLabel("Nom").FillAsync("Limete");
        await form.GetByLabel("Fuseau horaire").FillAsync("Africa/Kinshasa");
        await form.GetByRole(AriaRole.Button, new() { Name = "Créer le site" }).ClickAsync();
        await Expect(Site).ToContainTextAsync("Limete");
    }

    private async Task AZoneIsMade()
    {
        await Site.GetByRole(AriaRole.Button, new() { Name = "Ajouter une zone" }).ClickAsync();
        await Site.GetByLabel("Nom").FillAsync("Salle");
        await Site.Locator("form").GetByRole(AriaRole.Button, new() { Name = "Ajouter une zone" }).ClickAsync();
        await Expect(Site.GetByText("Salle", new() { Exact = true })).ToBeVisibleAsync();
    }

    private async Task<(string Gate, string Key)> AGateIsMade()
    {
        await Site.GetByRole(AriaRole.Button, new() { Name = "Ajouter une porte" }).ClickAsync();
        await Site.GetByLabel("Nom").FillAsync("Entrée");
        await Site.Locator("form").GetByRole(AriaRole.Button, new() { Name = "Ajouter une porte" }).ClickAsync();
        var shown = Site.GetByText(new Regex("gat_[a-z0-9]+"));
        await Expect(shown).ToBeVisibleAsync();
        var words = (await shown.InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return (words[0], words[1]);
    }

    private async Task APlanIsMade()
    {
        var form = Page.GetByTestId("new-plan");
        await form.GetByLabel("Nom").FillAsync("Mensuel");
        await form.GetByLabel("Prix en USD").FillAsync("45");
        await form.GetByRole(AriaRole.Button, new() { Name = "Créer la formule" }).ClickAsync();
        await Expect(Page.GetByTestId("plans").GetByText("Mensuel")).ToBeVisibleAsync();
    }

    private async Task AMemberIsRegistered()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Nouveau membre" }).ClickAsync();
        await Page.GetByLabel("Prénom").FillAsync("Zoé");
        await Page.GetByLabel("Nom", new() { Exact = true }).FillAsync("Lukusa");
        await Page.Keyboard.PressAsync("Enter");
        var verdict = Page.GetByTestId("verdict");
        await Expect(verdict).ToContainTextAsync("Aucun abonnement");
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Encaisser 45") }))
            .ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("F2");
        await Expect(verdict).ToContainTextAsync("Peut entrer");
        await Page.Keyboard.PressAsync("F4");
        await Page.GetByLabel("Passez le badge, ou tapez son numéro").FillAsync(Badge);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByTestId("badges").GetByRole(AriaRole.Button, new() { Name = "Annuler le badge" }))
            .ToBeVisibleAsync();
    }

    // What the page showed is all that a box at the door needs.
    private async Task TheBadgeOpens(string gate, string key)
    {
        using var http = new HttpClient { BaseAddress = Club.Address };
        var folder = Directory.CreateTempSubdirectory("smartclub-test-").FullName;
        using (var door = GateClient.Open(
            http, new GateIdentity(gate, key, "Entrée", "", "both", false), folder, new RetryPolicy(), Clock))
        {
            var scan = new AccessRequest("first", new Credential("rfid", Badge), Direction.In, Clock.GetUtcNow());
            var answer = await door.Show(scan, default).Happens("the door is answered");
            Assert.Equal((GateDecision.Grant, "ok"), (answer.Decision, answer.Reason));
            if (answer.TicketId is not null)
            {
                var told = door.Report(GateEvent.Passed, answer, "first");
                using var stop = new CancellationTokenSource();
                var running = door.Run(stop.Token);
                await told.Happens("the passage is reported");
                await stop.CancelAsync();
                await running.ContinueWith(_ => { }, TaskScheduler.Default).Happens("the door rests");
            }
        }

        Directory.Delete(folder, recursive: true);
    }
}
