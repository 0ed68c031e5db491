using Microsoft.Playwright;
using SmartClub.Silo.Gateway;
using SmartClub.Tests.Agent;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;
using Place = SmartClub.Tests.Http.Place;

namespace SmartClub.Tests.Browser;

/// <summary>A box at a door, from its installation to its theft; and a badge held to the desk.</summary>
public sealed class GateStoryTests : ClubStory
{
    private Place place = null!;

    [Fact]
    public async Task Box_IsInstalled_DecidesAlone_AndIsShutOut()
    {
        place = await Club.Place();
        await SignIn();
        await NothingIsDifferentYet();
        using var box = await ABoxIsInstalled();
        await ItsDecisionsAreListed(box);
        await ItsVisitsAreInvoiced();
        await ABadgeIsHeldToTheDesk();
        await TheBoxIsStolen(box);
        Assert.Empty(Screen.TakeComplaints());
        Screen.SpokeToNobodyElse();
    }

    private async Task SignIn()
    {
        await Page.GotoAsync("/settings/offline");
        await Page.GetByLabel("Adresse e-mail").FillAsync(Club.FirstLogin.Email);
        await Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Club.FirstLogin.Password);
        await Page.Keyboard.PressAsync("Enter");
        var digits = Page.GetByLabel("Code à six chiffres");
        await Expect(digits).ToBeVisibleAsync();

        // The code of now was used when the test itself signed in.
        var now = Club.Clock.GetUtcNow();
        Club.Clock.MoveTo(now + Passwords.NextCode(now));
        await digits.FillAsync(Club.Code(Club.FirstLogin));
    }

    private async Task NothingIsDifferentYet()
    {
        await Expect(Page.GetByText("Aucune différence")).ToBeVisibleAsync();
        Screen.TakeComplaints();
        await Screen.Examine("gates-offline-empty");
    }

    private async Task<AgentBox> ABoxIsInstalled()
    {
        await Nav("Sites et portes");
        var site = Page.GetByTestId("site");
        await site.GetByRole(AriaRole.Button, new() { Name = "Gérer" }).ClickAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Code d’installation" }).ClickAsync();
        var code = site.GetByText(new System.Text.RegularExpressions.Regex("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$"));
        await Expect(code).ToBeVisibleAsync();
        await Screen.Examine("gates-code");
        return await (await AgentBox.EnrolledBy(Club, await code.InnerTextAsync())).Ready();
    }

    private async Task ItsDecisionsAreListed(AgentBox box)
    {
        var guest = await Club.Guest(place, "Marie-Thérèse Ngalula Kapinga-Mutombo");
        var (member, phone) = await MemberPhone.Of(Club);
        await Club.Membership(member, place.Plan, Club.Clock.Day(-1));
        using var other = await AgentBox.Enrolled(Club, (await Club.Gate(place.Site, place.Zone)).Id);
        foreach (var each in new[] { box, other })
        {
            await each.Ready();
            each.Wire.IsCut = true;
        }

        (await Club.Admin.Post($"/api/members/{guest.Member}/suspend", new { reason = "dette" })).Ok();
        Club.Clock.MoveTo(Club.Clock.GetUtcNow().AddSeconds(5));
        Assert.Equal("ok", (await box.Show(guest.Badge)).Reason);
        var pass = phone.Pass();
        Assert.Equal("ok", (await box.Show(pass, kind: "qr")).Reason);
        Club.Clock.MoveTo(Club.Clock.GetUtcNow().AddSeconds(5));
        Assert.Equal("ok", (await other.Show(pass, kind: "qr")).Reason);
        foreach (var each in new[] { box, other })
        {
            each.Wire.IsCut = false;
            Assert.True(await each.Host.Touch(default));
        }

        await Reload("/settings/offline", Page.GetByText("Le même pass présenté à deux portes"));
        await Expect(Page.GetByText("Marie-Thérèse Ngalula Kapinga-Mutombo Lukusa")).ToBeVisibleAsync();
        await Expect(Page.GetByText("le club aurait refusé")).ToBeVisibleAsync();
        await Screen.Examine("gates-offline");
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine("gates-offline-phone");
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task ItsVisitsAreInvoiced()
    {
        await Nav("Visites à facturer");
        var part = Page.GetByTestId("visits-export");
        await part.GetByLabel("Formule").SelectOptionAsync([new SelectOptionValue { Index = 1 }]);
        var from = await part.GetByLabel("Du", new() { Exact = true }).InputValueAsync();
        await part.GetByLabel("Du", new() { Exact = true }).FillAsync("2099-01-01");
        await Expect(part.GetByText("La fin vient avant le début.")).ToBeVisibleAsync();
        await Screen.Examine("gates-visits-wrong");
        await part.GetByLabel("Du", new() { Exact = true }).FillAsync(from);
        await Screen.Examine("gates-visits");
        var file = await Page.RunAndWaitForDownloadAsync(() =>
            part.GetByRole(AriaRole.Link, new() { Name = "Télécharger en CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await file.PathAsync());

        // Both who came by the pass at two doors are one visit.
        Assert.Equal(3, lines.Length);
        Assert.Contains("visites-", file.SuggestedFilename, StringComparison.Ordinal);
    }

    // The reader types faster than a hand, and presses Enter.
    private async Task ABadgeIsHeldToTheDesk()
    {
        var member = await Club.Member("Grâce");
        await Club.Membership(member, place.Plan, Club.Clock.Day(-1));
        await Page.GotoAsync($"/members/{member}");
        var card = Page.GetByTestId("badges");
        await card.GetByRole(AriaRole.Textbox).FocusAsync();
        await Page.Keyboard.TypeAsync("04A2B31C5D6E80");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Expect(card.GetByRole(AriaRole.Textbox)).ToHaveValueAsync("");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "gates-badge.png") });
        var gate = await Club.Gate(place.Site, place.Zone);
        Assert.Equal("ok", (await gate.Scan("04A2B31C5D6E80")).Ok()["reason"]);

        // Held to the reader on any other page, it opens its member. A busy browser would be slower than a hand here.
        await Page.GotoAsync("/members");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Page.Ask(
            """
            (keys) => keys.forEach((key) => document.body.dispatchEvent(
              new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))
            """,
            ((string[])[.. "04A2B31C5D6E80".Select(letter => $"{letter}"), "Enter"]));
        await Page.WaitForURLAsync($"**/desk/{member}");
    }

    private async Task TheBoxIsStolen(AgentBox box)
    {
        await Page.GotoAsync("/settings/places");
        var row = Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = box.Host.Link.Identity.Name }).First;
        await row.GetByRole(AriaRole.Button, new() { Name = "Gérer" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Boîtier volé ou perdu" }).ClickAsync();
        await Expect(row.GetByText("Sa clé ne vaut plus rien")).ToBeVisibleAsync();
        await Screen.Examine("gates-stolen");
        Assert.True(await box.Host.Touch(default));
        await row.GetByRole(AriaRole.Button, new() { Name = "Exclure le boîtier" }).ClickAsync();
        await Expect(row.GetByText("Le boîtier est exclu.")).ToBeVisibleAsync();
        Assert.False(await box.Host.Touch(default));
        Assert.True(box.Host.Link.IsRefused);
        await Screen.Examine("gates-shut-out");
    }

    // Reports reach the list a moment after they are taken over.
    private async Task Reload(string path, ILocator shown)
    {
        await Page.GotoAsync(path);
        for (var i = 0; i < 20 && await shown.CountAsync() == 0; i++)
        {
            await Page.ReloadAsync();
            await Expect(Page.GetByTestId("offline").Locator("li, [class*=panel]").First).ToBeVisibleAsync();
        }

        await Expect(shown).ToBeVisibleAsync();
    }

    private Task Nav(string name) =>
        Page.Locator("main nav").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
}
