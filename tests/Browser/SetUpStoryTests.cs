using Microsoft.Playwright;
using SmartClub.Silo.Gateway;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;
using Place = SmartClub.Tests.Http.Place;

namespace SmartClub.Tests.Browser;

/// <summary>What was set up wrongly is put right by keyboard: a site, a gate, hours, and a plan that ends.</summary>
public sealed class SetUpStoryTests : ClubStory
{
    private const string LongName = "Complexe sportif et de loisirs Kalala-Mutombo de Kinshasa-Limete";
    private const string Late = "Ces heures en chevauchent d’autres";
    private Place place = null!;
    private Guest guest = null!;

    private ILocator Site => Page.GetByTestId("site");

    private ILocator Plans => Page.GetByTestId("plans");

    [Fact]
    public async Task Club_IsPutRight()
    {
        place = await Club.Place();
        var member = await Club.Member();
        await Club.Membership(member, place.Plan, Club.Clock.Day(-60));
        guest = new Guest(member, await Club.Badge(member));
        await SignIn();
        Screen.TakeComplaints();
        await TheSiteIsRenamed();
        await TheGateIsChanged();
        await HoursMayNotOverlap();
        await ThePlanIsChanged();
        await ThePlanIsTakenOffSale();
        await TheDeskOffersAnother();
        await ThePlanIsSoldAgain();
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

    private async Task TheSiteIsRenamed()
    {
        await Press(Site, "^Modifier Gombe");
        await Expect(Site.GetByLabel("Nom")).ToBeFocusedAsync();
        await Site.GetByLabel("Nom").FillAsync(LongName);
        await Site.GetByLabel("Fuseau horaire").FillAsync("Africa/Atlantis");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Site.GetByText("Ce fuseau horaire n’existe pas.")).ToBeVisibleAsync();
        await Site.GetByLabel("Fuseau horaire").FillAsync("Africa/Lubumbashi");
        await Site.GetByLabel("Devise").SelectOptionAsync("CDF");
        await Press(Site, "^Enregistrer le site");
        await Expect(Site.GetByText("Des formules ont leur prix dans la devise")).ToBeVisibleAsync();
        await Pictures("settings-site");
        await Site.GetByLabel("Devise").SelectOptionAsync("USD");
        await Press(Site, "^Enregistrer le site");
        await Expect(Site.GetByRole(AriaRole.Heading, new() { Name = LongName })).ToBeVisibleAsync();
        await Expect(Site.GetByText("Africa/Lubumbashi · USD")).ToBeVisibleAsync();
        await Expect(Button(Site, "^Modifier Complexe")).ToBeFocusedAsync();
        Screen.TakeComplaints();
    }

    // A box is in place: its name may change, where it leads may not.
    private async Task TheGateIsChanged()
    {
        await Club.Zone(place.Site);
        var path = $"/api/gates/{place.Gate.Id}/enrolment";
        var code = (await Club.Admin.Post(path)).Ok()["code"];
        (await Club.Stranger.Post("/api/gates/enrol", new { code, nonce = new string('n', 20) })).Ok();
        await Page.ReloadAsync();
        await Press(Site, "^Modifier Entrée");
        await Expect(Site.GetByLabel("Nom")).ToBeFocusedAsync();
        await Site.GetByLabel("Nom").FillAsync("Porte du jardin");
        await Site.GetByLabel("Mène à").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Site.GetByText("Un boîtier est installé à cette porte.")).ToBeVisibleAsync();
        Screen.TakeComplaints();
        await Pictures("settings-gate");
        await Site.GetByLabel("Mène à").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await Site.GetByLabel("Sens").SelectOptionAsync("in");
        await Press(Site, "^Enregistrer la porte");
        await Expect(Button(Site, "^Modifier Porte du jardin")).ToBeFocusedAsync();
        await Press(Site, "^Gérer Porte du jardin");
        await Expect(Site.GetByText("Une porte qui ne sert plus se désactive")).ToBeVisibleAsync();
        await Pictures("settings-gate-manage");
    }

    private async Task HoursMayNotOverlap()
    {
        await Press(Site, "^Modifier les horaires");
        await Press(Site, "^Ajouter des heures : Lundi");
        await Site.GetByLabel("Ouverture, Lundi").FillAsync("18:00");
        await Site.GetByLabel("Fermeture, Lundi").FillAsync("02:00");
        await Press(Site, "^Ajouter des heures : Mardi");
        await Site.GetByLabel("Ouverture, Mardi").FillAsync("01:00");
        await Press(Site, "^Ajouter un jour");
        await Site.GetByLabel("Date").FillAsync("2027-03-09");
        await Site.GetByRole(AriaRole.Group, new() { Name = "2027-03-09" }).GetByLabel("Fermé").UncheckAsync();
        await Site.GetByLabel("Ouverture, 2027-03-09").FillAsync("00:30");
        await Press(Site, "^Enregistrer les horaires");
        await Expect(Site.GetByText(Late)).ToHaveCountAsync(2);
        await Pictures("settings-hours-overlap");
        await Site.GetByLabel("Ouverture, Mardi").FillAsync("02:00");
        await Expect(Site.GetByText(Late)).ToHaveCountAsync(1);
        await Site.GetByLabel("Ouverture, 2027-03-09").FillAsync("");
        await Press(Site, "^Enregistrer les horaires");
        await Expect(Site.GetByText("À remplir.")).ToBeVisibleAsync();
        Screen.TakeComplaints();
        await Site.GetByLabel("Ouverture, 2027-03-09").FillAsync("08:00");
        await Press(Site, "^Enregistrer les horaires");
        await Expect(Button(Site, "^Modifier les horaires")).ToBeFocusedAsync();
    }

    private async Task ThePlanIsChanged()
    {
        await Club.Plan(place.Zone);
        await Page.GotoAsync("/settings/plans");
        await Press(Plans, "^Modifier Premium", 0);
        await Expect(Plans.GetByLabel("Nom")).ToBeFocusedAsync();
        await Expect(Plans.GetByLabel("Prix en USD")).ToHaveValueAsync("30");
        await Plans.GetByLabel("Nom").FillAsync("Abonnement trimestriel de la salle de musculation");
        await Plans.GetByLabel("Visites comprises").FillAsync("beaucoup");
        await Plans.GetByLabel("Prix en USD").FillAsync("80 dollars");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Plans.GetByText("Écrivez un nombre entier.")).ToBeVisibleAsync();
        await Expect(Plans.GetByText("Écrivez un montant")).ToBeVisibleAsync();
        await Pictures("settings-plan");
        await Plans.GetByLabel("Visites comprises").FillAsync("");
        await Plans.GetByLabel("Durée").FillAsync("3");
        await Plans.GetByLabel("Prix en USD").FillAsync("80,50");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Plans.GetByText("80,50")).ToBeVisibleAsync();
        await Expect(Button(Plans, "^Modifier Abonnement")).ToBeFocusedAsync();
    }

    private async Task ThePlanIsTakenOffSale()
    {
        await Page.Keyboard.PressAsync("Enter");
        await Press(Plans, "^Retirer de la vente");
        await Expect(Plans.GetByText("Plus en vente")).ToBeVisibleAsync();
        await Expect(Plans.GetByRole(AriaRole.Listitem).Last).ToContainTextAsync("Abonnement trimestriel");
        await Pictures("settings-plan-retired");
    }

    // Nobody is moved to another plan unseen: the big button asks which.
    private async Task TheDeskOffersAnother()
    {
        await Page.GotoAsync($"/desk/{guest.Member}");
        await Expect(Page.GetByText("Abonnement trimestriel de la salle de musculation n’est plus en vente"))
            .ToBeVisibleAsync();
        await Pictures("desk-plan-retired");
        await Page.Keyboard.PressAsync("F2");
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("n’est plus en vente.")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Radio)).ToHaveCountAsync(1);
        await Screen.ComesToRest();
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "desk-plan-retired-choice.png") });
        await Screen.HasNoFaults("desk-plan-retired-choice");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
    }

    private async Task ThePlanIsSoldAgain()
    {
        await Page.GotoAsync("/settings/plans");
        await Press(Plans, "^Modifier Abonnement");
        await Press(Plans, "^Remettre en vente");
        await Expect(Plans.GetByText("Plus en vente")).ToBeHiddenAsync();
        await Page.GotoAsync($"/desk/{guest.Member}");
        await Expect(Page.GetByText("Renouveler Abonnement trimestriel")).ToBeVisibleAsync();
    }

    private static ILocator Button(ILocator among, string name) =>
        among.GetByRole(AriaRole.Button, new() { NameRegex = new(name) });

    private async Task Press(ILocator among, string name, int? at = null)
    {
        var button = at is { } index ? Button(among, name).Nth(index) : Button(among, name);
        await button.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
    }

    private async Task Pictures(string state)
    {
        await Screen.Examine(state);
        await Page.SetViewportSizeAsync(390, 1400);
        await Screen.Examine(state + "-phone");
        await Page.SetViewportSizeAsync(1440, 900);
    }
}
