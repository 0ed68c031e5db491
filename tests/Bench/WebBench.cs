using Microsoft.Playwright;
using SmartClub.Tests.Browser;

namespace SmartClub.Bench;

/// <summary>
/// For every page that the router knows: how much script it takes, and how soon it can be used, in a real browser with
/// an empty cache, at this machine and at the end of a slow line. The peer is a bare page that the same silo serves in
/// the same run: what network and browser take whatever is on the page. What is over its budget fails.
/// </summary>
internal static class WebBench
{
    private const int Members = 500;
    private const int Runs = 3;
    private const int SlowAtOnce = 4;
    private const double ShellKilobytes = 150;
    private const double PageKilobytes = 260;
    private const double HereMilliseconds = 2_000;
    private const double SlowMilliseconds = 15_000;

    public static async Task<List<Line>> Run(string server)
    {
        await using var club = await WebClub.Start(server, Members);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await WebScreen.Launch(playwright);
        var someMember = await SomeMember(club);
        List<(string Path, bool IsSignedIn)> pages =
            [("/login", false), .. AppRoutes.Pages(someMember).Select(path => (path, true)), ("/app", false)];

        // The first page of all also starts what the browser needs itself.
        await Here(browser, club, (WebClub.Bare, false));
        var bareHere = (await Here(browser, club, (WebClub.Bare, false))).Milliseconds;
        var bareSlow = await Slow(browser, club, (WebClub.Bare, false));
        var lines = new List<Line>();
        foreach (var page in pages)
        {
            var (milliseconds, asked) = await Here(browser, club, page);
            if (lines.Count == 0)
            {
                // Who asks whether anybody is signed in has everything that every page needs.
                lines.Add(Script(
                    club, "before any page", asked.TakeWhile(path => !path.StartsWith("/api/", Is)), ShellKilobytes));
            }

            lines.Add(Script(club, page.Path, asked, PageKilobytes));
            lines.Add(Usable(page.Path, "here", milliseconds, bareHere, HereMilliseconds));
        }

        foreach (var some in pages.Chunk(SlowAtOnce))
        {
            var times = await Task.WhenAll(some.Select(page => Slow(browser, club, page)));
            lines.AddRange(some.Zip(times, (page, time) =>
                Usable(page.Path, "slow 3G", [time], [bareSlow], SlowMilliseconds)));
        }

        return lines;
    }

    private const StringComparison Is = StringComparison.Ordinal;

    private static async Task<(List<double> Milliseconds, IReadOnlyList<string> Asked)> Here(
        IBrowser browser, WebClub club, (string Path, bool IsSignedIn) page)
    {
        var times = new List<double>();
        IReadOnlyList<string> asked = [];
        for (var i = 0; i < Runs; i++)
        {
            var (screen, time) = await WebScreen.Open(browser, club, page.Path, isSignedIn: page.IsSignedIn);
            await using var _ = screen;
            times.Add(time);
            await screen.Page.WaitForLoadStateAsync(LoadState.Load);
            asked = [.. screen.Asked];
        }

        return (times, asked);
    }

    private static async Task<double> Slow(IBrowser browser, WebClub club, (string Path, bool IsSignedIn) page)
    {
        var (screen, time) = await WebScreen.Open(browser, club, page.Path, true, page.IsSignedIn);
        await using var _ = screen;
        return time;
    }

    private static async Task<string> SomeMember(WebClub club)
    {
        var list = await club.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/lists/members");
        return list.GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    private static Line Usable(string path, string where, List<double> ours, List<double> bare, double budget) => new(
        $"{Short(path)}, usable, {where}", "bare page", Statistics.Median(ours), Statistics.Median(bare), "ms",
        Statistics.Median(ours) <= budget)
    {
        Note = ours.Count == 1 ? $"budget {budget:N0} ms"
            : $"budget {budget:N0} ms; spread {Statistics.Spread(ours)} vs {Statistics.Spread(bare)}",
    };

    private static Line Script(WebClub club, string path, IEnumerable<string> asked, double budget)
    {
        var kilobytes = asked.Where(file => file.EndsWith(".js", Is)).Distinct().Sum(file =>
        {
            var packed = new FileInfo(Path.Combine(club.Web, file.TrimStart('/')) + ".gz");
            return (packed.Exists ? packed.Length : new FileInfo(packed.FullName[..^3]).Length) / 1_000.0;
        });
        var isOk = kilobytes > 0 && kilobytes <= budget;
        return new Line($"{Short(path)}, script (gzip)", "budget", kilobytes, budget, "kB", isOk);
    }

    private static string Short(string path) =>
        System.Text.RegularExpressions.Regex.Replace(path, "mbr_[0-9a-z]+", ":id");
}
