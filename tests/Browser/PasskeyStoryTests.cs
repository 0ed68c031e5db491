using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>A passkey is made in a browser, and opens the club without address, password or code.</summary>
public sealed class PasskeyStoryTests() : BrowserStory(host: "localhost")
{
    [Fact]
    public async Task Passkey_IsMade_OpensTheClub_AndIsTakenAway()
    {
        var devices = await Screen.Context.NewCDPSessionAsync(Page);
        await devices.SendAsync("WebAuthn.enable");
        var made = await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        var device = made!.Value.GetProperty("authenticatorId").GetString()!;

        await SignIn("/settings/account");
        await PasskeyIsAdded();
        await SignOut();
        await Screen.Examine("log-in-passkey");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Utiliser une clé d’accès" }).ClickAsync();
        await Expect(Page.GetByTestId("person")).ToBeVisibleAsync();
        await SignOut();

        // Somebody who does not show a finger has not signed in, and is not told that anything is wrong.
        await devices.SendAsync("WebAuthn.setUserVerified", new()
        {
            ["authenticatorId"] = device,
            ["isUserVerified"] = false,
        });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Utiliser une clé d’accès" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Utiliser une clé d’accès" })).ToBeEnabledAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Clock.MoveTo(Clock.GetUtcNow().AddSeconds(31));
        await SignIn("/settings/account");
        await PasskeyIsRemoved();
        Assert.Empty(Screen.TakeComplaints());
        Screen.SpokeToNobodyElse();
    }

    private async Task PasskeyIsAdded()
    {
        var part = Page.GetByTestId("passkeys");
        await Expect(part.GetByText("Aucune clé d’accès")).ToBeVisibleAsync();
        await part.GetByRole(AriaRole.Button, new() { Name = "Ajouter une clé d’accès" }).ClickAsync();
        await part.GetByLabel("Nom de la clé").FillAsync("Téléphone de Marie-Thérèse Ngalula wa Mulumba");
        await part.GetByLabel("Votre mot de passe").FillAsync("pas le bon");
        await part.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Expect(part.GetByText("Ce n’est pas le mot de passe")).ToBeVisibleAsync();
        Screen.TakeComplaints();
        await Screen.Examine("passkeys-adding");
        await part.GetByLabel("Votre mot de passe").FillAsync(Club.Login.Password);
        await part.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Expect(part.GetByText("Téléphone de Marie-Thérèse")).ToBeVisibleAsync();
        await Screen.Examine("passkeys");
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine("passkeys-phone");
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task PasskeyIsRemoved()
    {
        var part = Page.GetByTestId("passkeys");
        await part.GetByRole(AriaRole.Button, new() { Name = "Retirer la clé" }).ClickAsync();
        await part.GetByLabel("Votre mot de passe").FillAsync(Club.Login.Password);
        await part.GetByRole(AriaRole.Button, new() { Name = "Retirer", Exact = true }).ClickAsync();
        await Expect(part.GetByText("Aucune clé d’accès")).ToBeVisibleAsync();
    }

    private async Task SignOut()
    {
        await Page.GetByTestId("person").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Quitter" }).ClickAsync();
        await Expect(Page.GetByLabel("Adresse e-mail")).ToBeVisibleAsync();
        Screen.TakeComplaints();
    }
}
