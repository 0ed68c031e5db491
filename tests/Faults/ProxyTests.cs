using System.Globalization;
using System.Text.Json;
using SmartClub.Devices.Staff;
using SmartClub.Tests.Browser;
using SmartClub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Faults;

/// <summary>
/// A browser, doors and desks that know one address, HAProxy's, while the silo behind it changes. The live page stays
/// open: its line is cut with the silo and comes back by itself, with all that was decided in between.
/// </summary>
[Collection(nameof(Faults))]
[Trait("Category", "Slow")]
public sealed class ProxyTests : IAsyncLifetime
{
    private const int Seed = 20261123;
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-faults-").FullName;
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.Create();

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task LivePage_GoesOn_WhenTheSiloBehindTheProxyChanges()
    {
        var web = new Dictionary<string, string> { ["SMARTCLUB_WEB"] = Tree.WebApp };
        await using var first = new SiloProcess(database.Uri(), folder, web);
        await first.Active.Happens("the first silo becomes active");
        await using var second = new SiloProcess(database.Uri(), folder, web);
        await second.StandsBy.Happens("the second silo stands by");
        await using var proxy = await Proxy.Before(folder, first.Port, second.Port);
        using var log = new CallLog(Path.Combine(folder, "calls.log"));
        using var http = new HttpClient(log) { BaseAddress = proxy.Address };
        var login = FirstLogin.Load(Path.Combine(folder, "first-login.json"));
        using var staff = new StaffClient(http, login, Path.Combine(folder, "token"), TimeProvider.System);
        var load = new Load(http, staff, folder, new Progress());
        await load.SetUp(CancellationToken.None).Happens("the club is set up");
        await using var screen = await Screen.Open(proxy.Address);
        await SignIn(screen, login);

        var enough = new TaskCompletionSource();
        var running = load.Run(Seed, enough.Task);
        await Task.WhenAny(running, load.Progress.After(100)).Unwrap().Happens("some answers");
        var before = await Newest(screen);
        _ = first.Kill();
        await second.Active.Happens("the standby becomes active");
        await Task.WhenAny(running, load.Progress.After(200)).Unwrap().Happens("more answers", minutes: 2);
        enough.SetResult();
        await running.Happens("everybody has an answer");

        var latest = (await staff.Get<JsonElement>("/api/live", CancellationToken.None))
            .GetProperty("decisions")[0].GetProperty("position").GetInt64();
        Assert.True(latest > before);
        await Expect(screen.Page.GetByTestId("connection")).ToHaveTextAsync("En direct", new() { Timeout = 30_000 });
        await Expect(screen.Page.GetByTestId("feed").Locator("li[data-kind]").First)
            .ToHaveAttributeAsync("data-position", $"{latest}", new() { Timeout = 30_000 });
        Assert.True(await screen.Page.Ask<bool>("window.stayedOpen"));
        var judgement = await Oracle.Judge(database.Uri(), folder, log.Calls);
        Assert.True(judgement.Faults.Count == 0, $"seed {Seed}: {string.Join('\n', judgement.Faults.Take(10))}");
    }

    private static async Task SignIn(Screen screen, FirstLogin login)
    {
        var page = screen.Page;
        await page.GotoAsync("/live");
        await page.GetByLabel("Adresse e-mail").FillAsync(login.Email);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(login.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Code à six chiffres")
            .FillAsync(Totp.Code(Totp.DecodeSecret(login.TotpSecret), TimeProvider.System.GetUtcNow()));
        await Expect(page.GetByTestId("connection")).ToHaveTextAsync("En direct");
        await page.Ask("window.stayedOpen = true");
    }

    private static async Task<long> Newest(Screen screen) => long.Parse(
        (await screen.Page.GetByTestId("feed").Locator("li[data-kind]").First.GetAttributeAsync("data-position"))!,
        CultureInfo.InvariantCulture);
}
