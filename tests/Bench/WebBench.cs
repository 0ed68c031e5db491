using Microsoft.Playwright;

namespace SmartClub.Bench;

/// <summary>
/// How soon the main pages can be used, in a real browser, and how much script they take: at this machine and at the
/// end of a slow line, with an empty cache and with a full one. The peer is a bare page that the same silo serves in
/// the same minute: what the network and the browser take whatever is on the page.
/// </summary>
internal static class WebBench
{
    private const int Members = 500;
    private const int Runs = 3;
    private const double ShellBudget = 150;
    private const double PageBudget = 300;

    private static readonly (string Path, string Ready, bool IsSignedIn)[] Pages =
    [
        ("/login", "input[type=password]", false),
        ("/live", "main h1", true),
        ("/desk", "[role=combobox]", true),
        ("/members", "[role=row][style]", true),
        ("/settings/account", "main h2", true),
        ("/app", "main h1", false),
    ];

    public static async Task<List<Line>> Run(string server)
    {
        await using var club = await WebClub.Start(server, Members);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await WebScreen.Launch(playwright);
        var lines = new List<Line>();
        foreach (var line in new[] { WebLine.Here, WebLine.Slow })
        {
            var bare = await Open(browser, club, line, WebClub.Bare, "h1", false);
            foreach (var (path, ready, isSignedIn) in Pages)
            {
                var page = await Open(browser, club, line, path, ready, isSignedIn);
                lines.Add(Usable($"{path}, {line.Name}, empty cache", page.Cold, bare.Cold));
                lines.Add(Usable($"{path}, {line.Name}, full cache", page.Warm, bare.Warm));
                if (line == WebLine.Here)
                {
                    lines.Add(Script(club, path, page.Scripts));
                }
            }
        }

        lines.Insert(0, Shell(club));
        return lines;
    }

    private static async Task<(List<double> Cold, List<double> Warm, IReadOnlyList<string> Scripts)> Open(
        IBrowser browser, WebClub club, WebLine line, string path, string ready, bool isSignedIn)
    {
        var (cold, warm) = (new List<double>(), new List<double>());
        IReadOnlyList<string> scripts = [];
        for (var i = 0; i < Runs; i++)
        {
            await using var screen = await WebScreen.Open(browser, club, line, ready, isSignedIn);
            var first = await screen.Go(path);
            scripts = first.Scripts;
            cold.Add(first.UsableMilliseconds);
            warm.Add((await screen.Go(path)).UsableMilliseconds);
        }

        return (cold, warm, scripts);
    }

    private static Line Usable(string name, List<double> ours, List<double> bare) =>
        new(name, "bare page", Statistics.Median(ours), Statistics.Median(bare), "ms", true)
        {
            Note = $"spread {Statistics.Spread(ours)} vs {Statistics.Spread(bare)}",
        };

    private static Line Script(WebClub club, string path, IReadOnlyList<string> scripts)
    {
        var kilobytes = Kilobytes(club, scripts);
        return new Line($"{path}, script (gzip)", "budget", kilobytes, PageBudget, "kB", kilobytes <= PageBudget);
    }

    // What the page itself names, before anything of it runs, and the words of the longer language.
    private static Line Shell(WebClub club)
    {
        var page = File.ReadAllText(Path.Combine(club.Web, "index.html"));
        var named = System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"([^\"]+\\.js)\"")
            .Select(m => m.Groups[1].Value);
        var words = Directory.GetFiles(Path.Combine(club.Web, "assets"), "fr-*.js")
            .Select(file => "/assets/" + Path.GetFileName(file));
        var kilobytes = Kilobytes(club, [.. named, .. words]);
        return new Line(
            "script before routes (gzip)", "budget", kilobytes, ShellBudget, "kB",
            kilobytes is > 50 and <= ShellBudget);
    }

    private static double Kilobytes(WebClub club, IReadOnlyList<string> scripts) => scripts.Distinct().Sum(script =>
    {
        var file = Path.Combine(club.Web, script.TrimStart('/'));
        var packed = new FileInfo(file + ".gz");
        return (packed.Exists ? packed.Length : new FileInfo(file).Length) / 1_000.0;
    });
}
