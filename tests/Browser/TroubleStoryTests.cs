using Microsoft.Playwright;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>An evening with trouble at the doors, from the first alert to the last person outside.</summary>
public sealed class TroubleStoryTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 24, 17, 5, 0, TimeSpan.Zero);

    private readonly ShiftedTime clock = new(Evening);
    private StoryClub club = null!;
    private Doors doors = null!;
    private Screen screen = null!;

    private IPage Page => screen.Page;

    private ILocator Card => Page.GetByTestId("open-alerts");

    public async Task InitializeAsync()
    {
        club = await StoryClub.Create(clock);
        doors = new Doors(club, clock);
        screen = await Screen.Open(club.Address);
    }

    public async Task DisposeAsync()
    {
        if (screen is not null)
        {
            await screen.DisposeAsync();
        }

        if (club is not null)
        {
            await club.DisposeAsync();
        }
    }

    [Fact]
    public async Task Evening_WithTrouble_IsSeenHandledAndEvacuated()
    {
        await SignIn();
        await NothingIsWrong();
        await AlertsComeAndAreHandled();
        await ADoorIsOpenedFromAfar();
        await TheBoardIsReadAtTwiceTheSize();
        await EverybodyGetsOut_OnAPhone();
        await WithoutANetworkTheListStays();
        await WhoMayNotSeesNoButton();
        screen.SpokeToNobodyElse();
    }

    private async Task SignIn()
    {
        await Page.GotoAsync("/live");
        await Page.GetByLabel("Adresse e-mail").FillAsync(club.Login.Email);
        await Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(club.Login.Password);
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByLabel("Code à six chiffres").FillAsync(club.Code);
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct");
        screen.TakeComplaints();
    }

    private async Task NothingIsWrong()
    {
        await Page.GotoAsync("/alerts");
        await Expect(Page.GetByText("Aucune alerte. Tout va bien.")).ToBeVisibleAsync();
        await screen.Examine("alerts-empty");
        await Page.GotoAsync("/live");
        await club.Found();
        doors.Gather();

        // Within a minute: a door that is not heard for longer is an alert of its own.
        await doors.Pass(40, clock.GetUtcNow().AddMinutes(1));
        await Page.ReloadAsync();
        await Expect(Card.GetByText("Aucune alerte. Tout va bien.")).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("usual-day").GetByText("deux semaines de passages")).ToBeVisibleAsync();
        await screen.StoodStill("board-quiet");
        await screen.Examine("board-quiet");
    }

    private async Task AlertsComeAndAreHandled()
    {
        await Page.GotoAsync("/live");
        await doors.Alarm(Reader.PoolDoor, GateEvent.Forced);
        await doors.Alarm(Reader.MainEntrance, GateEvent.Held);
        await doors.Alarm(Reader.SecondTurnstile, GateEvent.Tamper);
        var rows = Card.GetByRole(AriaRole.Listitem);
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(rows.First).ToHaveAttributeAsync("data-urgent", "true");
        await Page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(3);
        await screen.StoodStill("board-alerts");
        await screen.Examine("board-alerts");

        await Card.GetByRole(AriaRole.Button, new() { Name = "Je m’en occupe : Porte forcée" }).ClickAsync();
        await Expect(Card.GetByText("Vous vous en occupez")).ToBeVisibleAsync();
        await Card.GetByRole(AriaRole.Button, new() { Name = "Plus tard… : Porte restée ouverte" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Attendre 15 minutes" }).ClickAsync();
        await Expect(Card.GetByText("En attente jusqu’à")).ToBeVisibleAsync();

        // Nobody takes the third: the next role is told, and the board says so.
        clock.MoveTo(clock.GetUtcNow() + Grains.Model.Limits.UrgentAlertPatience);
        await Expect(Card.GetByText("le responsable doit voir")).ToBeVisibleAsync();
        await screen.Examine("board-escalated");

        await Page.GotoAsync("/alerts");
        var held = Page.GetByTestId("alerts").GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = "Porte forcée" });
        await held.GetByRole(AriaRole.Button, new() { Name = "Terminer…" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Vérifié sur place, rien à signaler" }).ClickAsync();
        await screen.HasNoFaults("alert-end");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Terminer l’alerte" }).ClickAsync();
        await Expect(held).ToHaveCountAsync(0);
        await screen.Examine("alerts");
    }

    private async Task ADoorIsOpenedFromAfar()
    {
        await Page.GotoAsync("/live");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir une porte…" }).ClickAsync();
        var dialog = Page.GetByTestId("open-door");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Livraison" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Ouvrir ") }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await screen.HasNoFaults("open-door");
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
        await screen.HasNoFaults("board-zoomed");
        await Page.SetViewportSizeAsync(390, 844);
        await Page.ScreenshotAsync(
            new() { Path = Path.Combine(Tree.Pictures, "board-phone.png"), FullPage = true });
        await screen.HasNoFaults("board-phone");
        await Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
    }

    private async Task EverybodyGetsOut_OnAPhone()
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = "Évacuation…" }).First.ClickAsync();
        var hold = Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Évacuer") });
        await Expect(hold).ToBeVisibleAsync();
        await screen.Examine("evacuation-before");
        await hold.FocusAsync();
        await Page.Keyboard.DownAsync("Enter");
        await Expect(Page.GetByText("Évacuation en cours")).ToBeVisibleAsync();
        await Page.Keyboard.UpAsync("Enter");
        var tick = Page.GetByRole(AriaRole.Button, new() { NameRegex = new("vu dehors") }).First;
        await tick.ClickAsync();
        await Expect(tick).ToHaveAttributeAsync("aria-pressed", "true");
        await screen.Examine("evacuation-phone");
    }

    private async Task WithoutANetworkTheListStays()
    {
        await Page.Context.SetOfflineAsync(true);
        await Expect(Page.GetByText("Réseau faible").First).ToBeVisibleAsync();
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "evacuation-offline.png") });
        await Page.Context.SetOfflineAsync(false);
        screen.TakeComplaints();
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
        await screen.HasNoFaults("board-forbidden");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "board-forbidden.png") });
        await Page.UnrouteAsync("**/api/live");
    }
}
