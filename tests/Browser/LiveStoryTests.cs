using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartClub.Devices.Club;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>An evening at the desk, from the first log-in to a lost line, in a real browser.</summary>
public sealed class LiveStoryTests() : BrowserStory(Afternoon)
{
    private static readonly DateTimeOffset Afternoon = new(2026, 11, 24, 15, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Evening = new(2026, 11, 24, 17, 5, 0, TimeSpan.Zero);

    private ILocator Feed => Page.GetByTestId("feed").Locator("li[data-kind]");

    private ILocator Cards => Page.GetByTestId("refusals").Locator("li");

    [Fact]
    public async Task Evening_AtTheDesk_ShowsEveryDecisionAndStaysCalm()
    {
        await SignInByKeyboard();
        await AnEmptyClub();
        await TheClubFills();
        await DecisionsAppear();
        await RefusalsAreHandled();
        await OnAPhone();
        await ARushStaysCalm();
        await ALostLineLosesNothing();

        Assert.Empty(Screen.TakeComplaints());
        Screen.SpokeToNobodyElse();
    }

    private async Task SignInByKeyboard()
    {
        await Page.GotoAsync("/");
        await Expect(Page.GetByLabel("Adresse e-mail")).ToBeFocusedAsync();
        await Expect(Page.GetByText(StoryClub.Name)).ToBeVisibleAsync();
        await Screen.StoodStill("log-in");
        await Screen.Examine("log-in");
        await Page.GetByLabel("Adresse e-mail").FocusAsync();
        await Page.Keyboard.TypeAsync(Club.Login.Email);
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync(Club.Login.Password);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByLabel("Code à six chiffres")).ToBeFocusedAsync();
        await Screen.Examine("code");

        // Nobody is signed in yet, and the password alone is not enough: the browser itself writes down both answers.
        Assert.Collection(
            Screen.TakeComplaints(),
            said => Assert.Matches("401.*/api/auth/session", said),
            said => Assert.Matches("401.*/api/auth/login", said));
        await Page.GetByLabel("Code à six chiffres").FocusAsync();
        await Page.Keyboard.TypeAsync(Club.Code);
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct");
    }

    private async Task AnEmptyClub()
    {
        await Page.ReloadAsync();
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct");
        await Expect(Page.GetByText("Personne n’est encore passé")).ToBeVisibleAsync();
        await Screen.StoodStill("empty");
        await Screen.Examine("empty");
    }

    private async Task TheClubFills()
    {
        await Club.Found();
        await Expect(Page.GetByTestId("gates").GetByText("Sortie parking")).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("zones").GetByText("Musculation")).ToBeVisibleAsync();
        Doors.Gather();
        await Doors.Pass(62, Evening);

        // The club's hour has leapt ahead of what the page was told when it was opened.
        await Page.ReloadAsync();
        await Expect(Feed.First).ToBeVisibleAsync();
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct");
    }

    private async Task DecisionsAppear()
    {
        var cardio = Page.GetByTestId("zones").Locator("li", new() { HasText = "Cardio" }).Locator("strong");
        var before = int.Parse(await cardio.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

        var (who, entered) = await Doors.Enter(Reader.SecondTurnstile);
        var row = Row(entered);
        await Expect(row).ToContainTextAsync(NameOf(who), new() { Timeout = 2_000 });
        await Expect(row).ToContainTextAsync("Portillon 2");
        await Expect(row).ToContainTextAsync("Entrée");
        await Expect(row.Locator("time")).ToHaveTextAsync("à l’instant");
        Assert.Equal(entered.Position, await NewestPosition());
        await Expect(cardio).ToHaveTextAsync($"{before + 1}");

        var (leaver, left) = await Doors.Leave(Place.Cardio, Reader.SecondTurnstile);
        await Expect(Row(left)).ToContainTextAsync(NameOf(leaver));
        await Expect(Row(left)).ToContainTextAsync("Sortie");
        await Expect(cardio).ToHaveTextAsync($"{before}");

        await Doors.Show("04FFFFFFFF", "rfid", Reader.MainEntrance, Direction.In);
        await Expect(Feed.First).ToContainTextAsync("Badge inconnu");
        await Expect(Feed.First).ToContainTextAsync("Entrée principale");
        await Button("C’est réglé : Badge inconnu").ClickAsync();
        await Expect(Cards).ToHaveCountAsync(0);
    }

    private async Task RefusalsAreHandled()
    {
        var expired = Doors.Someone(Standing.Expired);
        var unpaid = Doors.Someone(Standing.Unpaid);
        Clock.MoveTo(Clock.GetUtcNow().AddSeconds(20));
        await Doors.Leave(Place.Weights, Reader.CarParkExit);
        await Doors.Enter(Reader.MainEntrance);
        Assert.Equal("payment_overdue", (await Doors.Show(unpaid, Reader.MainEntrance)).Reason);
        await Doors.Enter(Reader.PoolDoor);
        var refused = await Doors.Show(expired, Reader.StudioDoor);
        Assert.Equal("expired", refused.Reason);
        var card = Cards.Filter(new() { HasText = NameOf(expired) });
        await Expect(card).ToContainTextAsync(new Regex(@"Abonnement expiré (depuis|le) .*Studio 1, 18\sh\s0\d"));
        await Expect(Row(refused)).ToContainTextAsync("Abonnement expiré");
        await Expect(Page).ToHaveTitleAsync("(2) En direct · SmartClub");

        // What was refused a moment ago is on the desk again after a reload, and nothing jumps.
        await Page.ReloadAsync();
        await Expect(Cards).ToHaveCountAsync(2);
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct");
        await Screen.StoodStill("live");

        await TabTo("C’est réglé : " + NameOf(expired));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(card).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Réglé : " + NameOf(expired))).ToBeVisibleAsync();
        await Expect(Button("C’est réglé : " + NameOf(unpaid))).ToBeFocusedAsync();
        await Button("Annuler").ClickAsync();
        await Expect(card).ToHaveCountAsync(1);
        await Screen.Examine("live");
    }

    private async Task OnAPhone()
    {
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine("phone");
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task ARushStaysCalm()
    {
        await Page.Ask(
            """
            () => {
              const changes = [];
              const list = document.querySelector('[data-testid=feed] ol');
              new MutationObserver(() => changes.push(performance.now())).observe(list, { childList: true });
              window.storyChanges = changes;
            }
            """);
        var last = await Rush();
        await Expect(Row(last)).ToHaveCountAsync(1);
        var changes = await Page.Ask<double[]>("() => window.storyChanges");
        Assert.True(changes.Length >= 10, $"The list changed only {changes.Length} times in five seconds.");
        var busiest = changes.Max(from => changes.Count(at => at >= from && at < from + 950));
        Assert.True(busiest <= 4, $"The list changed {busiest} times within a second.");
        Assert.InRange(await Feed.CountAsync(), 100, 300);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "rush-fr-light.png") });
    }

    /// <summary>Fifty people a second, for five seconds, come in and go out through two doors.</summary>
    private async Task<AccessAnswer> Rush()
    {
        var crowd = Doors.Crowd(25);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var scans = new List<Task<AccessAnswer>>();
        for (var i = 0; i < 250; i++)
        {
            await pace.WaitForNextTickAsync();
            var direction = i / crowd.Count % 2 == 0 ? Direction.Out : Direction.In;
            scans.Add(Doors.Show(crowd[i % crowd.Count], Reader.SecondTurnstile, direction));
        }

        return (await Task.WhenAll(scans)).MaxBy(a => a.Position)!;
    }

    private async Task ALostLineLosesNothing()
    {
        Assert.Empty(Screen.TakeComplaints());
        await Screen.Context.SetOfflineAsync(true);
        await Club.Stop();
        await Expect(Page.GetByTestId("connection")).ToContainTextAsync("Hors ligne depuis 18 h 0");
        await Expect(Page.GetByText("Connexion perdue.")).ToBeVisibleAsync();
        await Club.Start();

        // More than one message of the line may hold.
        var crowd = Doors.Crowd(30);
        foreach (var direction in (Direction[])[Direction.Out, Direction.In])
        {
            await Task.WhenAll(crowd.Select(m => Doors.Show(m, Reader.SecondTurnstile, direction)));
        }

        var after = await Doors.Show(Doors.Someone(Standing.NotStarted), Reader.MainEntrance);
        await Expect(Row(after)).ToHaveCountAsync(0);
        await Screen.Examine("offline");
        await Screen.Context.SetOfflineAsync(false);
        await Expect(Page.GetByTestId("connection")).ToHaveTextAsync("En direct");
        await Expect(Row(after)).ToBeVisibleAsync();
        var known = (await Club.Live()).GetProperty("decisions").EnumerateArray()
            .Select(d => d.GetProperty("position")).Where(p => p.ValueKind == JsonValueKind.Number)
            .Select(p => p.GetInt64()).ToList();
        var shown = await Positions();
        Assert.Equal(known, shown.Take(known.Count));

        // While the line was cut the browser wrote down every try; that is its way, and no fault.
        Screen.TakeComplaints();
    }

    private async Task TabTo(string button)
    {
        var visited = new List<string>();
        while (visited.Count < 24)
        {
            await Page.Keyboard.PressAsync("Tab");
            visited.Add(await Page.Ask<string>(
                "() => { const { ariaLabel, textContent } = document.activeElement;"
                + " return (ariaLabel ?? textContent).replaceAll(/\\s/g, ' '); }"));
            if (visited[^1] == button)
            {
                Assert.Equal("Aller au contenu", visited[0]);
                return;
            }
        }

        Assert.Fail($"The keyboard does not reach '{button}', only: {string.Join(", ", visited)}.");
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    private ILocator Row(AccessAnswer answer) =>
        Page.GetByTestId("feed").Locator($"li[data-position='{answer.Position}']");

    private async Task<long[]> Positions() => await Page.Ask<long[]>(
        "() => [...document.querySelectorAll('[data-testid=feed] li[data-position]')].map((r) => +r.dataset.position)");

    private async Task<long> NewestPosition() => (await Positions())[0];

    private static string NameOf(MemberPlan who) => $"{who.FirstName} {who.LastName}";
}
