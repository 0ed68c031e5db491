using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// A list of 50,000 members in a real browser: its first rows, the frames while it is scrolled and dragged, its end,
/// what is found while somebody types, a filter, many at once, and the whole of it as a file. Peers, in the same run: a
/// bare page with an empty box of the same height, PostgreSQL asked the same without us, the calls without a browser.
/// </summary>
internal static class ListsBench
{
    private const int Members = 50_000;
    private const int Runs = 3;
    private const int AtOnce = 500;
    private const int Places = 200;
    private const double FrameMilliseconds = 1_000 / 60.0;
    private const double StutterMilliseconds = 50;
    private const double TextSeconds = 5;
    private const double WorkbookSeconds = 10;
    private const string UnpaidButton = "Doivent quelque chose";
    private static readonly string[] Typed = ["mbuyamba 0", "grace 12", "kapinga", "00777", "m4321@", "+24381004"];

    public static async Task<List<Line>> Run(string server)
    {
        var clock = Stopwatch.StartNew();
        await using var club = await WebClub.Start(server, Members);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await WebScreen.Launch(playwright);
        var lines = new List<Line>();
        Say("there is the club");
        lines.AddRange(await Scroll(browser, club));
        Say("scrolled");
        lines.Add(await AnyPlace(club));
        lines.AddRange(await Find(browser, club));
        Say("found");
        lines.AddRange(await Many(browser, club));
        Say("suspended and resumed");
        lines.Add(await ListExport.Run(club, "csv", Members, TextSeconds));
        lines.Add(await ListExport.Run(club, "xlsx", Members, WorkbookSeconds));
        Say("exported");
        return lines;

        void Say(string what) => Console.WriteLine($"  after {clock.Elapsed.TotalSeconds:N0} s: {what}");
    }

    private static async Task<List<Line>> Scroll(IBrowser browser, WebClub club)
    {
        var (shown, bare, ends, pages) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (wheel, drag, bareWheel, bareDrag) = (Drawn.None, Drawn.None, Drawn.None, Drawn.None);
        var isOk = true;
        for (var i = 0; i < Runs; i++)
        {
            var (screen, first) = await WebScreen.Open(browser, club, "/members");
            await using var _ = screen;
            shown.Add(first);
            var list = new ListScreen(screen.Page);
            var height = await list.Height();
            wheel = wheel.And(await list.Wheel());
            drag = drag.And(await list.Drag());
            ends.Add(await list.ToTheEnd());
            isOk &= (await list.Last()).Contains(WebClub.LastName, StringComparison.Ordinal);
            pages.Add(await PageAfterPage(club));

            var (still, empty) = await WebScreen.Open(browser, club, WebClub.Bare, isSignedIn: false);
            await using var __ = still;
            bare.Add(empty);
            var box = new ListScreen(still.Page);
            await box.PutBareBox(height);
            bareWheel = bareWheel.And(await box.Wheel());
            bareDrag = bareDrag.And(await box.Drag());
        }

        return
        [
            new Line("first rows", "bare page", Statistics.Median(shown), Statistics.Median(bare), "ms", isOk)
            {
                Note = $"spread {Statistics.Spread(shown)}",
            },
            .. Frames("wheel", wheel, bareWheel),
            .. Frames("scroll bar", drag, bareDrag),
            new Line("End, to the last row", "page after page", Statistics.Median(ends), Statistics.Median(pages), "ms",
                isOk)
            {
                Note = $"spread {Statistics.Spread(ends)}; the peer is 100 pages by cursor, without a browser",
            },
        ];
    }

    private static Line[] Frames(string how, Drawn ours, Drawn bare)
    {
        var (our, their) = (Latencies.Of([.. ours.Gaps]), Latencies.Of([.. bare.Gaps]));
        var note = string.Create(CultureInfo.InvariantCulture,
            $"p50 {our.P50:N1}/{their.P50:N1} ms; left out {Dropped(ours)} of {ours.Gaps.Length} frames, bare "
            + $"{Dropped(bare)} of {bare.Gaps.Length}; tasks over 50 ms: {ours.Long.Length}");
        return
        [
            new Line($"{how}, frames p99", "empty box", our.P99, their.P99, "ms", our.P99 <= StutterMilliseconds)
            {
                Note = note,
            },
            new Line($"{how}, longest frame", "empty box", our.Max, their.Max, "ms", true),
        ];
    }

    // Frames that a screen of 60 a second would have shown, and got the one before again instead.
    private static long Dropped(Drawn drawn) =>
        drawn.Gaps.Sum(gap => Math.Max(0, (long)Math.Round(gap / FrameMilliseconds) - 1));

    // As a file is made, and as the list itself once came.
    private static async Task<double> PageAfterPage(WebClub club)
    {
        var clock = Stopwatch.StartNew();
        string? cursor = null;
        do
        {
            var page = await club.Http.GetFromJsonAsync<System.Text.Json.JsonElement>(
                "/api/lists/members" + (cursor is null ? "" : $"?cursor={Uri.EscapeDataString(cursor)}"));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task<Line> AnyPlace(WebClub club)
    {
        const int rows = 100;
        await using var database = new Database(club.Database);
        await using var connection = await database.Open();
        var (ours, theirs, isOk) = (new List<double>(), new List<double>(), true);
        for (var i = 0; i < Places; i++)
        {
            // The last tenth: there most comes before.
            var offset = Members - rows - (i * Members / 10 / Places);
            var clock = Stopwatch.StartNew();
            var page = await club.Http.GetStringAsync($"/api/lists/members?offset={offset}&count={rows}");
            ours.Add(clock.Elapsed.TotalMilliseconds);
            isOk &= page.Contains(WebClub.LastName[..^5], StringComparison.Ordinal) == (i == 0);
            clock.Restart();
            await using var command = new NpgsqlCommand(
                "select key, display_name, email, phone, status, expires_on, plan_name from views.members "
                + $"order by sort_name, key offset {offset} limit {rows}",
                connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                isOk &= reader.GetString(1).Length > 0;
            }

            theirs.Add(clock.Elapsed.TotalMilliseconds);
        }

        var (our, their) = (Latencies.Of(ours), Latencies.Of(theirs));
        return new Line("100 rows near the end, p99", "one query", our.P99, their.P99, "ms", isOk)
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"p50 {our.P50:N1}/{their.P50:N1} ms"),
        };
    }

    private static async Task<List<Line>> Find(IBrowser browser, WebClub club)
    {
        var (screen, _) = await WebScreen.Open(browser, club, "/members");
        await using var __ = screen;
        var list = new ListScreen(screen.Page);
        var (typed, asked, filtered, counted) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        foreach (var word in Typed)
        {
            typed.AddRange(await list.Type(word, async some =>
            {
                var clock = Stopwatch.StartNew();
                var count = await club.Count("query=" + Uri.EscapeDataString(some));
                asked.Add(clock.Elapsed.TotalMilliseconds);
                return count;
            }));
        }

        // Every other press takes the filter away.
        await list.Type("", club.Count);
        for (var i = 0; i < 2 * Runs; i++)
        {
            var isOn = i % 2 == 0;
            var clock = Stopwatch.StartNew();
            var count = await club.Count(isOn ? "owes=true" : "");
            counted.Add(clock.Elapsed.TotalMilliseconds);
            filtered.Add(await list.Filter(UnpaidButton, count));
        }

        var (our, their) = (Latencies.Of(typed), Latencies.Of(asked));
        return
        [
            new Line("letter to answer, p50", "the call alone", our.P50, their.P50, "ms", typed.Count > Typed.Length)
            {
                Note = $"{typed.Count} letters that changed the answer; 150 ms of it wait for the next letter",
            },
            new Line("letter to answer, p99", "the call alone", our.P99, their.P99, "ms", true),
            new Line(
                "filter to answer", "the call alone", Statistics.Median(filtered), Statistics.Median(counted), "ms",
                await club.Count("owes=true") == Members / WebClub.Unpaid)
            {
                Note = $"spread {Statistics.Spread(filtered)}",
            },
        ];
    }

    // Whoever is ticked is suspended in the browser, and resumed without it.
    private static async Task<List<Line>> Many(IBrowser browser, WebClub club)
    {
        var (screen, _) = await WebScreen.Open(browser, club, "/members");
        await using var __ = screen;
        var list = new ListScreen(screen.Page);
        var (chosen, asked, done, alone) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var isOk = true;
        for (var i = 0; i < Runs; i++)
        {
            chosen.Add(await list.ChooseAll(AtOnce));
            var clock = Stopwatch.StartNew();
            var page = await club.Http.GetFromJsonAsync<System.Text.Json.JsonElement>(
                $"/api/lists/members?count={AtOnce}");
            asked.Add(clock.Elapsed.TotalMilliseconds);
            done.Add(await list.SuspendAll() / 1_000);
            isOk &= await club.Comes("status=suspended", AtOnce);
            clock.Restart();
            foreach (var member in page.GetProperty("items").EnumerateArray())
            {
                await club.Resume(member.GetProperty("id").GetString()!);
            }

            alone.Add(clock.Elapsed.TotalSeconds);
            isOk &= await club.Comes("status=suspended", 0);
        }

        return
        [
            new Line("choose all that go at once", "the call alone", Statistics.Median(chosen),
                Statistics.Median(asked), "ms", isOk)
            {
                Note = $"{AtOnce} members; spread {Statistics.Spread(chosen)}",
            },
            new Line($"suspend {AtOnce} of them", "calls in a row, no browser", Statistics.Median(done),
                Statistics.Median(alone), "s", isOk)
            {
                Note = $"each a decision of its own; spread {Statistics.Spread(done)}",
            },
        ];
    }
}
