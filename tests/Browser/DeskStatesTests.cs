using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>Every page of the desk in every state: empty, coming, full, not found, failed and without a line.</summary>
public sealed class DeskStatesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 11, 10, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = new(2026, 11, 24, 13, 40, 0, TimeSpan.Zero);

    private readonly ShiftedTime clock = new(Noon);
    private StoryClub club = null!;
    private Doors doors = null!;
    private Screen screen = null!;

    private IPage Page => screen.Page;

    private ILocator Rows => Page.GetByRole(AriaRole.Table).Locator("[role=row][style]");

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
    public async Task EveryPage_InEveryState_CanBeShown()
    {
        await DeskSteps.SignIn(screen, club, "/members");
        await NothingIsThereYet();
        await club.Found();
        doors.Gather();
        await doors.Pass(30, Later);
        await doors.Show(doors.Someone(Standing.Unpaid), Reader.MainEntrance);
        await doors.Show(doors.Someone(Standing.Expired), Reader.PoolDoor);
        await MembersAreListed();
        await AGroupIsActedOn();
        await VisitsAndAnomalies();
        await TheFileShowsEverything();
        await ThePastIsShownAsPast();
        Assert.Equal("", string.Join("\n", screen.TakeComplaints()));
        await WhatFailsSaysSo();
        await WithoutALine();
        screen.SpokeToNobodyElse();
    }

    private async Task NothingIsThereYet()
    {
        await Expect(Page.GetByText("Aucun membre pour l’instant")).ToBeVisibleAsync();
        await screen.StoodStill("members-none");
        await screen.Examine("members-none");
        await Page.GotoAsync("/visits");
        await Expect(Page.GetByText("Aucune visite pour l’instant")).ToBeVisibleAsync();
        await screen.Examine("visits-none");
        await Page.GotoAsync("/anomalies");
        await Expect(Page.GetByText("Rien à signaler")).ToBeVisibleAsync();
        await screen.Examine("anomalies-none");
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
        await screen.StoodStill("members");
        await screen.Examine("members");
        await OnAPhone("members-phone");
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("personne de ce nom");
        await Expect(Page.GetByText("Personne ne correspond")).ToBeVisibleAsync();
        await screen.Examine("members-nothing");
        await Page.GetByRole(AriaRole.Textbox).First.FillAsync("");
    }

    private async Task AGroupIsActedOn()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Doivent quelque chose" }).ClickAsync();
        await Expect(Rows.First).ToContainTextAsync("reste à payer");
        await Page.GetByRole(AriaRole.Checkbox).Nth(1).ClickAsync();
        await Page.GetByRole(AriaRole.Checkbox).Nth(2).ClickAsync();
        await Expect(Page.GetByTestId("selection")).ToContainTextAsync("2");
        await screen.Examine("members-selected");
        await OnAPhone("members-selected-phone");
    }

    private async Task VisitsAndAnomalies()
    {
        await Page.GotoAsync("/visits");
        await Expect(Rows.First).ToContainTextAsync("à l’intérieur");
        await screen.StoodStill("visits");
        await screen.Examine("visits");
        await OnAPhone("visits-phone");
        await Page.GotoAsync("/anomalies");
        await Expect(Rows.First).ToContainTextAsync("Refus");
        await screen.StoodStill("anomalies");
        await screen.Examine("anomalies");
        await OnAPhone("anomalies-phone");
    }

    private async Task TheFileShowsEverything()
    {
        await Rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page.GetByTestId("profile")).ToBeVisibleAsync();
        await screen.Examine("desk-anomaly");
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
        await Page.SetViewportSizeAsync(1440, 1500);
        await screen.Examine("file");
        await Page.SetViewportSizeAsync(390, 2600);
        await screen.Examine("file-phone");
        await Page.SetViewportSizeAsync(1440, 900);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Retour à l’accueil" }).ClickAsync();
        await Expect(Page.GetByTestId("profile").GetByRole(AriaRole.Img).First).ToBeVisibleAsync();
        await screen.Examine("desk-photo");
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

    private async Task ThePastIsShownAsPast()
    {
        await Page.GotoAsync("/live");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Remonter le temps" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await screen.Examine("past");
        await OnAPhone("past-phone");
        await Page.GotoAsync("/members");
        await Rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Fiche complète" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remonter le temps" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await screen.Examine("file-past");
        await OnAPhone("file-past-phone");
    }

    private async Task WhatFailsSaysSo()
    {
        await Page.GotoAsync("/desk/mbr_00000000000000000000000000");
        await Expect(Page.GetByText("Cette personne n’existe pas")).ToBeVisibleAsync();
        await screen.Examine("desk-gone");
        await Page.GotoAsync("/members/mbr_00000000000000000000000000");
        await Expect(Page.GetByText("Cette personne n’existe pas")).ToBeVisibleAsync();
        await screen.Examine("file-gone");
        await Page.RouteAsync(new Regex("/api/(lists|members)"), route => route.FulfillAsync(new() { Status = 500 }));
        await Page.GotoAsync("/members");
        await Expect(Page.GetByText("La liste ne s’affiche pas")).ToBeVisibleAsync();
        await screen.Examine("members-failed");
        await Page.GotoAsync("/desk");
        await Page.GetByRole(AriaRole.Combobox).FillAsync("marie");
        await Expect(Page.GetByText("La recherche ne répond pas")).ToBeVisibleAsync();
        await screen.Examine("desk-failed");
        await Page.UnrouteAllAsync();
        screen.TakeComplaints();
    }

    private async Task WithoutALine()
    {
        await Page.GotoAsync("/members");
        await Expect(Rows.First).ToBeVisibleAsync();
        await Rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page.GetByTestId("profile")).ToBeVisibleAsync();
        await screen.Context.SetOfflineAsync(true);
        await club.Stop();
        await Expect(Page.GetByText("Connexion perdue.")).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("profile")).ToBeVisibleAsync();
        await screen.Examine("desk-offline");
        await OnAPhone("desk-offline-phone");
        await screen.Context.SetOfflineAsync(false);
        await club.Start();

        // The longer the line was away, the longer the pauses between two tries.
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct", new() { Timeout = 60_000 });
        screen.TakeComplaints();
    }

    private async Task OnAPhone(string state)
    {
        await Page.SetViewportSizeAsync(390, 844);
        await screen.Examine(state);
        await Page.SetViewportSizeAsync(1440, 900);
    }
}
