using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>A list longer than any screen: its end is as near as its beginning, by mouse, keyboard and ear.</summary>
public sealed class LongListTests : IAsyncLifetime
{
    private const int Members = 1_300;
    private const string Box = "[role=rowgroup][tabindex]";
    private const string ToTheEnd = "(box) => box.scrollTo(0, box.scrollHeight)";

    private readonly HttpClub club = new() { WebApp = Tree.WebApp };
    private Screen screen = null!;

    private IPage Page => screen.Page;

    private ILocator Table => Page.GetByRole(AriaRole.Table);

    private ILocator Last => Table.Locator($"[aria-rowindex='{Members + 1}']");

    public async Task InitializeAsync()
    {
        await club.InitializeAsync();
        var steps = new ImportSteps(club);
        var file = new StringBuilder("Prénom;Nom;E-mail\n");
        for (var i = 0; i < Members; i++)
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"Grâce;Numéro {i:D4};g{i}@example.org\n");
        }

        Assert.True((await steps.Import(file.ToString())).Applied);
        await steps.Head();
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

    [Fact]
    public async Task TheEnd_IsReachedAtOnce_AndNothingJumps()
    {
        var places = new List<string>();
        Page.Request += (_, request) =>
        {
            if (Regex.Match(request.Url, "lists/members.*[?&]offset=([0-9]+)") is { Success: true } asked)
            {
                places.Add(asked.Groups[1].Value);
            }
        };
        await Page.GotoAsync("/members");
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", $"{Members + 1}");

        // Rows on their way have their shape and their place.
        var held = new TaskCompletionSource();
        await Page.RouteAsync("**/api/lists/members**", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await Page.EvalOnSelectorAsync(Box, ToTheEnd);
        await Expect(Last).ToHaveAttributeAsync("aria-busy", "true");
        await screen.Examine("long-list-coming");
        held.SetResult();
        await Expect(Last).ToContainTextAsync("Numéro 1299");
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
        await screen.StoodStill("long-list");
        await screen.Examine("long-list-end");
        await Page.SetViewportSizeAsync(390, 844);
        await screen.Examine("long-list-phone");
        await Page.SetViewportSizeAsync(1440, 900);

        // What lies between the beginning and the end was never asked for.
        Assert.Contains("0", places);
        Assert.Contains("1200", places);
        Assert.DoesNotContain("600", places);
    }

    [Fact]
    public async Task TheKeyboard_GoesOnFromItsRow_AndAnotherOrderBeginsAtTheTop()
    {
        await Page.GotoAsync("/members");
        var third = Table.Locator("[aria-rowindex='4'] a");
        await third.FocusAsync();
        await Page.EvalOnSelectorAsync(Box, ToTheEnd);
        await Expect(Last).ToContainTextAsync("Numéro 1299");
        await Expect(third).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Shift+Tab");
        await Expect(Table.Locator("[aria-rowindex='4'] input")).ToBeFocusedAsync();
        await Expect(Table.Locator("[aria-rowindex='4']")).ToBeInViewportAsync();

        // The keys of the browser reach the end as well.
        await Page.Locator(Box).FocusAsync();
        await Page.Keyboard.PressAsync("End");
        await Expect(Last).ToContainTextAsync("Numéro 1299");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Dernier jour" }).ClickAsync();
        await Expect(Table.Locator("[aria-rowindex='2']")).ToBeInViewportAsync();
        Assert.Equal(0, await Page.EvalOnSelectorAsync<int>(Box, "(box) => box.scrollTop"));
    }

    [Fact]
    public async Task AllThatIsTicked_IsCounted_WhereverItStands()
    {
        await Page.GotoAsync("/members");
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Tout choisir" }).ClickAsync();
        await Expect(Page.GetByTestId("selection")).ToContainTextAsync("500 personnes");
        await Page.GetByRole(AriaRole.Textbox).First.FillAsync("Numéro 1299");
        var only = Table.GetByRole(AriaRole.Checkbox).Last;
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", "2");
        await only.ClickAsync();
        await Expect(Page.GetByTestId("selection")).ToContainTextAsync("501 personnes");
    }

    [Fact]
    public async Task WhoWasResumed_IsSuspendedAgain_ForTheSameReason()
    {
        await Page.GotoAsync("/members");
        await Page.GetByRole(AriaRole.Textbox).First.FillAsync("Numéro 0007");
        await Expect(Table).ToHaveAttributeAsync("aria-rowcount", "2");
        for (var i = 0; i < 2; i++)
        {
            await Table.GetByRole(AriaRole.Checkbox).Last.ClickAsync();
            await Page.GetByTestId("selection").GetByRole(AriaRole.Button, new() { Name = "Suspendre…" }).ClickAsync();
            var dialog = Page.GetByTestId("reason");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Dette" }).ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Suspendre", Exact = true }).ClickAsync();
            await Expect(Table.GetByText("Suspendu")).ToBeVisibleAsync();
            (await club.Admin.Post($"/api/members/{await Listed()}/resume", new { reason = "Réglé" })).Ok();
            await Listed();
            await ReadAnew();
            await ReadAnew();
            await Expect(Table.GetByText("Suspendu")).ToHaveCountAsync(0);
        }
    }

    // Whose row it is, once the list has heard of all that was done to them.
    private async Task<string> Listed()
    {
        var head = await new ImportSteps(club).Head();
        var found = (await club.Admin.Get($"/api/members?query=0007&after={head}")).Ok().Items[0];
        return found.GetProperty("id").GetString()!;
    }

    // Another list, and back again: each is asked for as soon as nobody chooses any more.
    private Task<IResponse> ReadAnew() => Page.RunAndWaitForResponseAsync(
        () => Page.GetByRole(AriaRole.Button, new() { Name = "Actifs" }).ClickAsync(),
        answer => answer.Url.Contains("/api/lists/members?", StringComparison.Ordinal));
}
