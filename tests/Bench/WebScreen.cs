using System.Text.Json;
using Microsoft.Playwright;

namespace SmartClub.Bench;

/// <summary>How the page comes to the desk.</summary>
/// <param name="Name">What the line is called.</param>
/// <param name="KilobitsPerSecond">Both ways; null: as fast as the machine.</param>
/// <param name="LatencyMilliseconds">To the club and back.</param>
/// <param name="Slowdown">How many times slower the machine is than this one.</param>
internal sealed record WebLine(string Name, int? KilobitsPerSecond, int LatencyMilliseconds, int Slowdown)
{
    /// <summary>As it is.</summary>
    public static readonly WebLine Here = new("here", null, 0, 1);

    /// <summary>What developer tools call slow 3G, and a phone of the cheaper kind.</summary>
    public static readonly WebLine Slow = new("slow 3G", 400, 400, 4);
}

/// <summary>What opening a page took.</summary>
internal sealed record Opened(double UsableMilliseconds, IReadOnlyList<string> Scripts);

/// <summary>A browser with an empty cache of its own; once opened, a page is opened again with what was kept.</summary>
internal sealed class WebScreen : IAsyncDisposable
{
    // The moment of the first frame on which the page can be used: what it is for is there, and nothing stands for
    // something else.
    private const string Watch =
        """
        (ready) => {
          const look = () => {
            const coming = [...document.querySelectorAll('[class*=skeleton], [data-testid=coming]')];
            if (document.querySelector(ready) && coming.length === 0) {
              window.usableAt ??= performance.now();
            } else {
              requestAnimationFrame(look);
            }
          };
          requestAnimationFrame(look);
        }
        """;

    private const string Fetched =
        "() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)"
        + ".filter((path) => path.endsWith('.js'))";

    private readonly IBrowserContext context;
    private readonly string ready;

    private WebScreen(IBrowserContext context, IPage page, string ready)
    {
        this.context = context;
        Page = page;
        this.ready = ready;
    }

    public IPage Page { get; }

    public static async Task<IBrowser> Launch(IPlaywright playwright) => await playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = "/usr/bin/chromium",
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });

    /// <summary>A browser that has never been here; signed in, unless it is for who is not.</summary>
    /// <param name="browser">The program.</param>
    /// <param name="club">Where.</param>
    /// <param name="line">How.</param>
    /// <param name="ready">What has to be on the page before it is of use.</param>
    /// <param name="isSignedIn">Whether the administrator is.</param>
    public static async Task<WebScreen> Open(
        IBrowser browser, WebClub club, WebLine line, string ready, bool isSignedIn = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = club.Address.ToString(),
            Locale = "fr-FR",
            ViewportSize = new() { Width = 1440, Height = 900 },
        });
        context.SetDefaultTimeout(120_000);
        if (isSignedIn)
        {
            await context.AddCookiesAsync(
                [new() { Name = club.Cookie.Name, Value = club.Cookie.Value, Url = club.Address.ToString() }]);
        }

        await context.AddInitScriptAsync($"({Watch})({JsonSerializer.Serialize(ready)})");
        var page = await context.NewPageAsync();
        var session = await context.NewCDPSessionAsync(page);
        if (line.KilobitsPerSecond is { } speed)
        {
            await session.SendAsync("Network.enable");
            await session.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
            {
                ["offline"] = false,
                ["latency"] = line.LatencyMilliseconds,
                ["downloadThroughput"] = speed * 1_000 / 8,
                ["uploadThroughput"] = speed * 1_000 / 8,
            });
        }

        await session.SendAsync(
            "Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = line.Slowdown });
        return new WebScreen(context, page, ready);
    }

    /// <summary>Opens a page and waits until it can be used.</summary>
    public async Task<Opened> Go(string path)
    {
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await Page.WaitForFunctionAsync("() => window.usableAt !== undefined");
        if (await Page.Locator(ready).CountAsync() == 0)
        {
            throw new InvalidOperationException($"{path} shows no {ready}.");
        }

        return new Opened(
            await Page.EvaluateAsync<double>("() => window.usableAt"), await Page.EvaluateAsync<string[]>(Fetched));
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
