using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>A new club is set up in a browser, a colleague invited, and all of it is in the log.</summary>
public sealed class SettingsStoryTests() : BrowserStory(Morning)
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 24, 7, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task NewClub_IsSetUp_ByItsPagesAlone()
    {
        await SignIn("/settings/guide");
        await TheGuideKnowsWhatIsMissing();
        await PlacesAreMade();
        await HoursAreSaid();
        await TheLocationIsSaid();
        await APlanIsMade();
        await ARoleIsMade();
        var link = await AColleagueIsInvited();
        await AFileIsTakenIn();
        await TheMailCanBeRead();
        await TheLogTells();
        await TheAccountShowsItsSessions();
        await OnAPhone();
        await TheColleagueComesIn(link);
        Assert.Empty(Screen.TakeComplaints());
        Screen.SpokeToNobodyElse();
    }

    private async Task TheGuideKnowsWhatIsMissing()
    {
        await Expect(Page.GetByTestId("guide").GetByLabel("À faire")).ToHaveCountAsync(6);
        await Screen.Examine("settings-guide");
    }

    private async Task PlacesAreMade()
    {
        await Page.GetByTestId("guide").GetByRole(AriaRole.Link, new() { Name = "Y aller" }).First.ClickAsync();
        var form = Page.GetByTestId("new-site");
        await form.GetByRole(AriaRole.Button, new() { Name = "Créer le site" }).ClickAsync();
        await Expect(form.GetByText("À remplir.")).ToBeVisibleAsync();
        Screen.TakeComplaints();
        await form.GetByLabel("Nom").FillAsync("Limete");
        await form.GetByLabel("Fuseau horaire").FillAsync("Africa/Kinshasa");
        await form.GetByRole(AriaRole.Button, new() { Name = "Créer le site" }).ClickAsync();

        var site = Page.GetByTestId("site");
        await site.GetByRole(AriaRole.Button, new() { Name = "Ajouter une zone" }).ClickAsync();
        await site.GetByLabel("Nom").FillAsync("Salle de musculation et d’haltérophilie Dieudonné Mbuyamba");
        await site.GetByLabel("Places").FillAsync("120");
        await site.Locator("form").GetByRole(AriaRole.Button, new() { Name = "Ajouter une zone" }).ClickAsync();
        await Expect(site.GetByText("120 places")).ToBeVisibleAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Ajouter une porte" }).ClickAsync();
        await site.GetByLabel("Nom").FillAsync("Portillon 1");
        await site.Locator("form").GetByRole(AriaRole.Button, new() { Name = "Ajouter une porte" }).ClickAsync();
        await Expect(site.GetByText("affichée cette fois seulement")).ToBeVisibleAsync();
        await Screen.Examine("settings-places");
    }

    private async Task HoursAreSaid()
    {
        var site = Page.GetByTestId("site");
        await site.GetByRole(AriaRole.Button, new() { Name = "Modifier les horaires" }).ClickAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Ajouter des heures : Lundi" }).ClickAsync();
        await site.GetByLabel("Ouverture, Lundi").FillAsync("05:30");
        await site.GetByRole(AriaRole.Button, new() { Name = "Mêmes heures que le lundi" }).ClickAsync();
        await site.GetByLabel("Fermeture, Samedi").FillAsync("12:00");
        await site.GetByRole(AriaRole.Button, new() { Name = "Ajouter des heures : Samedi" }).ClickAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Retirer : Dimanche" }).ClickAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Ajouter un jour" }).ClickAsync();
        await site.GetByRole(AriaRole.Button, new() { Name = "Enregistrer les horaires" }).ClickAsync();
        await Expect(site.GetByText("À remplir.")).ToBeVisibleAsync();
        Screen.TakeComplaints();
        await site.GetByLabel("Date").FillAsync("2026-12-25");
        await site.GetByLabel("Raison").FillAsync("Noël");
        await Screen.Examine("settings-hours-form");
        await site.GetByRole(AriaRole.Button, new() { Name = "Enregistrer les horaires" }).ClickAsync();
        await Expect(site.GetByText("Noël")).ToBeVisibleAsync();
        await Expect(site.GetByText("Fermé")).ToHaveCountAsync(2);
        await Screen.Examine("settings-hours");
    }

    // By keyboard alone, as it is copied from a map; what is no place on earth is said to be none.
    private async Task TheLocationIsSaid()
    {
        var site = Page.GetByTestId("site");
        var change = site.GetByRole(AriaRole.Button, new() { Name = "Changer l’emplacement" });
        var (latitude, longitude) = (site.GetByLabel("Latitude"), site.GetByLabel("Longitude"));
        await Expect(site.GetByText("Inconnu. Un pass vu sur deux sites")).ToBeVisibleAsync();
        await change.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(latitude).ToBeFocusedAsync();
        await latitude.FillAsync("avenue du Port");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(site.GetByText("Écrivez des degrés, par exemple −4,3033.")).ToHaveCountAsync(2);
        await Screen.Examine("settings-location-wrong");
        await latitude.FillAsync("95");
        await longitude.FillAsync("15,3105");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(latitude).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(longitude).Not.ToHaveAttributeAsync("aria-invalid", "true");
        Screen.TakeComplaints();
        await latitude.FillAsync("-4.3033, 15.3105");
        await Expect(longitude).ToHaveValueAsync("15.3105");
        await Page.SetViewportSizeAsync(390, 844);
        await latitude.ScrollIntoViewIfNeededAsync();
        await Screen.Examine("settings-location-phone");
        await Page.SetViewportSizeAsync(1440, 900);
        await latitude.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(site.GetByText("Latitude −4,3033 °, longitude 15,3105 °")).ToBeVisibleAsync();
        await Expect(change).ToBeFocusedAsync();
        await Screen.Examine("settings-location");
        await change.ClickAsync();
        await Expect(latitude).ToHaveValueAsync("−4,3033");
        await latitude.FillAsync("");
        await longitude.FillAsync("");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(site.GetByText("Inconnu. Un pass vu sur deux sites")).ToBeVisibleAsync();
        await Expect(change).ToBeFocusedAsync();
    }

    private async Task APlanIsMade()
    {
        await Nav("Formules");
        var form = Page.GetByTestId("new-plan");
        await form.GetByLabel("Nom").FillAsync("Mensuel");
        await form.GetByLabel("Prix en USD").FillAsync("45,50");
        await form.GetByRole(AriaRole.Button, new() { Name = "Créer la formule" }).ClickAsync();
        await Expect(Page.GetByTestId("plans").GetByText("Mensuel")).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("plans").GetByText("45,50")).ToBeVisibleAsync();
        await Screen.Examine("settings-plans");
    }

    private async Task ARoleIsMade()
    {
        await Nav("Rôles");
        var form = Page.GetByTestId("new-role");
        await form.GetByLabel("Nom").FillAsync("Coach");
        await form.GetByLabel("Voir les membres").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Créer le rôle" }).ClickAsync();
        await Expect(Page.GetByTestId("roles").GetByText("Coach")).ToBeVisibleAsync();
        await Screen.Examine("settings-roles");
    }

    private async Task<string> AColleagueIsInvited()
    {
        await Nav("Équipe");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Inviter un collègue" }).ClickAsync();
        var form = Page.GetByTestId("invite");
        await form.GetByLabel("Nom").FillAsync("Marie-Thérèse Ngalula Kapinga-Mutombo");
        await form.GetByLabel("Adresse e-mail").FillAsync("marie-therese@club.example");
        await form.GetByLabel("Rôle ou droit").SelectOptionAsync(new SelectOptionValue { Label = "Coach" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Créer l’invitation" }).ClickAsync();
        var link = form.GetByText("/invitation#");
        await Expect(link).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("staff").GetByText("Invitation en attente")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Gérer Marie-Thérèse" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Rôles et droits" }).ClickAsync();
        await Screen.Examine("settings-staff");
        return await link.InnerTextAsync();
    }

    private async Task AFileIsTakenIn()
    {
        await Nav("Importer");
        var part = Page.GetByTestId("import");
        await Choose("firstName,lastName,email\nGrâce,Ilunga,grace@example.cd\n,Lukusa,nobody\n");
        await Expect(part.GetByText("2 erreurs, rien n’est repris")).ToBeVisibleAsync();
        await Expect(part.GetByRole(AriaRole.Row, new() { NameRegex = new("^3 firstName ") })).ToBeVisibleAsync();
        await Screen.Examine("settings-import-errors");
        await Choose("Vorname;Nachname;email\nGrâce;Ilunga;grace@example.cd\n");
        var columns = Page.GetByTestId("import-columns");
        await Expect(part.GetByText("2 erreurs, rien n’est repris")).ToBeVisibleAsync();
        await columns.GetByLabel("Prénom").SelectOptionAsync("Vorname");
        await Expect(part.GetByText("1 erreur, rien n’est repris")).ToBeVisibleAsync();
        await columns.GetByLabel("Nom", new() { Exact = true }).SelectOptionAsync("Nachname");
        await Expect(part.GetByText("Prêt à importer")).ToBeVisibleAsync();
        await Screen.Examine("settings-import-columns");
        await Choose("firstName,lastName,email\nGrâce,Ilunga,grace@example.cd\nRuth,Lukusa,\n");
        await part.GetByRole(AriaRole.Button, new() { Name = "Importer 2 membres" }).ClickAsync();
        await Expect(part.GetByText("Importé", new() { Exact = true })).ToBeVisibleAsync();

        Task Choose(string text) => part.GetByLabel("Fichier").SetInputFilesAsync(new FilePayload
        {
            Name = "members.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes(text),
        });
    }

    private async Task TheMailCanBeRead()
    {
        await Nav("Mails");
        var outbox = Page.GetByTestId("outbox");
        await Expect(outbox.GetByText("marie-therese@club.example")).ToBeVisibleAsync();
        await Screen.Examine("settings-outbox");
        await outbox.GetByRole(AriaRole.Button, new() { Name = "Lire le mail" }).ClickAsync();
        var mail = Page.GetByTestId("mail");
        await Expect(mail.GetByText("Votre accès à Forme & Équilibre")).ToBeVisibleAsync();
        await Expect(mail.GetByText("/invitation#")).ToBeVisibleAsync();
        await Screen.HasNoFaults("mail");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "settings-mail-fr-light.png") });
        await Page.Keyboard.PressAsync("Escape");
        await Expect(mail).ToHaveCountAsync(0);
    }

    private async Task TheLogTells()
    {
        await Nav("Journal des actions");
        var log = Page.GetByTestId("log");
        await Expect(log.GetByText("Collègue invité")).ToBeVisibleAsync();
        await Screen.Examine("settings-log");
        await log.GetByLabel("Rechercher").FillAsync("portillon");
        await Expect(log.GetByText("Porte créée")).ToBeVisibleAsync();
        await Expect(log.GetByText("Collègue invité")).ToHaveCountAsync(0);
        await log.GetByLabel("Rechercher").FillAsync("rien de tel");
        await Expect(log.GetByText("Rien ne correspond.")).ToBeVisibleAsync();
        await Screen.Examine("settings-log-empty");
    }

    private async Task TheAccountShowsItsSessions()
    {
        await Nav("Mon compte");
        await Expect(Page.GetByTestId("sessions").GetByText("Cette session")).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("sessions").GetByText("Chrome, Linux")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Changer de téléphone" }).ClickAsync();
        await Page.GetByLabel("Votre mot de passe").FillAsync(Club.Login.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Expect(Page.GetByText("Scannez ce code")).ToBeVisibleAsync();
        await Screen.Examine("settings-account");
    }

    private async Task OnAPhone()
    {
        await Page.SetViewportSizeAsync(390, 844);
        foreach (var (path, state) in new[]
        {
            ("account", "account"), ("guide", "guide"), ("places", "places"), ("plans", "plans"), ("staff", "staff"),
            ("roles", "roles"), ("log", "log"),
        })
        {
            await Page.GotoAsync($"/settings/{path}");
            await Expect(Page.Locator("h2").First).ToBeVisibleAsync();
            await Screen.Examine($"settings-{state}-phone");
        }

        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task TheColleagueComesIn(string link)
    {
        await Page.GotoAsync("/settings/account");
        await Page.GetByTestId("person").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Quitter" }).ClickAsync();
        await Expect(Heading("Connexion")).ToBeVisibleAsync();
        await Page.GotoAsync(link);
        await Expect(Page.GetByText("Marie-Thérèse Ngalula")).ToBeVisibleAsync();
        await Screen.Examine("invitation");
        await Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync("une phrase à retenir");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir mon compte" }).ClickAsync();
        await Expect(Heading("Votre compte est ouvert")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Aller à la connexion" }).ClickAsync();
        await Page.GetByLabel("Adresse e-mail").FillAsync("marie-therese@club.example");
        await Page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync("une phrase à retenir");
        await Page.Keyboard.PressAsync("Enter");

        // A coach begins at the desk, and finds in the settings what is theirs and nothing of the team.
        await Expect(Heading("Accueil")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Réglages", Exact = true }).ClickAsync();
        await Expect(Heading("Réglages")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Équipe" })).ToHaveCountAsync(0);

        // The browser writes down that nobody was signed in when the link was opened.
        Screen.TakeComplaints();
    }

    private ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    private Task Nav(string name) =>
        Page.Locator("main nav").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
}
