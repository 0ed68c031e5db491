using Microsoft.Playwright;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;
using Place = SmartClub.Tests.Http.Place;

namespace SmartClub.Tests.Browser;

/// <summary>A room that got fewer places and a name of its own, changed by keyboard while its door is in use.</summary>
public sealed class ZoneStoryTests : ClubStory
{
    private Place place = null!;

    private ILocator Site => Page.GetByTestId("site");

    private protected override Task Prepare() => Screen.SignInAdmin(Club);

    [Fact]
    public async Task Zone_IsChanged_AndTheDoorObeys()
    {
        place = await Club.Place(antiPassback: "soft");
        var guest = await Club.Guest(place);
        (await place.Gate.Scan(guest.Badge)).Decides("grant", "ok");
        await Page.GotoAsync("/settings/places");
        await TheFormSaysWhatIsWrong();
        await ItIsSaved();
        (await place.Gate.Scan(guest.Badge)).Decides("deny", "anti_passback");
        Assert.Empty(Screen.TakeComplaints());
        Screen.SpokeToNobodyElse();
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
