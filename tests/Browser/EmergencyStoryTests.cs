using Microsoft.Playwright;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>A site is locked from the board and evacuated from a phone; its doors do as they are told.</summary>
public sealed class EmergencyStoryTests() : BrowserStory(Evening)
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 24, 17, 5, 0, TimeSpan.Zero);

    /// <summary>A door hears its orders with the next sign of life.</summary>
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };

    private ILocator Locked => Page.GetByTestId("locked");

    private ILocator Freshness => Page.GetByTestId("freshness");

    [Fact]
    public async Task Site_IsLockedFromTheBoard_AndEvacuatedFromAPhone()
    {
        await SignIn("/live");
        await Club.Found();
        Doors.Gather();
        await Doors.Pass(12, Clock.GetUtcNow().AddMinutes(1));
        await Page.ReloadAsync();
        await TheSiteIsLocked();
        await TheLockDownIsLifted();
        await EveryDoorOpens();
        Assert.Equal("", string.Join("\n", Screen.TakeComplaints()));
        await DoorsThatDoNotOpenSayWhy();
        await AWeakNetworkIsNeverCalledLive();
        Screen.SpokeToNobodyElse();
    }

    private async Task TheSiteIsLocked()
    {
        var start = Page.GetByRole(AriaRole.Button, new() { Name = "Verrouiller…" });
        await start.ClickAsync();
        var dialog = Page.GetByTestId("lock-down");
        var act = dialog.GetByRole(AriaRole.Button, new() { Name = "Verrouiller Gombe" });
        await Expect(act).ToBeDisabledAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Annuler" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await start.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Menace" }).ClickAsync();
        await Screen.HasNoFaults("lock-down");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, "lock-down.png") });
        await act.ClickAsync();
        await Expect(Locked.GetByText("Gombe est verrouillé.")).ToBeVisibleAsync(Soon);
        await Expect(Locked.GetByText("5 portes verrouillées sur 5")).ToBeVisibleAsync(Soon);
        Assert.Equal(DoorStand.Locked, Club.Gates[Reader.MainEntrance].Orders.Stand);
        await Screen.Examine("board-locked");
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine("board-locked-phone");
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task TheLockDownIsLifted()
    {
        await Locked.GetByRole(AriaRole.Button, new() { Name = "Déverrouiller…" }).ClickAsync();
        var dialog = Page.GetByTestId("lock-down");
        await dialog.GetByLabel("Motif", new() { Exact = true }).FillAsync("Tout est calme, vu sur place");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Déverrouiller Gombe" }).ClickAsync();
        await Expect(Locked).ToHaveCountAsync(0);
    }

    private async Task EveryDoorOpens()
    {
        await Page.SetViewportSizeAsync(390, 844);
        await Page.GotoAsync("/evacuation");
        await Expect(Freshness).ToHaveTextAsync("En direct");
        var hold = Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Évacuer") });
        await hold.FocusAsync();
        await Page.Keyboard.DownAsync("Enter");
        await Expect(Page.GetByText("Évacuation en cours")).ToBeVisibleAsync();
        await Page.Keyboard.UpAsync("Enter");
        await Expect(Page.GetByText("5 portes ouvertes sur 5")).ToBeVisibleAsync(Soon);
        await Expect(Page.GetByTestId("doors-left")).ToHaveCountAsync(0);
        foreach (var reader in Enum.GetValues<Reader>())
        {
            Assert.Equal(DoorStand.Open, Club.Gates[reader].Orders.Stand);
        }

        await Screen.Examine("evacuation-open");
        await Page.SetViewportSizeAsync(1440, 900);
        await Screen.Examine("evacuation-open-wide");
        await Page.SetViewportSizeAsync(390, 844);
    }

    // What doors answer is real elsewhere; here only how each answer reads.
    private async Task DoorsThatDoNotOpenSayWhy()
    {
        await Page.RouteAsync("**/emergency", async route =>
        {
            var answer = await route.FetchAsync();
            var body = System.Text.Json.Nodes.JsonNode.Parse(await answer.TextAsync())!;
            var gates = body["gates"]!.AsArray();
            void Say(int gate, string state, string? detail, bool isSilent)
            {
                gates[gate]!["state"] = state;
                gates[gate]!["detail"] = detail;
                gates[gate]!["isSilent"] = isSilent;
            }

            Say(0, "waiting", null, false);
            Say(1, "refused", "unknown_kind", false);
            Say(2, "waiting", null, true);
            Say(3, "overruled", null, false);
            await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
        });
        var left = Page.GetByTestId("doors-left").GetByRole(AriaRole.Listitem);
        await Expect(left).ToHaveCountAsync(4);
        await Expect(left.Nth(0)).ToContainTextAsync("elle ne connaît pas cet ordre");
        await Expect(left.Nth(1)).ToContainTextAsync("a reçu un autre ordre");
        await Expect(left.Nth(2)).ToContainTextAsync("est hors ligne, vue à");
        await Expect(left.Nth(3)).ToContainTextAsync("n’a pas encore répondu");
        await Expect(Page.GetByText("1 porte ouverte sur 5")).ToBeVisibleAsync();
        await Screen.Examine("evacuation-doors");
        await Page.UnrouteAllAsync();
    }

    private async Task AWeakNetworkIsNeverCalledLive()
    {
        await Expect(Freshness).ToHaveTextAsync("En direct");

        // Neither yes nor no: the question goes out and nothing comes back.
        await Page.RouteAsync("**/emergency", _ => Task.CompletedTask);
        await Expect(Freshness).ToContainTextAsync("Réseau faible", new() { Timeout = 20_000 });
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await Expect(Freshness).ToHaveTextAsync("En direct", new() { Timeout = 20_000 });
        await Page.Context.SetOfflineAsync(true);
        await Expect(Freshness).ToContainTextAsync("Réseau faible", new() { Timeout = 20_000 });
        await Expect(Freshness).ToContainTextAsync("il y a 10 s", new() { Timeout = 20_000 });
        await Expect(Page.GetByRole(AriaRole.Main).GetByText("En direct")).ToHaveCountAsync(0);
        await Screen.Examine("evacuation-weak");
        await Page.Context.SetOfflineAsync(false);
        await Expect(Freshness).ToHaveTextAsync("En direct", new() { Timeout = 20_000 });
        Screen.TakeComplaints();
    }
}
