using System.Text.Json;
using Microsoft.Playwright;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>A member's phone from the first sign-in to a cellar without a network, in a real browser.</summary>
public sealed class MemberStoryTests : ClubStory
{
    private const string LastName = "Ngalula Kapinga-Mutombo";
    private Place place = null!;
    private string address = "";

    private ILocator Title => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private ILocator Code => Page.Locator("svg[data-pass]");

    private protected override Task Prepare() => Page.SetViewportSizeAsync(390, 844);

    [Fact]
    public async Task Member_SignsIn_ShowsPasses_AndGetsInWithoutANetwork()
    {
        await AMemberJoins();
        await SignInByCode();
        await ThePassOpensTheDoorOnce();
        await TheKeyCannotBeTaken();
        await TheOtherPages();
        await InACellar();
        await ALostKeyIsMadeAnew();
        await SignOut();
        Screen.SpokeToNobodyElse();
    }

    private async Task AMemberJoins()
    {
        place = await Club.Place();
        address = $"ruth{Club.Number()}@example.org";
        var made = (await Club.Admin.Post(
            "/api/members", new { firstName = "Marie-Thérèse", lastName = LastName, email = address })).Ok();
        await Club.Membership(made["id"], place.Plan, Club.Clock.Day(-1));
        var every = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
        (await Club.Admin.Post($"/api/sites/{place.Site}/hours", new
        {
            week = new[] { new { days = every, from = "00:00", to = "24:00" } },
            days = new[] { new { day = Club.Clock.Day(9), name = "Inventaire et travaux de peinture" } },
        })).Ok();
    }

    private async Task SignInByCode()
    {
        await Page.GotoAsync("/app");
        await Expect(Title).ToHaveTextAsync("Votre pass du club");
        await Examine("member-sign-in", Title);
        await Page.GetByLabel("Adresse e-mail").FillAsync("ruth");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("Cette adresse semble incomplète.")).ToBeVisibleAsync();
        await Page.GetByLabel("Adresse e-mail").FillAsync(address);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByLabel("Code à six chiffres")).ToBeFocusedAsync();
        var mail = await NextMail();
        await Page.Keyboard.TypeAsync("000000");
        await Expect(Page.GetByText("Ce code n’est pas le bon")).ToBeVisibleAsync();
        await Picture("member-code-wrong");
        await Page.GetByLabel("Code à six chiffres").FillAsync("");
        await Page.GetByLabel("Code à six chiffres").FillAsync(MemberPhone.Code(mail));
        await Expect(Code).ToBeVisibleAsync();
        await Expect(Page.GetByText("Marie-Thérèse " + LastName)).ToBeVisibleAsync();
        await Expect(Page.GetByText("Ouvert 24 h sur 24")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Inventaire et travaux de peinture")).ToBeVisibleAsync();
        Screen.TakeComplaints();
        await Examine("member-pass", Code);
    }

    private async Task ThePassOpensTheDoorOnce()
    {
        var pass = await Shown();
        Assert.Equal("ok", (await place.Gate.Scan(pass, kind: "qr")).Ok()["reason"]);
        Assert.Equal("pass_used", (await place.Gate.Scan(pass, kind: "qr")).Ok()["reason"]);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Toucher pour un nouveau code" }).ClickAsync();
        await Expect(Code).Not.ToHaveAttributeAsync("data-pass", pass);
        Assert.Equal("ok", (await place.Gate.Scan(await Shown(), kind: "qr")).Ok()["reason"]);
    }

    private async Task TheKeyCannotBeTaken()
    {
        var taken = await Page.Ask<string>(
            """
            async () => {
              const open = indexedDB.open('smartclub');
              const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
              const asked = database.transaction('pass-keys').objectStore('pass-keys').get('this-phone');
              const key = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
              database.close();
              try {
                await crypto.subtle.exportKey('jwk', key.privateKey);
                return 'taken';
              } catch (refused) {
                return `${key.privateKey.extractable} ${refused.name}`;
              }
            }
            """);
        Assert.Equal("false InvalidAccessError", taken);
    }

    private async Task TheOtherPages()
    {
        await Tab("Visites");
        await Expect(Page.GetByText("Musculation").First).ToBeVisibleAsync();
        await Examine("member-visits", Page.GetByText("Musculation").First);
        await Tab("Moi");
        await Expect(Page.GetByText(address)).ToBeVisibleAsync();
        await Examine("member-me", Page.GetByText(address));
        await Tab("Pass");
    }

    private async Task InACellar()
    {
        await Page.Ask("() => navigator.serviceWorker.ready");
        await Page.ReloadAsync();
        await Expect(Code).ToBeVisibleAsync();
        await Screen.Context.SetOfflineAsync(true);
        await Page.ReloadAsync();
        await Expect(Code).ToBeVisibleAsync();
        var opened = await Page.Ask<double>(
            "() => performance.getEntriesByName('pass-shown')[0]?.startTime ?? performance.now()");
        Assert.True(opened < 1_000, $"Without a network the pass was there after {opened} ms.");
        await Expect(Page.GetByText("Hors ligne.")).ToBeVisibleAsync();
        await Examine("member-offline", Code, reloads: false);
        Assert.Equal("ok", (await place.Gate.Scan(await Shown(), kind: "qr")).Ok()["reason"]);
        await Tab("Visites");
        await Expect(Page.GetByText("Musculation").First).ToBeVisibleAsync();
        await Tab("Pass");
        await Screen.Context.SetOfflineAsync(false);
        await Expect(Page.GetByText("Hors ligne.")).ToHaveCountAsync(0);
        Screen.TakeComplaints();
    }

    private async Task ALostKeyIsMadeAnew()
    {
        var before = await Shown();
        await Page.Ask(
            "() => new Promise((done) => { indexedDB.deleteDatabase('smartclub').onsuccess = done; })");
        await Page.ReloadAsync();
        await Expect(Code).ToBeVisibleAsync();
        var key = KeyOf(await Shown());
        Assert.NotEqual(KeyOf(before), key);

        // The third phone has to take the place of another.
        await Page.Ask(
            "() => new Promise((done) => { indexedDB.deleteDatabase('smartclub').onsuccess = done; })");
        await Page.ReloadAsync();
        await Expect(Page.GetByText("Deux téléphones ont déjà votre pass")).ToBeVisibleAsync();
        await Picture("member-two-phones");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Retirer" }).First.ClickAsync();
        await Expect(Code).ToBeVisibleAsync();
        Assert.Equal("ok", (await place.Gate.Scan(await Shown(), kind: "qr")).Ok()["reason"]);
    }

    private async Task SignOut()
    {
        await Tab("Moi");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Oui, me déconnecter" }).ClickAsync();
        await Expect(Title).ToHaveTextAsync("Votre pass du club");
        await Page.ReloadAsync();
        await Expect(Title).ToHaveTextAsync("Votre pass du club");
    }

    private async Task<string> Shown() => (await Code.GetAttributeAsync("data-pass"))!;

    private static string KeyOf(string pass)
    {
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(pass.Split('.')[1]);
        return JsonDocument.Parse(payload).RootElement.GetProperty("k").GetString()!;
    }

    private Task Tab(string name) =>
        Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

    private Task<Reply> NextMail()
    {
        return Arrived().Happens("the mail arrives");

        async Task<Reply> Arrived()
        {
            while (true)
            {
                if (await Club.Mails(address) is [var last, ..])
                {
                    return (await Club.Admin.Get($"/api/outbox/{last}")).Ok();
                }
            }
        }
    }

    private async Task Examine(string state, ILocator shown, bool reloads = true)
    {
        string[] languages = reloads ? ["en", "fr"] : ["fr"];
        foreach (var language in languages)
        {
            if (reloads)
            {
                await Page.Ask("(l) => localStorage.setItem('smartclub.member.language', l)", language);
                await Page.ReloadAsync();
                await Expect(shown).ToBeVisibleAsync();
            }

            foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await Page.EmulateMediaAsync(new() { ColorScheme = theme });
                await Picture($"{state}-{language}-{theme.ToString().ToLowerInvariant()}");
                await Screen.HasNoFaults($"{state} {language} {theme}");
            }
        }
    }

    private async Task Picture(string name)
    {
        await Screen.ComesToRest();
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, $"{name}.png"), FullPage = true });
    }
}
