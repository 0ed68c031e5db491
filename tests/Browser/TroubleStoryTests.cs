using Microsoft.Playwright;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>An evening with trouble at the doors, from the first alert to the last person outside.</summary>
public sealed class TroubleStoryTests() : BrowserStory(Evening)
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 24, 17, 5, 0, TimeSpan.Zero);

    private ILocator Card => Page.GetByTestId("open-alerts");

    [Fact]
    public async Task Evening_WithTrouble_IsSeenHandledAndEvacuated()
    {
        await SignIn("/live");
        await NothingIsWrong();
        await AlertsComeAndAreHandled();
        await ADoorIsOpenedFromAfar();
        await TheBoardIsReadAtTwiceTheSize();
        await EverybodyGetsOut_OnAPhone();
        await WithoutANetworkTheListStays();
        await WhoMayNotSeesNoButton();
        Screen.SpokeToNobodyElse();
    }

    private async Task NothingIsWrong()
    {
        await Page.GotoAsync("/alerts");
        await Expect(Page.GetByText("Aucune alerte. Tout va bien.")).ToBeVisibleAsync();
        await Screen.Examine("alerts-empty");
        await Page.GotoAsync("/live");
        await Club.Found();
        Doors.Gather();

        // Within a minute: a door that is not heard for longer is an alert of its own.
        await Doors.Pass(40, Clock.GetUtcNow().AddMinutes(1));
        await Page.ReloadAsync();
        await Expect(Card.GetByText("Aucune alerte. Tout va bien.")).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("usual-day").GetByText("deux semaines de passages")).ToBeVisibleAsync();
        await Screen.StoodStill("board-quiet");
        await Screen.Examine("board-quiet");
    }

    private async Task AlertsComeAndAreHandled()
    {
        await Page.GotoAsync("/live");
        await Doors.Alarm(Reader.PoolDoor, GateEvent.Forced);
        await Doors.Alarm(Reader.MainEntrance, GateEvent.Held);
        await Doors.Alarm(Reader.SecondTurnstile, GateEvent.Tamper);
        var rows = Card.GetByRole(AriaRole.Listitem);
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(rows.First).ToHaveAttributeAsync("data-urgent", "true");
        await Page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(3);
        await Screen.StoodStill("board-alerts");
        await Screen.Examine("board-alerts");

        await Card.GetByRole(AriaRole.Button, new() { Name = "Je m’en occupe : Porte forcée" }).ClickAsync();
        await Expect(Card.GetByText("Vous vous en occupez")).ToBeVisibleAsync();
        await Card.GetByRole(AriaRole.Button, new() { Name = "Plus tard… : Porte restée ouverte" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Attendre 15 minutes" }).ClickAsync();
        await Expect(Card.GetByText("En attente jusqu’à")).ToBeVisibleAsync();

        // Nobody takes the third: the next role is told, and the board says so. The silo's timers run in real time; a
        // further alert, which has to be told later, makes it look at what is due.
        Clock.MoveTo(Clock.GetUtcNow() + Grains.Model.Limits.UrgentAlertPatience);
        await Doors.Alarm(Reader.StudioDoor, GateEvent.Tamper);
        await Expect(Card.GetByText("le responsable doit voir")).ToBeVisibleAsync();
        await Screen.Examine("board-escalated");

        await Page.GotoAsync("/alerts");
        var held = Page.GetByTestId("alerts").GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = "Porte forcée" });
        await held.GetByRole(AriaRole.Button, new() { Name = "Terminer…" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Vérifié sur place, rien à signaler" }).ClickAsync();
        await Screen.HasNoFaults("alert-end");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Terminer l’alerte" }).ClickAsync();
        await Expect(held).ToHaveCountAsync(0);
        await Screen.Examine("alerts");
    }

    private async Task ADoorIsOpenedFromAfar()
    {
        await Page.GotoAsync("/live");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir une porte…" }).ClickAsync();
        var dialog = Page.GetByTestId("open-door");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Livraison" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Ouvrir ") }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Screen.HasNoFaults("open-door");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "open-door.png") });
        await Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
    }

    // At 200 % a screen of 1440 pixels is one of 720; with reduced motion nothing moves either.
    private async Task TheBoardIsReadAtTwiceTheSize()
    {
        await Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await Page.SetViewportSizeAsync(720, 450);
        await Expect(Card).ToBeVisibleAsync();
        await Screen.HasNoFaults("board-zoomed");
        await Page.SetViewportSizeAsync(390, 844);
        await Page.ScreenshotAsync(
            new() { Path = Path.Combine(Tree.Pictures, "board-phone.png"), FullPage = true });
        await Screen.HasNoFaults("board-phone");
        await Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
    }

    private async Task EverybodyGetsOut_OnAPhone()
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = "Évacuation…" }).First.ClickAsync();
        var hold = Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Évacuer") });
        await Expect(hold).ToBeVisibleAsync();
        await Screen.Examine("evacuation-before");
        await hold.FocusAsync();
        await Page.Keyboard.DownAsync("Enter");
        await Expect(Page.GetByText("Évacuation en cours")).ToBeVisibleAsync();
        await Page.Keyboard.UpAsync("Enter");
        var tick = Page.GetByRole(AriaRole.Button, new() { NameRegex = new("vu dehors") }).First;
        await tick.ClickAsync();
        await Expect(tick).ToHaveAttributeAsync("aria-pressed", "true");
        await Screen.Examine("evacuation-phone");
    }

    private async Task WithoutANetworkTheListStays()
    {
        await Page.Context.SetOfflineAsync(true);
        await Expect(Page.GetByText("Réseau faible").First).ToBeVisibleAsync();
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "evacuation-offline.png") });
        await Page.Context.SetOfflineAsync(false);
        Screen.TakeComplaints();
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task WhoMayNotSeesNoButton()
    {
        await Page.RouteAsync("**/api/live", route => route.FulfillAsync(new()
        {
            Status = 403,
            ContentType = "application/problem+json",
            Body = """{"status":403,"code":"forbidden","detail":""}""",
        }));
        await Page.GotoAsync("/live");
        await Expect(Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Screen.HasNoFaults("board-forbidden");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "board-forbidden.png") });
        await Page.UnrouteAsync("**/api/live");
    }
}
