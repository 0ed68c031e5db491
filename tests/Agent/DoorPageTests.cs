using System.Text.Json;
using Microsoft.Playwright;
using SmartClub.Agent.Doors;
using SmartClub.Agent.Page;
using SmartClub.Agent.Readers;
using SmartClub.Devices.Protocol;
using SmartClub.Tests.Browser;
using SmartClub.Tests.Http;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Agent;

/// <summary>The screen at a door in a real browser; and the camera beside it, which is shown a real phone.</summary>
public sealed class DoorPageTests : IAsyncLifetime, IDisposable
{
    private const string Hear =
        """
        async (state) => {
          const rate = 44_100, still = 0.005;
          const context = new OfflineAudioContext(1, 2 * rate, rate);
          play(context, tones[state]);
          const wave = (await context.startRendering()).getChannelData(0);
          const end = wave.findLastIndex((level) => Math.abs(level) > still) + 1;
          const pitch = (from, to) => {
            let rises = [];
            for (let i = from + 1; i < to; i++) {
              if (wave[i - 1] < 0 && wave[i] >= 0) rises.push(i);
            }
            return ((rises.length - 1) * rate) / (rises.at(-1) - rises[0]);
          };
          const half = Math.round(tones[state].seconds * rate);
          return {
            peak: wave.reduce((most, level) => Math.max(most, Math.abs(level)), 0),
            seconds: end / rate,
            first: pitch(0, Math.round(half * 0.6)),
            last: pitch(half, half + Math.round(half * 0.6)),
          };
        }
        """;

    private readonly HttpClub club = new() { WebApp = Tree.WebApp };
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-camera-").FullName;
    private readonly CancellationTokenSource stop = new();
    private IPlaywright playwright = null!;

    public async Task InitializeAsync()
    {
        await club.InitializeAsync();
        playwright = await Playwright.CreateAsync();
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        playwright.Dispose();
        await club.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public void Dispose() => stop.Dispose();

    [Fact]
    public async Task Screen_SaysWhatTheDoorDoes_ReadableFromTwoMetres()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}/";
        var screen = new LocalPage(address) { Name = "Portillon 1, entrée principale" };
        var serving = screen.Run(stop.Token);
        await using var browser = await Chromium();
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        await page.GotoAsync(address);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-state", "ready");
        await Expect(page.Locator("header")).ToHaveTextAsync("Portillon 1, entrée principale");
        await Examine(page, "ready");
        foreach (var (state, word) in new[]
        {
            ("grant", "ok"), ("deny", "unknown_credential"), ("deny", "list_expired"), ("open", "open"),
            ("locked", "locked"), ("ready", "ready"),
        })
        {
            var shown = new DoorShows(state, word, DoorTexts.Of(word), word == "list_expired");
            screen.Show(shown);
            await Expect(page.Locator("#fr")).ToHaveTextAsync(shown.Text.Fr);
            await Expect(page.Locator("#en")).ToHaveTextAsync(shown.Text.En);
            await Expect(page.Locator("footer")).ToHaveTextAsync(shown.IsOffline ? "Hors connexion · Offline" : "");
            await Examine(page, $"{state}-{word}");
        }

        // A door that is gone shows nothing of before.
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-state", "lost");
        await Examine(page, "lost");
    }

    [Fact]
    public async Task Tones_OfYesAndNo_AreHeardAndToldApart()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}/";
        var screen = new LocalPage(address) { Name = "Portillon 1" };
        var serving = screen.Run(stop.Token);
        await using var browser = await Chromium("--autoplay-policy=no-user-gesture-required");
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            window.played = [];
            const start = OscillatorNode.prototype.start;
            OscillatorNode.prototype.start = function (at) { played.push(this.frequency.value); start.call(this, at); };
            """);
        await page.GotoAsync(address);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-state", "ready");
        screen.Show(new DoorShows("grant", "ok", DoorTexts.Of("ok"), false));
        await page.WaitForFunctionAsync("() => played.length === 2");
        screen.Show(new DoorShows("deny", "unknown_credential", DoorTexts.Of("unknown_credential"), false));
        await page.WaitForFunctionAsync("() => played.length === 4");

        var yes = await Heard(page, "grant");
        var no = await Heard(page, "deny");
        Assert.All([yes, no], tone => Assert.InRange(tone.Peak, 0.2, 1));
        Assert.InRange(yes.Seconds, 0.2, 0.35);
        Assert.InRange(no.Seconds, 0.45, 0.7);
        Assert.True(yes.Last > yes.First * 1.2, $"Yes does not rise: {yes}");
        Assert.True(no.Last < no.First / 1.2, $"No does not fall: {no}");
        Assert.True(Math.Min(yes.First, yes.Last) > 1.5 * Math.Max(no.First, no.Last), $"{yes} is too near {no}");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    /// <summary>What a speaker gets: loudest moment, how long anything is heard, pitch of both halves.</summary>
    private static async Task<Sound> Heard(IPage page, string state)
    {
        var heard = await page.Ask<JsonElement>(Hear, state);
        double Of(string name) => heard.GetProperty(name).GetDouble();
        return new Sound(Of("peak"), Of("seconds"), Of("first"), Of("last"));
    }

    [Fact]
    public async Task PassOnAPhone_IsSeenByTheCamera_AndLetsInOnce()
    {
        var place = await club.Place();
        using var box = await (await AgentBox.Enrolled(club, place.Gate.Id)).Ready();
        var address = $"http://127.0.0.1:{FreePort.Find()}/";
        var camera = new PageCamera(CredentialFormat.Of("auto"), Direction.In);
        var screen = new LocalPage(address, camera) { Name = "Portillon 1" };
        box.Seen = screen.Show;

        // It is the silo that is to judge this pass, however busy the machine is.
        box.Host.Link.Patience = TimeSpan.FromSeconds(20);
        var serving = Task.WhenAll(screen.Run(stop.Token), camera.Run(box.Host.Read, stop.Token));

        // The browser with the camera stands ready, for a pass is good for half a minute.
        var film = Path.Combine(folder, "phone.mjpeg");
        await using var door = await Chromium(
            "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            $"--use-file-for-fake-video-capture={film}");
        var page = await door.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        await using var phone = await Chromium();
        await TakePicture(phone, place, film);

        await page.GotoAsync(address);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-state", "grant");
        Assert.Equal(("grant", "ok", false), (box.Last.State, box.Last.Reason, box.Last.IsOffline));
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-state", "ready");
        await Expect(page.Locator("video")).ToBeVisibleAsync();
        await Examine(page, "camera");
        Assert.Equal(1, box.Relay.Openings);

        // The same picture again, as somebody else would show it.
        await page.ReloadAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-state", "deny");
        Assert.Contains(box.Last.Reason, new[] { "pass_used", "pass_expired" });
        Assert.Equal(1, box.Relay.Openings);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    // A member signs in on a phone, and holds the screen to the camera.
    private async Task TakePicture(IBrowser browser, Place place, string film)
    {
        var (member, address) = await club.MemberWithAddress();
        await club.Membership(member, place.Plan, club.Clock.Day(-1));
        var page = await browser.NewPageAsync(new()
        {
            BaseURL = club.Silo.Address.ToString(),
            Locale = "fr-FR",
            ViewportSize = new() { Width = 640, Height = 800 },
        });
        await page.GotoAsync("/app");
        await page.GetByLabel("Adresse e-mail").FillAsync(address);
        await page.Keyboard.PressAsync("Enter");
        var digits = page.GetByLabel("Code à six chiffres");
        await Expect(digits).ToBeFocusedAsync();
        await digits.FillAsync(MemberPhone.Code(await NextMail(address)));
        var code = page.Locator("svg[data-pass]");
        await Expect(code).ToBeVisibleAsync();
        var again = page.GetByRole(AriaRole.Button, new() { Name = "Toucher pour un nouveau code" });
        if (await again.CountAsync() > 0)
        {
            await again.ClickAsync();
        }

        var picture = await page.ScreenshotAsync(new() { Type = ScreenshotType.Jpeg, Quality = 90 });
        await File.WriteAllBytesAsync(film, [.. picture, .. picture, .. picture]);
        await File.WriteAllBytesAsync(Path.Combine(Tree.Pictures, "door-phone.jpg"), picture);
    }

    private Task<Reply> NextMail(string address)
    {
        return Arrived().Happens("the mail arrives");

        async Task<Reply> Arrived()
        {
            while (true)
            {
                if (await club.Mails(address) is [var last, ..])
                {
                    return (await club.Admin.Get($"/api/outbox/{last}")).Ok();
                }
            }
        }
    }

    private Task<IBrowser> Chromium(params string[] more)
    {
        SetDefaultExpectTimeout(15_000);
        return playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", .. more],
        });
    }

    private static async Task Examine(IPage page, string state)
    {
        foreach (var (width, height) in new[] { (1280, 800), (480, 800) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, $"door-{state}-{width}.png") });
            var overhang = await page.Ask<int>(
                """
                () => [...document.querySelectorAll('h1, p, main')].filter((e) => e.scrollWidth > innerWidth
                    || e.getBoundingClientRect().bottom > innerHeight).length
                """);
            Assert.True(overhang == 0, $"{state} does not fit on {width} x {height}.");
        }

        await page.SetViewportSizeAsync(1280, 800);
        var faults = await page.Ask<string[]>(
            await File.ReadAllTextAsync(Tree.Axe) + "\n;(async () => (await axe.run()).violations.map((v) => "
            + "`${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`))()");
        Assert.True(faults.Length == 0, $"{state}: {string.Join("\n", faults)}");
    }

    private sealed record Sound(double Peak, double Seconds, double First, double Last);
}
