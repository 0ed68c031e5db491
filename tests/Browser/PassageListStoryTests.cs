using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>More visits and anomalies than anybody scrolls through: found by place, person, time and zone.</summary>
public sealed class PassageListStoryTests : IAsyncLifetime
{
    private const int Rows = 12_000;
    private const string Box = "[role=rowgroup][tabindex]";
    private const string ToTheEnd = "(box) => box.scrollTo(0, box.scrollHeight)";

    private readonly HttpClub club = new() { WebApp = Tree.WebApp };
    private Screen screen = null!;

    private IPage Page => screen.Page;

    private ILocator Table => Page.GetByRole(AriaRole.Table);

    private ILocator Last => Table.Locator($"[aria-rowindex='{Rows + 1}']");

    public async Task InitializeAsync()
    {
        await club.InitializeAsync();
        var (hall, pool) = (await club.Place(), await club.Place());
        var ruth = await club.Member("Ruth");
        var other = (await club.Admin.Post("/api/members", new
        {
            firstName = "Marie-Thérèse Espérance",
            lastName = "Ngalula Kapinga wa Mulumba Tshibangu",
        })).Ok();
        (await club.Admin.Get($"/api/lists/members?after={other.Position}")).Ok();

        // As years at the doors would leave them: a row every ten minutes, by turns of two people in two zones.
        const string ago = "now() - n * interval '10 minutes' - interval '1 minute'";
        var who = $"case n % 2 when 0 then '{ruth}' else '{other["id"]}' end";
        var where = $"case n % 3 when 0 then '{pool.Zone}' else '{hall.Zone}' end";
        await club.Database.Run(
            "insert into views.stays (key, member_id, zone_id, gate_id, entered_at, left_at, seen_late, scan_key) "
            + $"select 'k' || n, {who}, {where}, '{hall.Gate.Id}', {ago}, "
            + $"case when n > 3 then {ago} + interval '75 minutes' end, false, 's' || n "
            + $"from generate_series(1, {Rows}) as n");
        await club.Database.Run(
            "insert into views.anomalies (key, position, kind, reason, member_id, gate_id, zone_id, at) "
            + "select 'a' || n, 1000000 - n, case n % 3 when 0 then 'exit_unseen' else 'refused' end, "
            + $"case n % 3 when 0 then null else 'expired' end, {who}, '{hall.Gate.Id}', {where}, {ago} "
            + $"from generate_series(1, {Rows}) as n");
        screen = await Screen.Open(club.Silo.Address);
        await screen.SignInAdmin(club);
    }

    public async Task DisposeAsync()
    {
        if (screen is not null)
        {
            await screen.DisposeAsync();
        }

        await club.DisposeAsync();
    }

    [Theory]
    [InlineData("visits")]
    [InlineData("anomalies")]
    public async Task TheEnd_IsReachedAtOnce_AndNothingJumps(string what)
    {
        var places = new List<string>();
        Page.Request += (_, request) =>
        {
            if (Regex.Match(request.Url, $"lists/{what}.*[?&]offset=([0-9]+)") is { Success: true } asked)
            {
                places.Add(asked.Groups[1].Value);
            }
        };
        await Page.GotoAsync($"/{what}");
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", $"{Rows + 1}");
        await screen.Examine($"{what}-long");
        places.Clear();
        var held = new TaskCompletionSource();
        await Page.RouteAsync($"**/api/lists/{what}**", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await Page.Locator(Box).FocusAsync();
        await Page.Keyboard.PressAsync("End");
        await Expect(Last).ToHaveAttributeAsync("aria-busy", "true");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Pictures, $"{what}-coming.png") });
        held.SetResult();
        await Expect(Last.GetByRole(AriaRole.Link)).ToBeVisibleAsync();
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
        await screen.StoodStill(what);
        Assert.Contains("11900", places);
        Assert.DoesNotContain("6000", places);
        await Page.SetViewportSizeAsync(390, 844);
        await screen.Examine($"{what}-long-phone");
        Assert.Empty(screen.TakeComplaints());
    }

    [Fact]
    public async Task Filters_AndWords_FindWhatIsMeant()
    {
        await Page.GotoAsync("/visits");
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", $"{Rows + 1}");
        await Page.EvalOnSelectorAsync(Box, ToTheEnd);
        await Expect(Last.GetByRole(AriaRole.Link)).ToBeVisibleAsync();

        // Another list begins at its top.
        await Press("À l’intérieur");
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", "4");
        await Expect(Table.Locator("[aria-rowindex='2']")).ToBeInViewportAsync();
        await Press("À l’intérieur");
        await Page.GetByLabel("Zone").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", new Regex($"^({Rows / 3 + 1}|{Rows * 2 / 3 + 1})$"));
        await Page.GetByLabel("Zone").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator("main h1").ClickAsync();
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("ngalula");
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", $"{Rows / 2 + 1}");
        await Press("7 derniers jours");
        await Expect(Table).Not.ToHaveAttributeAsync("aria-rowcount", $"{Rows / 2 + 1}");
        await Page.Keyboard.PressAsync("/");
        await Page.GetByRole(AriaRole.Textbox).First.FillAsync("personne de ce nom");
        await Expect(Page.GetByText("Aucune visite ne correspond")).ToBeVisibleAsync();
        await screen.Examine("visits-nothing");

        await Page.GotoAsync("/anomalies");
        await Press("Sortie non vue");
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", $"{Rows / 3 + 1}");
        await Press("Hier");
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", new Regex("^4[0-9]$"));
        Assert.Empty(screen.TakeComplaints());
    }

    private Task Press(string name) =>
        Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
