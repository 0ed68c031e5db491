using System.Text.Json;
using Microsoft.Playwright;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>A browser at the desk, and all that it must not do: complain, jump, or speak to strangers.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private const string Shifts =
        """
        window.storyShifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (!entry.hadRecentInput) {
              const moved = entry.sources.map(({ node }) => node?.className ?? node?.nodeName).join(', ');
              window.storyShifts.push({ value: entry.value, moved });
            }
          }
        }).observe({ type: 'layout-shift', buffered: true });
        """;

    // What opens in this very moment begins to move only with the next frame or two. What moves for a second or longer
    // is the hand of a clock, which begins anew each second and never rests.
    private const string StandStill =
        """
        async () => {
          await document.fonts.ready;
          const frame = () => new Promise(requestAnimationFrame);
          const passing = () => document.getAnimations().filter(
            (animation) => animation.effect.getComputedTiming().endTime < 1_000);
          for (let still = 0; still < 2; still++) {
            await frame();
            const moving = passing().filter(({ playState }) => playState !== 'finished');
            if (moving.length > 0) {
              still = -1;
              await Promise.allSettled(moving.map((animation) => animation.finished));
            }
          }
        }
        """;

    private const string Violations =
        """
        async () => {
          const { violations } = await axe.run();
          const words = (node) => `${node.html} ${node.failureSummary}`;
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(words).join(' | ')}`);
        }
        """;

    private static readonly (string Theme, string Language)[] Looks =
        [("light", "fr"), ("light", "en"), ("dark", "en"), ("dark", "fr")];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly List<string> complaints = [];
    private readonly List<string> strangers = [];

    private Screen(IPlaywright playwright, IBrowser browser, IBrowserContext context, IPage page, Uri address)
    {
        this.playwright = playwright;
        this.browser = browser;
        Context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                lock (complaints)
                {
                    complaints.Add($"{message.Text} {message.Location}");
                }
            }
        };
        page.PageError += (_, error) =>
        {
            lock (complaints)
            {
                complaints.Add(error);
            }
        };
        context.Request += (_, request) => Meet(request.Url);
        page.WebSocket += (_, socket) => Meet(socket.Url);

        void Meet(string url)
        {
            var to = new Uri(url);
            if (to.Scheme is not ("data" or "blob") && to.Authority != address.Authority)
            {
                strangers.Add(url);
            }
        }
    }

    public IPage Page { get; }

    public IBrowserContext Context { get; }

    public static async Task<Screen> Open(Uri address)
    {
        SetDefaultExpectTimeout(10_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        // The zone of the desk is not that of the club: times on the page are the club's.
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            Locale = "fr-FR",
            TimezoneId = "Asia/Tokyo",
            ColorScheme = ColorScheme.Light,
            ViewportSize = new() { Width = 1440, Height = 900 },
        });
        context.SetDefaultTimeout(10_000);
        await context.AddInitScriptAsync(Shifts);
        return new Screen(playwright, browser, context, await context.NewPageAsync(), address);
    }

    /// <summary>
    /// In every language and theme: no fault that axe knows, nothing wider than the screen, and a picture to look at.
    /// Ends as it began, light and French.
    /// </summary>
    public async Task Examine(string state)
    {
        foreach (var (theme, language) in Looks)
        {
            await Choose(theme, language);
            await ComesToRest();
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, $"{state}-{language}-{theme}.png") });
            await HasNoFaults($"{state} {language} {theme}");
        }

        await Choose("light", "fr");
    }

    /// <summary>No fault that axe knows, and nothing wider than the screen.</summary>
    public async Task HasNoFaults(string state)
    {
        if (await Page.Ask<bool>("() => typeof axe === 'undefined'"))
        {
            await Page.Ask(await File.ReadAllTextAsync(Tree.Axe));
        }

        await ComesToRest();
        var faults = await Page.Ask<string[]>(Violations);
        Assert.True(faults.Length == 0, $"{state}: {string.Join("\n", faults)}");
        var overhang = await Page.Ask<int>("() => document.documentElement.scrollWidth - innerWidth");
        Assert.True(overhang <= 0, $"{state} is {overhang} px wider than the screen.");
    }

    /// <summary>Fonts are there, and what moves for a moment only has ended.</summary>
    public Task ComesToRest() => Page.Ask(StandStill);

    /// <summary>What moved by itself since the page was loaded.</summary>
    public async Task StoodStill(string state)
    {
        await ComesToRest();
        var shifts = await Page.Ask<JsonElement>("() => window.storyShifts");
        var sum = shifts.EnumerateArray().Sum(s => s.GetProperty("value").GetDouble());
        Assert.True(sum < 0.02, $"{state}: the layout shifted by {sum}: {shifts}");
    }

    /// <summary>What the console has said since this was last asked.</summary>
    public IReadOnlyList<string> TakeComplaints()
    {
        lock (complaints)
        {
            string[] taken = [.. complaints];
            complaints.Clear();
            return taken;
        }
    }

    public void SpokeToNobodyElse() => Assert.Empty(strangers);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync().Happens("the browser closes");
        playwright.Dispose();
    }

    // Beside the log-in both choices stand open; once somebody is signed in, they are in the person's menu.
    private async Task Choose(string theme, string language)
    {
        var root = Page.Locator("html");
        var person = Page.GetByTestId("person");
        if (await root.GetAttributeAsync("lang") != language)
        {
            var name = language == "fr" ? "Français" : "English";
            if (await person.CountAsync() > 0)
            {
                await person.ClickAsync();
                await Page.GetByRole(AriaRole.Menuitem, new() { Name = name, Exact = true }).ClickAsync();
            }
            else
            {
                await Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
            }

            await Expect(root).ToHaveAttributeAsync("lang", language);
        }

        if (await root.GetAttributeAsync("data-mantine-color-scheme") != theme)
        {
            var words = (language, theme) switch
            {
                ("fr", "light") => ("Thème", "Clair"),
                ("fr", _) => ("Thème", "Sombre"),
                (_, "light") => ("Theme", "Light"),
                _ => ("Theme", "Dark"),
            };
            var opens = await person.CountAsync() > 0
                ? person
                : Page.GetByRole(AriaRole.Button, new() { Name = words.Item1, Exact = true });
            await opens.ClickAsync();
            await Page.GetByRole(AriaRole.Menuitemradio, new() { Name = words.Item2, Exact = true }).ClickAsync();
            await Expect(root).ToHaveAttributeAsync("data-mantine-color-scheme", theme);
        }

        await Expect(Page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
        await Page.Mouse.MoveAsync(0, 0);
    }
}
