using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>Every page of the desk in every state: empty, coming, full, not found, failed and without a line.</summary>
public sealed class DeskStatesTests() : BrowserStory(Noon)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 11, 10, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = new(2026, 11, 24, 13, 40, 0, TimeSpan.Zero);

    private ILocator Rows => Page.GetByRole(AriaRole.Table).Locator("[role=row][style]");

    [Fact]
    public async Task EveryPage_InEveryState_CanBeShown()
    {
        await SignIn("/members");
        await NothingIsThereYet();
        await Club.Found();
        Doors.Gather();
        await Doors.Pass(30, Later);
        await Doors.Show(Doors.Someone(Standing.Unpaid), Reader.MainEntrance);
        await Doors.Show(Doors.Someone(Standing.Expired), Reader.PoolDoor);
        await MembersAreListed();
        await AGroupIsActedOn();
        await VisitsAndAnomalies();
        await TheFileShowsEverything();
        await ThePastIsShownAsPast();
        Assert.Equal("", string.Join("\n", Screen.TakeComplaints()));
        await WhatFailsSaysSo();
        await WithoutALine();
        Screen.SpokeToNobodyElse();
    }

    private async Task NothingIsThereYet()
    {
        await Expect(Page.GetByText("Aucun membre pour l’instant")).ToBeVisibleAsync();
        await Screen.StoodStill("members-none");
        await Screen.Examine("members-none");
        await Page.GotoAsync("/visits");
        await Expect(Page.GetByText("Aucune visite pour l’instant")).ToBeVisibleAsync();
        await Screen.Examine("visits-none");
        await Page.GotoAsync("/anomalies");
        await Expect(Page.GetByText("Rien à signaler")).ToBeVisibleAsync();
        await Screen.Examine("anomalies-none");
    }

    private async Task MembersAreListed()
    {
        var held = new TaskCompletionSource();
        await Page.RouteAsync("**/api/lists/members**", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await Page.GotoAsync("/members");
        await Expect(Page.GetByTestId("coming")).ToBeVisibleAsync();
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "members-coming-fr-light.png") });
        held.SetResult();
        await Expect(Rows.First).ToBeVisibleAsync();
        await Page.UnrouteAllAsync();
        await Screen.StoodStill("members");
        await Screen.Examine("members");
        await OnAPhone("members-phone");
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("personne de ce nom");
        await Expect(Page.GetByText("Personne ne correspond")).ToBeVisibleAsync();
        await Screen.Examine("members-nothing");
        await Page.GetByRole(AriaRole.Textbox).First.FillAsync("");
    }

    private async Task AGroupIsActedOn()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Doivent quelque chose" }).ClickAsync();
        await Expect(Rows.First).ToContainTextAsync("reste à payer");
        await Page.GetByRole(AriaRole.Checkbox).Nth(1).ClickAsync();
        await Page.GetByRole(AriaRole.Checkbox).Nth(2).ClickAsync();
        await Expect(Page.GetByTestId("selection")).ToContainTextAsync("2");
        await Screen.Examine("members-selected");
        await OnAPhone("members-selected-phone");
    }

    private async Task VisitsAndAnomalies()
    {
        await Page.GotoAsync("/visits");
        await Expect(Rows.First).ToContainTextAsync("à l’intérieur");
        await Screen.StoodStill("visits");
        await Screen.Examine("visits");
        await OnAPhone("visits-phone");
        await Page.GotoAsync("/anomalies");
        await Expect(Rows.First).ToContainTextAsync("Refus");
        await Screen.StoodStill("anomalies");
        await Screen.Examine("anomalies");
        await OnAPhone("anomalies-phone");
    }

    private async Task TheFileShowsEverything()
    {
        await Rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page.GetByTestId("profile")).ToBeVisibleAsync();
        await Screen.Examine("desk-anomaly");
        await Page.Keyboard.PressAsync("F4");
        await Expect(Page.GetByTestId("badges")).ToBeVisibleAsync();
        await Page.GetByPlaceholder("Écrire une note…").FillAsync("Préfère payer en francs. Veut toujours un reçu.");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Garder la note" }).ClickAsync();
        await Expect(Page.GetByTestId("notes")).ToContainTextAsync("Préfère payer en francs");
        await Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload
        {
            Name = "certificat médical du 12 novembre 2026, signé par le docteur.pdf",
            MimeType = "application/pdf",
            Buffer = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"u8.ToArray(),
        });
        await Expect(Page.GetByTestId("files")).ToContainTextAsync("certificat médical");
        await TakeAPhoto();
        await TheNumberIsCorrected();
        await Page.SetViewportSizeAsync(1440, 1500);
        await Screen.Examine("file");
        await Page.SetViewportSizeAsync(390, 2600);
        await Screen.Examine("file-phone");
        await Page.SetViewportSizeAsync(1440, 900);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Retour à l’accueil" }).ClickAsync();
        await Expect(Page.GetByTestId("profile").GetByRole(AriaRole.Img).First).ToBeVisibleAsync();
        await Screen.Examine("desk-photo");
    }

    private async Task TakeAPhoto()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Changer la photo" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "photo.png",
            MimeType = "image/png",
            Buffer = await Page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = 400, Height = 400 } }),
        });
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private async Task TheNumberIsCorrected()
    {
        var dialog = Page.GetByTestId("details");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Corriger…" }).ClickAsync();
        var first = await dialog.GetByLabel("Prénom").InputValueAsync();
        await dialog.GetByLabel("Prénom").FillAsync(" ");
        await dialog.GetByLabel("E-mail").FillAsync("pas une adresse");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByText("Indiquez ce nom.")).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("Prénom")).ToBeFocusedAsync();
        await dialog.GetByLabel("Prénom").FillAsync(first);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator("[class*=Input-error]")).ToBeVisibleAsync();
        await Screen.HasNoFaults("file-details");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "file-details.png") });
        Assert.Contains("400", Assert.Single(Screen.TakeComplaints()), StringComparison.Ordinal);
        await dialog.GetByLabel("E-mail").FillAsync("");
        await dialog.GetByLabel("Téléphone").FillAsync("+243 899 123 456");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Main)).ToContainTextAsync("+243 899 123 456");
    }

    private async Task ThePastIsShownAsPast()
    {
        await Page.GotoAsync("/live");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Remonter le temps" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("gates").GetByText("dernière trace").First).ToBeVisibleAsync();
        await Screen.Examine("past");
        await OnAPhone("past-phone");
        await Page.GotoAsync("/members");
        await Rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Fiche complète" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remonter le temps" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Screen.Examine("file-past");
        await OnAPhone("file-past-phone");
    }

    private async Task WhatFailsSaysSo()
    {
        await Page.GotoAsync("/desk/mbr_00000000000000000000000000");
        await Expect(Page.GetByText("Cette personne n’existe pas")).ToBeVisibleAsync();
        await Screen.Examine("desk-gone");
        await Page.GotoAsync("/members/mbr_00000000000000000000000000");
        await Expect(Page.GetByText("Cette personne n’existe pas")).ToBeVisibleAsync();
        await Screen.Examine("file-gone");
        await Page.RouteAsync(new Regex("/api/(lists|members)"), route => route.FulfillAsync(new() { Status = 500 }));
        await Page.GotoAsync("/members");
        await Expect(Page.GetByText("La liste ne s’affiche pas")).ToBeVisibleAsync();
        await Screen.Examine("members-failed");
        await Page.GotoAsync("/desk");
        await Page.GetByRole(AriaRole.Combobox).FillAsync("marie");
        await Expect(Page.GetByText("La recherche ne répond pas")).ToBeVisibleAsync();
        await Screen.Examine("desk-failed");
        await Page.UnrouteAllAsync();
        Screen.TakeComplaints();
    }

    private async Task WithoutALine()
    {
        await Page.GotoAsync("/members");
        await Expect(Rows.First).ToBeVisibleAsync();
        await Rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page.GetByTestId("profile")).ToBeVisibleAsync();
        await Screen.Context.SetOfflineAsync(true);
        await Club.Stop();
        await Expect(Page.GetByText("Connexion perdue.")).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("profile")).ToBeVisibleAsync();
        await Screen.Examine("desk-offline");
        await OnAPhone("desk-offline-phone");
        await Screen.Context.SetOfflineAsync(false);
        await Club.Start();

        // The longer the line was away, the longer the pauses between two tries.
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct", new() { Timeout = 60_000 });
        Screen.TakeComplaints();
    }

    private async Task OnAPhone(string state)
    {
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine(state);
        await Page.SetViewportSizeAsync(1440, 900);
    }
}
