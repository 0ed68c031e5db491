using Microsoft.Playwright;
using SmartClub.Silo.Gateway.Access;

namespace SmartClub.Bench;

/// <summary>A browser that has never been at the club, at this machine or at the end of a slow line.</summary>
internal sealed class WebScreen : IAsyncDisposable
{
    // What developer tools call slow 3G, but for its latency of two seconds, which no line has any more.
    private const int SlowBitsPerSecond = 400_000;
    private const int SlowLatencyMilliseconds = 400;
    private const int Patience = 60_000;

    // The first frame on which the page can be used: its title is there, and no shape stands for anything else.
    private const string Watch =
        """
        const look = () => {
          const isHere = document.querySelector('main h1') !== null;
          if (isHere && document.querySelector('[class*=skeleton], [data-testid=coming]') === null) {
            window.usableAt ??= performance.now();
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
        """;

    private readonly IBrowserContext context;
    private readonly List<string> asked = [];

    private WebScreen(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>The addresses that were asked for, in their order.</summary>
    public IReadOnlyList<string> Asked => asked;

    public static Task<IBrowser> Launch(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = "/usr/bin/chromium",

        // Long lists are dragged by their scroll bars.
        IgnoreDefaultArgs = ["--hide-scrollbars"],
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });

    /// <summary>Opens a page with an empty cache and waits until it can be used; says how many ms that took.</summary>
    public static async Task<(WebScreen Screen, double Milliseconds)> Open(
        IBrowser browser, WebClub club, string path, bool isSlow = false, bool isSignedIn = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = club.Address.ToString(),
            Locale = "fr-FR",
            ViewportSize = new() { Width = 1440, Height = 900 },
        });
        context.SetDefaultTimeout(Patience);
        if (isSignedIn)
        {
            await context.AddCookiesAsync(
                [new() { Name = SignedIn.Cookie, Value = club.Session, Url = club.Address.ToString() }]);
        }

        await context.AddInitScriptAsync(Watch);
        var page = await context.NewPageAsync();
        var screen = new WebScreen(context, page);
        page.Request += (_, request) => screen.asked.Add(new Uri(request.Url).AbsolutePath);
        if (isSlow)
        {
            await SlowDown(context, page);
        }

        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => window.usableAt !== undefined");
        return (screen, await page.EvaluateAsync<double>("() => window.usableAt"));
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static async Task SlowDown(IBrowserContext context, IPage page)
    {
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = SlowLatencyMilliseconds,
            ["downloadThroughput"] = SlowBitsPerSecond / 8,
            ["uploadThroughput"] = SlowBitsPerSecond / 8,
        });
    }
}
