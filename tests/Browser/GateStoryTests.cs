using Microsoft.Playwright;
using SmartClub.Silo.Gateway;
using SmartClub.Tests.Agent;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;
using Place = SmartClub.Tests.Http.Place;

namespace SmartClub.Tests.Browser;

/// <summary>A box at a door, from its installation to its theft; and a badge held to the desk.</summary>
public sealed class GateStoryTests : IAsyncLifetime
{
    private readonly HttpClub club = new() { WebApp = Tree.WebApp };
    private Screen screen = null!;
    private Place place = null!;

    private IPage Page => screen.Page;

    public async Task InitializeAsync()
    {
        await club.InitializeAsync();
        screen = await Screen.Open(club.Silo.Address);
    }

    public async Task DisposeAsync()
    {
        if (screen is not null)
        {
            await screen.DisposeAsync();
        }

        await club.DisposeAsync();
    }

    [Fact]
    public async Task Box_IsInstalled_DecidesAlone_AndIsShutOut()
    {
        place = await club.Place();
        await SignIn();
        await NothingIsDifferentYet();
        using var box = await ABoxIsInstalled();
        await ItsDecisionsAreListed(box);
        await ItsVisitsAreInvoiced();
        await ABadgeIsHeldToTheDesk();
        await TheBoxIsStolen(box);
        Assert.Empty(screen.TakeComplaints());
        screen.SpokeToNobodyElse();
    }

    private async Task SignIn()
    {
        await Page.GotoAsync("/settings/offline");
        await Page.GetByLabel("Adresse e-mail").FillAsync(club.FirstLogin.Email);
        await Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(club.FirstLogin.Password);
        await Page.Keyboard.PressAsync("Enter");
        var digits = Page.GetByLabel("Code à six chiffres");
        await Expect(digits).ToBeVisibleAsync();

        // The code of now was used when the test itself signed in.
        var now = club.Clock.GetUtcNow();
        club.Clock.MoveTo(now + Passwords.NextCode(now));
        await digits.FillAsync(club.Code(club.FirstLogin));
    }

    private async Task NothingIsDifferentYet()
    {
        await Expect(Page.GetByText("Aucune différence")).ToBeVisibleAsync();
        screen.TakeComplaints();
        await screen.Examine("gates-offline-empty");
    }

    private async Task<AgentBox> ABoxIsInstalled()
    {
        await Nav("Sites et portes");
        var site = Page.GetByTestId("site");
        await site.GetByRole(AriaRole.Button, new() { Name = "Gérer" }).ClickAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Code d’installation" }).ClickAsync();
        var code = site.GetByText(new System.Text.RegularExpressions.Regex("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$"));
        await Expect(code).ToBeVisibleAsync();
        await screen.Examine("gates-code");
        return await (await AgentBox.EnrolledBy(club, await code.InnerTextAsync())).Ready();
    }

    private async Task ItsDecisionsAreListed(AgentBox box)
    {
        var guest = await club.Guest(place, "Marie-Thérèse Ngalula Kapinga-Mutombo");
        var (member, phone) = await MemberPhone.Of(club);
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        using var other = await AgentBox.Enrolled(club, (await club.Gate(place.Site, place.Zone)).Id);
        foreach (var each in new[] { box, other })
        {
            await each.Ready();
            each.Wire.IsCut = true;
        }

        (await club.Admin.Post($"/api/members/{guest.Member}/suspend", new { reason = "dette" })).Ok();
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(5));
        Assert.Equal("ok", (await box.Show(guest.Badge)).Reason);
        var pass = phone.Pass();
        Assert.Equal("ok", (await box.Show(pass, kind: "qr")).Reason);
        club.Clock.MoveTo(club.Clock.GetUtcNow().AddSeconds(5));
        Assert.Equal("ok", (await other.Show(pass, kind: "qr")).Reason);
        foreach (var each in new[] { box, other })
        {
            each.Wire.IsCut = false;
            Assert.True(await each.Host.Touch(default));
        }

        await Reload("/settings/offline", Page.GetByText("Le même pass présenté à deux portes"));
        await Expect(Page.GetByText("Marie-Thérèse Ngalula Kapinga-Mutombo Lukusa")).ToBeVisibleAsync();
        await Expect(Page.GetByText("le club aurait refusé")).ToBeVisibleAsync();
        await screen.Examine("gates-offline");
        await Page.SetViewportSizeAsync(390, 844);
        await screen.Examine("gates-offline-phone");
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
        await screen.Examine("gates-visits-wrong");
        await part.GetByLabel("Du", new() { Exact = true }).FillAsync(from);
        await screen.Examine("gates-visits");
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
        var member = await club.Member("Grâce");
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        await Page.GotoAsync($"/members/{member}");
        var card = Page.GetByTestId("badges");
        await card.GetByRole(AriaRole.Textbox).FocusAsync();
        await Page.Keyboard.TypeAsync("04A2B31C5D6E80");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Expect(card.GetByRole(AriaRole.Textbox)).ToHaveValueAsync("");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "gates-badge.png") });
        var gate = await club.Gate(place.Site, place.Zone);
        Assert.Equal("ok", (await gate.Scan("04A2B31C5D6E80")).Ok()["reason"]);

        // Held to the reader on any other page, it opens its member. A busy browser would be slower than a hand here.
        await Page.GotoAsync("/members");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Page.EvaluateAsync(
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
        await screen.Examine("gates-stolen");
        Assert.True(await box.Host.Touch(default));
        await row.GetByRole(AriaRole.Button, new() { Name = "Exclure le boîtier" }).ClickAsync();
        await Expect(row.GetByText("Le boîtier est exclu.")).ToBeVisibleAsync();
        Assert.False(await box.Host.Touch(default));
        Assert.True(box.Host.Link.IsRefused);
        await screen.Examine("gates-shut-out");
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
