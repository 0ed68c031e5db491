using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>
/// What holds for every page of the staff, whichever it is: shapes before content and no jump in between, a failure
/// that says so and can be tried again, an honest word when the line is gone, everything by keyboard, long names, two
/// widths. The pages are those that the app itself lists.
/// </summary>
public sealed class EveryPageTests : ClubStory
{
    // What these show needs no answer of the club; all others have to show shapes until there is one.
    private static readonly string[] AskNothing =
        ["/desk", "/desk/new", "/settings/import", "/settings/visits"];

    private const string Coming = "[class*=skeleton], [data-testid=coming]";
    private const string Shift = "() => window.storyShifts.reduce((sum, { value }) => sum + value, 0)";
    // A refusal that waits comes above all else, and is not known before.
    private const double WithARefusal = 0.1;
    private const string Spinner = ".mantine-Loader-root";
    private const int Tries = 12;

    private IReadOnlyList<string> routes = [];

    private protected override async Task Prepare()
    {
        routes = AppRoutes.Pages(await LongNames.Fill(Club));
        await Screen.SignInAdmin(Club);
    }

    [Fact]
    public async Task EveryPage_ShowsShapesFirst_ThenItself_WithoutAJump_AtTwoWidths() =>
        await Each(async route =>
        {
            var (held, asked) = (new TaskCompletionSource(), 0);
            await Page.RouteAsync("**/api/**", async request =>
            {
                if (!request.Request.Url.EndsWith("/api/auth/session", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref asked);
                    await held.Task;
                }

                await request.ContinueAsync();
            });
            await Page.GotoAsync(route);
            if (!AskNothing.Contains(route))
            {
                await Expect(Page.Locator(Coming).First).ToBeVisibleAsync();
                await Expect(Page.Locator(Spinner)).ToHaveCountAsync(0);
                await Page.ScreenshotAsync(new() { Path = Picture(route, "coming") });
            }

            held.SetResult();
            await Settled();
            await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
            var moved = await Page.Ask<double>(Shift);
            Assert.True(moved < (route == "/live" ? WithARefusal : 0.05), $"The layout shifted by {moved}.");
            await Looked(route, "1440");
            await Page.SetViewportSizeAsync(390, 844);
            await Looked(route, "390");
            await Page.SetViewportSizeAsync(1440, 900);
        });

    [Fact]
    public async Task EveryPage_SaysWhatFailed_AndTriesAgain() => await Each(async route =>
    {
        if (AskNothing.Contains(route))
        {
            return;
        }

        await Page.RouteAsync(new Regex("/api/(?!auth/session|club$)"), request => request.Request.Method == "GET"
            ? request.FulfillAsync(new()
            {
                Status = 500,
                ContentType = "application/problem+json",
                Body = """{"status":500,"code":"internal_error","title":"","detail":""}""",
            })
            : request.ContinueAsync());
        await Page.GotoAsync(route);
        var again = Page.GetByRole(AriaRole.Button, new() { Name = "Réessayer" });
        await Expect(again.First).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Page.ScreenshotAsync(new() { Path = Picture(route, "failed") });
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
        for (var i = 0; i < Tries && await again.CountAsync() > 0; i++)
        {
            try
            {
                await again.First.ClickAsync(new() { Timeout = 2_000 });
            }
            catch (Exception fault) when (fault is PlaywrightException or TimeoutException)
            {
                // Some of it is asked again by itself, and the button may go while it is being pressed.
            }

            await Settled();
        }

        await Expect(again).ToHaveCountAsync(0);
        await Expect(Page.Locator("main h1").First).ToBeVisibleAsync();
    });

    [Fact]
    public async Task EveryPage_IsReachedAndLeftByKeyboard() => await Each(async route =>
    {
        await Page.GotoAsync(route);
        await Settled();
        var count = await Page.Ask<int>(KeyboardWalk.Mark);
        for (var i = 0; i < count + (count / 4) + 8; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
        }

        var missed = await Page.Ask<string[]>(KeyboardWalk.Missed);
        Assert.True(missed.Length == 0, $"{route}: {string.Join("\n", missed)}");
    });

    [Fact]
    public async Task EveryPage_SaysThatTheLineIsGone_AndKeepsWhatItKnows()
    {
        await Page.GotoAsync("/live");
        await Each(async route =>
        {
            // The page before stays until the file of this one is there; one file serves all of the desk or settings.
            var before = await Page.TitleAsync();
            var isSameFile = Part(route) is "desk" or "settings" && Part(new Uri(Page.Url).AbsolutePath) == Part(route);
            await Move(route);
            if (!isSameFile && route != "/live")
            {
                await Page.WaitForFunctionAsync("(before) => document.title !== before", before);
            }

            await Settled();
        });
        await Screen.Context.SetOfflineAsync(true);
        await Club.Silo.DisposeAsync();
        await Each(async route =>
        {
            await Move(route);
            await Expect(Page.Locator("main h1").First).ToBeVisibleAsync();
            await Expect(Page.GetByText(new Regex("Hors ligne|Connexion perdue|Réseau faible")).First)
                .ToBeVisibleAsync();
            await Expect(Page.Locator(Coming)).ToHaveCountAsync(0);
            await Page.ScreenshotAsync(new() { Path = Picture(route, "offline") });
        });
        await Club.Restart();
    }

    [Fact]
    public void EveryRootBesideTheStaff_HasAStoryOfItsOwn() =>
        // The members' app at /app is another page altogether; its story is MemberStoryTests.
        Assert.Equal(["/invitation"], AppRoutes.Roots());

    // All pages are looked at before the test says which of them failed.
    private async Task Each(Func<string, Task> look)
    {
        var faults = new List<string>();
        foreach (var route in routes)
        {
            try
            {
                await look(route);
            }
            catch (Exception fault) when (fault is PlaywrightException or Xunit.Sdk.XunitException or TimeoutException)
            {
                faults.Add($"{route}: {fault.Message}");
                await Page.ScreenshotAsync(new() { Path = Picture(route, "fault") });
                await Page.UnrouteAllAsync();
                await Page.SetViewportSizeAsync(1440, 900);
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private Task Move(string route) => Page.Ask(
        "(to) => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }", route);

    private static string Part(string path) => path.Split('/')[1];

    private async Task Settled()
    {
        await Expect(Page.Locator("main h1").First).ToBeVisibleAsync();
        await Expect(Page.Locator(Coming)).ToHaveCountAsync(0);
    }

    private async Task Looked(string route, string width)
    {
        await Screen.HasNoFaults($"{route} at {width}");
        var spilt = await Page.Ask<string[]>(LongNames.Spilt);
        Assert.True(spilt.Length == 0, $"{route} at {width}, text outside its place: {string.Join(" | ", spilt)}");
        await Page.ScreenshotAsync(new() { Path = Picture(route, width), FullPage = true });
    }

    private static string Picture(string route, string state) =>
        Path.Combine(
            Tree.Pictures, $"every{Regex.Replace(route, "mbr_[0-9a-z]+", "id").Replace('/', '-')}-{state}.png");
}
