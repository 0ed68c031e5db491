using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>A morning at the desk in one run: log in, find, create, badge, refuse, explain, let in, export.</summary>
public sealed class DeskStoryTests() : BrowserStory(Morning)
{
    private const string NewBadge = "04DE5C0FFEE0";
    private const string First = "Marie-Thérèse Ngalula";
    private const string Last = "Kapinga-Mutombo wa Mukendi-Tshimanga";
    private const int HandMilliseconds = 60;
    private static readonly DateTimeOffset Morning = new(2026, 11, 24, 8, 5, 0, TimeSpan.Zero);

    private ILocator Search => Page.GetByRole(AriaRole.Combobox, new() { Name = "Nom, téléphone ou code" });

    private ILocator Found => Page.GetByRole(AriaRole.Option);

    private ILocator Profile => Page.GetByTestId("profile");

    private ILocator Verdict => Page.GetByTestId("verdict");

    private ILocator Story => Page.GetByTestId("timeline");

    [Fact]
    public async Task Morning_AtTheDesk_IsDoneInOneRun()
    {
        await SignIn("/desk");
        await NobodyIsThereYet();
        await Club.Found();
        Doors.Gather();
        await Page.ReloadAsync();
        await SomebodyIsFound();
        await SomebodyNewIsRegistered();
        await TheirBadgeOpens();
        var refused = await SomebodyIsRefused();
        await TheRefusalIsExplained();
        await TheyAreLetIn();
        await TheyRenew(refused);
        await TheListIsTakenAway();
        var complaints = string.Join("\n", Screen.TakeComplaints());
        Assert.True(complaints.Length == 0, complaints);
        Screen.SpokeToNobodyElse();
    }

    private async Task NobodyIsThereYet()
    {
        await Expect(Page.GetByText("Qui est là ?")).ToBeVisibleAsync();
        await Expect(Search).ToBeFocusedAsync();
        await Screen.StoodStill("desk-empty");
        await Screen.Examine("desk-empty");
    }

    private async Task SomebodyIsFound()
    {
        var who = Doors.Crowd(1)[0];
        await Expect(Search).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(who.LastName.ToLowerInvariant()[..4]);
        await Expect(Found.First).ToBeVisibleAsync();
        await Screen.Examine("desk-searching");
        await Search.FillAsync(NameOf(who));
        await Expect(Found.First).ToContainTextAsync(NameOf(who));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Profile.GetByRole(AriaRole.Heading, new() { Name = NameOf(who) })).ToBeVisibleAsync();
        await Expect(Verdict).ToContainTextAsync("Peut entrer");
        await Screen.StoodStill("desk-found");
        await Screen.Examine("desk-found");
    }

    /// <summary>By keyboard alone, and well within a minute; somebody alike is shown before anything is made.</summary>
    private async Task SomebodyNewIsRegistered()
    {
        var known = Doors.Crowd(1)[0];
        var began = Stopwatch.GetTimestamp();
        await Search.FocusAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.TypeAsync("zoé introuvable");
        await Expect(Page.GetByText("Personne ne correspond")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByLabel("Prénom")).ToBeFocusedAsync();
        await Expect(Page.GetByLabel("Prénom")).ToHaveValueAsync("Zoé");
        await TypeNames(known.FirstName, known.LastName.ToUpperInvariant());
        await Expect(Page.GetByText("Ces personnes existent peut-être déjà")).ToBeVisibleAsync();
        await Screen.Examine("desk-alike");
        await Page.GetByLabel("Prénom").FocusAsync();
        await TypeNames(First, Last);
        await Page.Keyboard.PressAsync("Tab");

        // At the pace of a hand: what comes as fast as from a reader, with Enter behind it, is a badge.
        await Page.Keyboard.TypeAsync("+243 81 234 56 78", new() { Delay = HandMilliseconds });
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Profile.GetByRole(AriaRole.Heading, new() { Name = $"{First} {Last}" })).ToBeVisibleAsync();
        await Expect(Verdict).ToContainTextAsync("Aucun abonnement");
        await Screen.Examine("desk-registered");
        await Page.Keyboard.PressAsync("F2");
        await Expect(Verdict).ToContainTextAsync("Peut entrer");
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    private async Task TypeNames(string first, string last)
    {
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(first);
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(last);
    }

    private async Task TheirBadgeOpens()
    {
        await Page.Keyboard.PressAsync("F4");
        await Expect(Page.GetByTestId("badges")).ToBeVisibleAsync();
        await Page.GetByLabel("Passez le badge, ou tapez son numéro").FocusAsync();
        await Page.Keyboard.TypeAsync(NewBadge);
        await Page.Keyboard.PressAsync("Enter");
        var revoke = Page.GetByTestId("badges").GetByRole(AriaRole.Button, new() { Name = "Annuler le badge" });
        await Expect(revoke).ToBeVisibleAsync();
        var answer = await Doors.Show(NewBadge, "rfid", Reader.MainEntrance, Direction.In);
        Assert.Equal((GateDecision.Grant, "ok"), (answer.Decision, answer.Reason));

        // From any page the reader of the desk opens the person.
        await Page.GotoAsync("/members");
        await Expect(Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await DeskSteps.ReadBadge(Page, NewBadge);
        await Expect(Profile.GetByRole(AriaRole.Heading, new() { Name = First })).ToBeVisibleAsync();
        await Expect(Verdict).ToContainTextAsync("À l’intérieur");
        await Expect(Page).ToHaveURLAsync(new Regex("/desk/mbr_"));
        await Screen.Examine("desk-inside");
    }

    private async Task<MemberPlan> SomebodyIsRefused()
    {
        var who = Club.People.First(
            m => m.Standing == Standing.Expired && m.Credentials[0].Kind == "rfid" && m.Phone is not null);
        var answer = await Doors.Show(who, Reader.MainEntrance);
        Assert.Equal("expired", answer.Reason);
        await DeskSteps.ReadBadge(Page, who.Credentials[0].Value);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = NameOf(who) })).ToBeVisibleAsync();
        await Expect(Verdict).ToContainTextAsync("Accès refusé");
        await Expect(Verdict).ToContainTextAsync(new Regex("Abonnement expiré (depuis|le) "));
        await Expect(Verdict).ToContainTextAsync("Entrée principale");
        return who;
    }

    private async Task TheRefusalIsExplained()
    {
        var refusal = Story.Locator("ol > li").First;
        await Expect(refusal).ToContainTextAsync("Accès refusé, Entrée principale");
        await Expect(refusal).ToContainTextAsync("parce que");
        await Expect(refusal).ToContainTextAsync("Fin de l’abonnement");
        await Screen.StoodStill("desk-refused");
        await Screen.Examine("desk-refused");
        await OnAPhone("desk-refused-phone");
    }

    private async Task TheyAreLetIn()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Laisser entrer…" }).ClickAsync();
        var dialog = Page.GetByTestId("reason");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Laisser entrer", Exact = true }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Indiquez un motif.");
        await Screen.HasNoFaults("desk-admit");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "desk-admit-fr-light.png") });
        await dialog.GetByLabel("Motif").FillAsync("Règle à la sortie, vu avec Aline");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Verdict).ToContainTextAsync("À l’intérieur");
        await Expect(Story).ToContainTextAsync("Règle à la sortie, vu avec Aline");
        await Screen.Examine("desk-admitted");
    }

    private async Task TheyRenew(MemberPlan who)
    {
        var renew = Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Encaisser") });
        await Expect(renew).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("F2");
        await Expect(renew).ToHaveCountAsync(0);
        await Expect(Verdict).ToContainTextAsync("jusqu’au");
        await Expect(Story.Locator("ol > li").First).ToContainTextAsync("abonnement");
        await Doors.Show(who, Reader.CarParkExit, Direction.Out);
        Assert.Equal("ok", (await Doors.Show(who, Reader.MainEntrance)).Reason);
    }

    private async Task TheListIsTakenAway()
    {
        await Page.GotoAsync("/members");
        await Expect(Page.GetByText($"{Club.People.Count + 1} membres")).ToBeVisibleAsync();
        foreach (var (link, ending) in ((string, string)[])[("Texte (CSV)", ".csv"), ("Pour tableur (XLSX)", ".xlsx")])
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = "Exporter", Exact = true }).ClickAsync();
            var download = await Page.RunAndWaitForDownloadAsync(
                () => Page.GetByRole(AriaRole.Menuitem, new() { Name = link, Exact = true }).ClickAsync());
            Assert.EndsWith(ending, download.SuggestedFilename, StringComparison.Ordinal);
            if (ending == ".csv")
            {
                var lines = await File.ReadAllLinesAsync(await download.PathAsync());
                Assert.Equal(Club.People.Count + 2, lines.Length);
                Assert.Contains(lines, line => line.Contains(Last, StringComparison.Ordinal));
            }
        }
    }

    private async Task OnAPhone(string state)
    {
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine(state);
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private static string NameOf(MemberPlan who) => $"{who.FirstName} {who.LastName}";
}
