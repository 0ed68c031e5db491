using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartClub.Silo;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>The bell: what needs a person comes by itself, leads to its place, and is new once for each.</summary>
public sealed class NoticeStoryTests : IAsyncLifetime
{
    private readonly HttpClub club = new() { WebApp = Tree.WebApp };
    private Screen screen = null!;
    private GateDevice gate = null!;

    private IPage Page => screen.Page;

    private ILocator Bell => Page.GetByTestId("bell");

    private ILocator Panel => Page.GetByTestId("notices");

    public async Task InitializeAsync()
    {
        await club.InitializeAsync();
        gate = (await club.Place()).Gate;
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
    public async Task WhatNeedsSomebody_ComesByItself_AndIsNewOnce()
    {
        await screen.SignInAdmin(club);
        await Page.GotoAsync("/members");

        // A club without a verified backup says so.
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications 1 nouvelle");
        (await gate.Report("access.forced")).Ok();
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications 2 nouvelles", new() { Timeout = 20_000 });
        var imported = await new ImportSteps(club).Import("Prénom;Nom\nGrâce;Ilunga\n");
        Assert.True(imported.Applied);
        await Page.ReloadAsync();
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications 3 nouvelles");
        await Look("notices");
        await LookOnAPhone("notices-phone");

        await Bell.PressAsync("Enter");
        await Expect(Panel.GetByRole(AriaRole.Link).First).ToContainTextAsync("Porte forcée");
        await Expect(Panel.GetByRole(AriaRole.Link).First).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Panel).ToHaveCountAsync(0);
        await Expect(Bell).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Panel.GetByRole(AriaRole.Link).First).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(new Regex("/alerts$"));
        await Expect(Panel).ToHaveCountAsync(0);
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications 2 nouvelles");
        await Page.ReloadAsync();
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications 2 nouvelles");
        await Bell.ClickAsync();
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Tout marquer comme lu" }).ClickAsync();
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications");
        await Expect(Panel.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        Assert.Empty(screen.TakeComplaints());
    }

    [Fact]
    public async Task EverybodyHasTheirOwn_AndOnlyWhatTheyMaySee()
    {
        (await gate.Report("access.forced")).Ok();
        await screen.SignInAdmin(club);
        await Page.GotoAsync("/members");
        await Bell.ClickAsync();
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Tout marquer comme lu" }).ClickAsync();
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications");

        var staff = new StaffSteps(club);
        await Take(staff, "desk");
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications 1 nouvelle");
        await Take(staff, "cashier");
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications");
        await Look("notices-none");
        await Bell.ClickAsync();
        await Expect(Panel.GetByText("Rien ne vous attend")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhatCannotBeShown_IsSaid_AndTriedAgain()
    {
        await screen.SignInAdmin(club);
        await Page.RouteAsync(
            new Regex("/api/(backup|outbox)"), route => route.FulfillAsync(new() { Status = 500 }));
        await Page.GotoAsync("/members");
        await Bell.ClickAsync();
        await Expect(Panel.GetByRole(AriaRole.Alert)).ToContainTextAsync("Une partie ne s’affiche pas");
        await screen.HasNoFaults("notices-failed");
        await Page.UnrouteAllAsync();
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Réessayer" }).ClickAsync();
        await Expect(Panel.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(Panel.GetByRole(AriaRole.Listitem)).ToContainTextAsync("La sauvegarde demande un regard");
    }

    [Fact]
    public async Task TheBackup_IsExplained_WhereItsNoticeLeads()
    {
        await screen.SignInAdmin(club);
        await Page.GotoAsync("/members");
        await Bell.ClickAsync();
        await Panel.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("La sauvegarde demande un regard") })
            .ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("/settings/backup$"));
        var page = Page.GetByTestId("backup");
        await Expect(page).ToContainTextAsync("Aucune pour l’instant");
        await Expect(Page.GetByTestId("backup-steps")).ToContainTextAsync("./smartclub backup");
        await screen.Examine("backup-none");

        var now = club.Clock.GetUtcNow();
        await Backup(now.AddHours(-1), ok: false, "Le disque sous /srv/smartclub/club-de-la-gombe/backups est plein.");
        await Page.ReloadAsync();
        await Expect(page).ToContainTextAsync("est plein");
        await Expect(page).ToContainTextAsync("Échec");
        await Expect(Page.GetByTestId("backup-kept").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(7);
        await screen.Examine("backup-failed");
        await Page.SetViewportSizeAsync(390, 844);
        await screen.Examine("backup-failed-phone");
        await Page.SetViewportSizeAsync(1440, 900);

        await Backup(now.AddHours(-1), ok: true, "Restaurée et vérifiée : 12345 lignes.");
        await Page.GotoAsync("/members");
        await Expect(Page.GetByText("Aucun membre")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Control+k");
        await Expect(Page.GetByTestId("palette")).ToBeVisibleAsync();

        // As fast as a badge reader it would be a badge.
        await Page.Keyboard.TypeAsync("sauveg", new() { Delay = 100 });
        await Page.GetByRole(AriaRole.Option, new() { Name = "Sauvegardes" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("/settings/backup$"));
        await Expect(page).ToContainTextAsync("Restaurée et vérifiée");
        await Expect(Page.GetByTestId("backup-steps")).ToHaveCountAsync(0);
        await screen.Examine("backup-good");
        Assert.Empty(screen.TakeComplaints());

        // Who may not see the figures of the silo sees neither page nor way to it.
        await Take(new StaffSteps(club), "desk");
        await Page.GotoAsync("/settings/backup");
        await Expect(Page).ToHaveURLAsync(new Regex("/settings/account$"));
    }

    // As Setup/daily.sh leaves them.
    private async Task Backup(DateTimeOffset last, bool ok, string message)
    {
        var folder = Path.Combine(club.Silo.Get<SiloSettings>().DataFolder, "backups");
        Directory.CreateDirectory(folder);
        for (var day = 0; day < 7; day++)
        {
            var name = last.AddDays(-day).UtcDateTime.ToString(
                "yyyy-MM-dd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".backup"), new byte[3_400_000 - (day * 40_000)]);
        }

        var good = new { at = last.AddDays(ok ? 0 : -1), file = "x", rows = 12_345, bytes = 3_400_000 };
        var note = new { lastTry = new { at = last, ok, message }, lastGood = good };
        await File.WriteAllTextAsync(
            Path.Combine(folder, "status.json"), System.Text.Json.JsonSerializer.Serialize(note));
    }

    private async Task Take(StaffSteps staff, string role)
    {
        var (email, _) = await staff.Invited(new { role });
        await screen.Take(club, (await staff.Try(email, StaffSteps.Password)).Ok());
        await Page.GotoAsync("/members");
    }

    // The panel goes away when somebody chooses another look, so that is done before it is opened.
    private async Task Look(string state)
    {
        foreach (var (theme, language) in new[] { ("light", "fr"), ("light", "en"), ("dark", "en"), ("dark", "fr") })
        {
            await Choose(theme, language);
            await Bell.ClickAsync();
            await Expect(Panel).ToBeVisibleAsync();
            await screen.HasNoFaults($"{state} {language} {theme}");
            await Picture($"{state}-{language}-{theme}");
            await Page.Keyboard.PressAsync("Escape");
        }

        await Choose("light", "fr");
    }

    private async Task LookOnAPhone(string state)
    {
        await Page.SetViewportSizeAsync(390, 844);
        foreach (var (theme, language) in new[] { ("light", "fr"), ("dark", "en") })
        {
            await Choose(theme, language);
            await Picture($"{state}-bar-{language}-{theme}");
            await Page.GetByTestId("person").ClickAsync();
            await Page.GetByRole(AriaRole.Menuitem, new() { NameRegex = new Regex("^Notifications") }).ClickAsync();
            await Expect(Panel).ToBeVisibleAsync();
            await screen.HasNoFaults($"{state} {language} {theme}");
            await Picture($"{state}-{language}-{theme}");
            await Page.Keyboard.PressAsync("Escape");
        }

        await Page.SetViewportSizeAsync(1440, 900);
        await Choose("light", "fr");
    }

    private async Task Choose(string theme, string language)
    {
        await Page.Ask(
            "([theme, language]) => { localStorage.setItem('smartclub.theme', theme); "
            + "localStorage.setItem('smartclub.language', language); }",
            new[] { theme, language });
        await Page.ReloadAsync();
        await Expect(Page.Locator("main h1")).ToBeVisibleAsync();
    }

    private async Task Picture(string name)
    {
        await screen.ComesToRest();
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, name + ".png") });
    }
}
