using Microsoft.Playwright;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>Somebody comes for a day, somebody else with a member: the desk hands over what opens the door.</summary>
public sealed class VisitorStoryTests() : BrowserStory(Noon)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 11, 10, 0, TimeSpan.Zero);

    private ILocator Visitors => Page.GetByTestId("visitors");

    private ILocator Form => Page.GetByTestId("new-visitor");

    private ILocator Pass => Page.GetByTestId("visitor-pass");

    [Fact]
    public async Task Visitors_GetTheirPass_AndAreSeenAtTheDesk()
    {
        await SignIn("/desk");
        await Club.Found();
        Doors.Gather();
        await Page.ReloadAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Visiteurs du jour" }).ClickAsync();
        await Expect(Visitors.GetByText("Aucun visiteur aujourd’hui")).ToBeVisibleAsync();
        await Screen.Examine("visitors-none");
        await SomebodyBuysADay();
        var host = await AGuestComesWithTheirHost();
        await EverybodyIsListed(host);
        await ALostSlipIsReplaced();
        Assert.Equal("", string.Join("\n", Screen.TakeComplaints()));
        Screen.SpokeToNobodyElse();
    }

    private async Task SomebodyBuysADay()
    {
        await Visitors.GetByRole(AriaRole.Link, new() { Name = "Nouveau visiteur" }).ClickAsync();
        await Form.GetByRole(AriaRole.Button, new() { Name = "Encaisser" }).ClickAsync();
        await Expect(Form.GetByText("Indiquez ce nom.").First).ToBeVisibleAsync();
        await Screen.Examine("visitor-new");
        await Fill("Marie-Thérèse", "Ngalula Kapinga-Mutombo");
        await Form.GetByRole(AriaRole.Button, new() { Name = "Encaisser" }).ClickAsync();
        var code = await TheCode();
        await Screen.Examine("visitor-pass");
        await OnAPhone("visitor-pass-phone");
        Assert.Equal("grant", Word(await Doors.Show(code, "qr", Reader.MainEntrance, Direction.In)));
        await Pass.GetByRole(AriaRole.Button, new() { Name = "C’est fait" }).ClickAsync();
        await Expect(Visitors.GetByText("à l’intérieur depuis")).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    private async Task<MemberPlan> AGuestComesWithTheirHost()
    {
        var (host, _) = await Doors.Enter(Reader.MainEntrance);
        await DeskSteps.ReadBadge(Page, host.Credentials[0].Value);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = $"{host.FirstName} {host.LastName}" }))
            .ToBeVisibleAsync();
        await Screen.Examine("desk-host");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Inviter quelqu’un…" }).ClickAsync();
        await Expect(Form.GetByText($"Valable tant que {host.FirstName} {host.LastName}")).ToBeVisibleAsync();

        // Another host can be found by name, as long as they are inside.
        await Form.GetByRole(AriaRole.Button, new() { Name = "Sans membre" }).ClickAsync();
        await Form.GetByLabel("Avec un membre").FillAsync("personne de ce nom");
        await Expect(Form.GetByText("Aucun membre de ce nom n’est à l’intérieur.")).ToBeVisibleAsync();
        await Form.GetByLabel("Avec un membre").FillAsync(host.LastName);
        await Form.GetByRole(AriaRole.List, new() { Name = "Membres à l’intérieur" })
            .GetByRole(AriaRole.Button).First.ClickAsync();
        await Fill("Dieudonné", "Mbuyamba wa Mukendi-Tshimanga");
        await Screen.Examine("visitor-guest");
        await OnAPhone("visitor-guest-phone");
        await Form.GetByRole(AriaRole.Button, new() { Name = "Encaisser" }).ClickAsync();
        var code = await TheCode();
        await Expect(Pass.GetByText($"{host.FirstName} {host.LastName}")).ToBeVisibleAsync();
        Assert.Equal("grant", Word(await Doors.Show(code, "qr", Reader.MainEntrance, Direction.In)));
        await Pass.GetByRole(AriaRole.Button, new() { Name = "C’est fait" }).ClickAsync();
        return host;
    }

    private async Task EverybodyIsListed(MemberPlan host)
    {
        await Expect(Visitors.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(Visitors.GetByText($"avec {host.FirstName} {host.LastName}")).ToBeVisibleAsync();
        await Expect(Visitors.GetByText("2 à l’intérieur")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Page.ReloadAsync();
        await Expect(Visitors.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Screen.StoodStill("visitors");
        await Screen.Examine("visitors");
        await OnAPhone("visitors-phone");
    }

    private async Task ALostSlipIsReplaced()
    {
        await Visitors.GetByRole(AriaRole.Link, new() { Name = "Dieudonné" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Nouveau code…" }).ClickAsync();
        var code = await TheCode();
        await Screen.HasNoFaults("visitor-code");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "visitor-code.png") });
        Assert.Equal("grant", Word(await Doors.Show(code, "qr", Reader.MainEntrance, Direction.Out)));
    }

    private async Task Fill(string firstName, string lastName)
    {
        await Form.GetByLabel("Prénom").FillAsync(firstName);
        await Form.GetByLabel("Nom", new() { Exact = true }).FillAsync(lastName);
    }

    private async Task<string> TheCode()
    {
        var code = Pass.Locator("[data-code]");
        await Expect(code).ToBeVisibleAsync();
        return (await code.GetAttributeAsync("data-code"))!;
    }

    private async Task OnAPhone(string state)
    {
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine(state);
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private static string Word(AccessAnswer answer) =>
        answer.Decision == GateDecision.Grant ? "grant" : answer.Reason;
}
