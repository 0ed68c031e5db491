using Microsoft.Playwright;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>It is over, but one door stays open and another is away: both are seen until they are back.</summary>
public sealed class DoorReturnStoryTests : ClubStory
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };

    private ILocator Left => Page.GetByTestId("doors-not-back");

    private ILocator Gates => Page.GetByTestId("gates").GetByRole(AriaRole.Listitem);

    private protected override Task Prepare() => Screen.SignInAdmin(Club);

    [Fact]
    public async Task DoorsThatAreNotBack_AreShown_UntilTheyAre()
    {
        var place = await Club.Place();
        var open = await Club.Gate(place.Site, place.Zone);
        var away = await Club.Gate(place.Site, place.Zone);
        GateDevice[] doors = [place.Gate, open, away];
        await Tell(place.Site, "evacuation");
        foreach (var door in doors)
        {
            await Obeys(door, "open");
        }

        await Page.SetViewportSizeAsync(390, 844);
        await Page.GotoAsync("/evacuation");
        await Expect(Page.GetByText("3 portes ouvertes sur 3")).ToBeVisibleAsync(Soon);
        await Tell(place.Site, "evacuation/end");
        await Obeys(place.Gate, "closed");
        await Expect(Left.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(Left).ToContainTextAsync("n’a pas encore répondu");

        for (var i = 0; i < 4; i++)
        {
            Club.Clock.MoveTo(Club.Clock.GetUtcNow().AddSeconds(30));
            (await place.Gate.Beat()).Ok();
            (await open.Beat("open")).Ok();
        }

        await Expect(Left).ToContainTextAsync("est hors ligne", new() { Timeout = 20_000 });
        await Screen.Examine("doors-not-back-phone");
        await Page.SetViewportSizeAsync(1440, 900);
        await Screen.Examine("doors-not-back");
        await TheBoardShowsThem();
        await Obeys(open, "closed");
        await Obeys(away, "closed");
        await Expect(Gates.GetByText("en ligne")).ToHaveCountAsync(3, new() { Timeout = 20_000 });
        await Expect(Page.GetByText("Porte à vérifier")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await Page.GotoAsync("/evacuation");
        await Expect(Page.GetByTestId("freshness")).ToHaveTextAsync("En direct");
        await Expect(Left).ToHaveCountAsync(0);
        Assert.Equal("", string.Join("\n", Screen.TakeComplaints()));
        Screen.SpokeToNobodyElse();
    }

    private async Task TheBoardShowsThem()
    {
        await Page.GotoAsync("/live");
        await Expect(Gates.GetByText("encore ouverte")).ToBeVisibleAsync(Soon);
        await Expect(Gates.Filter(new() { HasText = "ne répond plus" })).ToContainTextAsync("retour non confirmé");
        await Expect(Page.GetByText("Porte à vérifier")).ToHaveCountAsync(2, new() { Timeout = 20_000 });
        await Screen.Examine("live-doors-not-back");
        await Page.SetViewportSizeAsync(390, 844);
        await Screen.Examine("live-doors-not-back-phone");
        await Page.SetViewportSizeAsync(1440, 900);
    }

    private async Task Tell(string site, string what) =>
        Assert.Equal(204, (await Club.Admin.Post($"/api/sites/{site}/{what}", new { reason = "Exercice" })).Status);

    // The order is there once the silo has written it; the door hears it with its next sign of life.
    private async Task Obeys(GateDevice door, string stands)
    {
        await Club.Silo.Commits.Settled().Happens("the doors are told");
        var orders = (await door.Beat(stands == "open" ? "closed" : "open")).Ok().Body.GetProperty("commands");
        var order = Assert.Single(orders.EnumerateArray()).GetProperty("id").GetString()!;
        (await door.Answer(order, true)).Ok();
        (await door.Beat(stands)).Ok();
    }
}
