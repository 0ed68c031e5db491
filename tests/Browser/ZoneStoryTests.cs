using Microsoft.Playwright;
using SmartClub.Silo.Gateway;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;
using Place = SmartClub.Tests.Http.Place;

namespace SmartClub.Tests.Browser;

/// <summary>A room that got fewer places and a name of its own, changed by keyboard while its door is in use.</summary>
public sealed class ZoneStoryTests : ClubStory
{
    private Place place = null!;

    private ILocator Site => Page.GetByTestId("site");

    [Fact]
    public async Task Zone_IsChanged_AndTheDoorObeys()
    {
        place = await Club.Place(antiPassback: "soft");
        var guest = await Club.Guest(place);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        await SignIn();
        Screen.TakeComplaints();
        await TheFormSaysWhatIsWrong();
        await ItIsSaved();
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "anti_passback");
        Assert.Empty(Screen.TakeComplaints());
        Screen.SpokeToNobodyElse();
    }

    private async Task SignIn()
    {
        await Page.GotoAsync("/settings/places");
        await Page.GetByLabel("Adresse e-mail").FillAsync(Club.FirstLogin.Email);
        await Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Club.FirstLogin.Password);
        await Page.Keyboard.PressAsync("Enter");
        var digits = Page.GetByLabel("Code à six chiffres");
        await Expect(digits).ToBeVisibleAsync();
        var now = Club.Clock.GetUtcNow();
        Club.Clock.MoveTo(now + Passwords.NextCode(now));
        await digits.FillAsync(Club.Code(Club.FirstLogin));
        await Expect(Site).ToBeVisibleAsync();
    }

    private async Task TheFormSaysWhatIsWrong()
    {
        await Site.GetByRole(AriaRole.Button, new() { NameRegex = new("^Modifier Musculation") }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Site.GetByLabel("Nom")).ToBeFocusedAsync();
        await Site.GetByLabel("Nom").FillAsync("Salle de musculation et d’haltérophilie Dieudonné Mbuyamba");
        await Site.GetByLabel("Places").FillAsync("beaucoup");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Site.GetByText("Écrivez un nombre entier.")).ToBeVisibleAsync();
        await Screen.Examine("settings-zone");
        await Page.SetViewportSizeAsync(390, 1200);
        await Screen.Examine("settings-zone-phone");
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task ItIsSaved()
    {
        await Site.GetByLabel("Places").FillAsync("90");
        await Site.GetByLabel("Deuxième entrée").SelectOptionAsync("hard");
        await Site.GetByLabel("Nom").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Site.GetByText("90 places")).ToBeVisibleAsync();
        var change = Site.GetByRole(AriaRole.Button, new() { NameRegex = new("^Modifier Salle de musculation") });
        await Expect(change).ToBeFocusedAsync();
    }
}
