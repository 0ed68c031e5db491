using System.Text.RegularExpressions;
using Microsoft.Playwright;
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
