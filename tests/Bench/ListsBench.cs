using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Playwright;
using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// A list of 50,000 members in a real browser: its first rows, the frames while it is scrolled to its end, what is
/// found while somebody types, and the whole of it as a file. Peers: the frames of a bare page that nothing happens on,
/// and PostgreSQL asked the same without us.
/// </summary>
internal static class ListsBench
{
    private const int Members = 50_000;
    private const int Runs = 5;
    private const double LongFrame = 50;
    private const string FirstRow = "[role=row][style]";
    private static readonly string[] Typed = ["m", "mb", "mbuy", "mbuyamba", "grace il", "0812345", "07777"];

    // A wheel that never rests: most of a screen with each frame, until the last row of all is there.
    private const string ScrollToEnd =
        """
        async () => {
          const table = document.querySelector('[role=table]');
          const box = table.querySelector('[role=rowgroup][tabindex]');
          const gaps = [];
          const begun = performance.now();
          let last = await new Promise(requestAnimationFrame);
          const end = () => table.querySelector(`[aria-rowindex="${table.getAttribute('aria-rowcount')}"]`);
          while (end() === null || end().querySelector('a') === null) {
            box.scrollTop += 4_000;
            const now = await new Promise(requestAnimationFrame);
            gaps.push(now - last);
            last = now;
            if (now - begun > 120_000) {
              throw new Error(`The end was not reached: ${box.scrollTop} of ${box.scrollHeight}.`);
            }
          }
          return [performance.now() - begun, Math.max(...gaps), gaps.filter((gap) => gap > 50).length, gaps.length];
        }
        """;

    private const string Idle =
        """
        async (frames) => {
          const gaps = [];
          let last = await new Promise(requestAnimationFrame);
          for (let i = 0; i < frames; i++) {
            const now = await new Promise(requestAnimationFrame);
            gaps.push(now - last);
            last = now;
          }
          return [Math.max(...gaps), gaps.filter((gap) => gap > 50).length];
        }
        """;

    private const string LastShown =
        """
        () => {
          const table = document.querySelector('[role=table]');
          return table.querySelector(`[aria-rowindex="${table.getAttribute('aria-rowcount')}"] a`)?.textContent ?? '';
        }
        """;

    public static async Task<List<Line>> Run(string server)
    {
        await using var club = await WebClub.Start(server, Members);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await WebScreen.Launch(playwright);
        var lines = new List<Line>();
        lines.AddRange(await Scroll(browser, club));
        lines.Add(await Search(club));
        lines.Add(await Find(browser, club));
        lines.Add(await Export(club, "csv", CountCsv));
        lines.Add(await Export(club, "xlsx", CountRows));
        return lines;
    }

    private static async Task<List<Line>> Scroll(IBrowser browser, WebClub club)
    {
        var (shown, bare) = (new List<double>(), new List<double>());
        var (ends, longest, idle) = (new List<double>(), new List<double>(), new List<double>());
        var (late, frames, isOk) = (0, 0, true);
        for (var i = 0; i < Runs; i++)
        {
            await using var screen = await WebScreen.Open(browser, club, WebLine.Here, FirstRow);
            shown.Add((await screen.Go("/members")).UsableMilliseconds);
            var scrolled = await screen.Page.EvaluateAsync<double[]>(ScrollToEnd);
            isOk &= await screen.Page.EvaluateAsync<string>(LastShown) is { } last
                && last.Contains(WebClub.LastName, StringComparison.Ordinal)
                && await screen.Page.Locator("[role=table]").GetAttributeAsync("aria-rowcount") == $"{Members + 1}";
            ends.Add(scrolled[0]);
            longest.Add(scrolled[1]);
            (late, frames) = (late + (int)scrolled[2], frames + (int)scrolled[3]);
            await using var still = await WebScreen.Open(browser, club, WebLine.Here, "h1", isSignedIn: false);
            bare.Add((await still.Go(WebClub.Bare)).UsableMilliseconds);
            idle.Add((await still.Page.EvaluateAsync<double[]>(Idle, (int)scrolled[3]))[0]);
        }

        return
        [
            new Line(
                "first rows of 50,000", "bare page", Statistics.Median(shown), Statistics.Median(bare), "ms", isOk),
            new Line("longest frame, to the end", "frames of a bare page", Statistics.Median(longest),
                Statistics.Median(idle), "ms", isOk && Statistics.Median(longest) <= 2 * LongFrame)
            {
                Note = $"spread {Statistics.Spread(longest)}; {late} of {frames} frames over {LongFrame} ms; "
                    + $"the last row after {Statistics.Median(ends) / 1_000:N1} s",
            },
        ];
    }

    private static async Task<Line> Search(WebClub club)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        await using var database = new Database(club.Uri);
        await using var connection = await database.Open();
        var isOk = true;
        for (var i = 0; i < Runs; i++)
        {
            foreach (var typed in Typed)
            {
                var clock = Stopwatch.StartNew();
                var found = await club.Http.GetStringAsync($"/api/members?query={System.Uri.EscapeDataString(typed)}");
                ours.Add(clock.Elapsed.TotalMilliseconds);
                isOk &= found.Contains("\"id\"", StringComparison.Ordinal);
                clock.Restart();
                await using var command = new NpgsqlCommand(
                    "select key, display_name from views.members where "
                    + string.Join(" and ", typed.Split(' ').Select((_, n) => $"search like ${n + 1}"))
                    + " order by sort_name limit 50",
                    connection);
                foreach (var word in typed.Split(' '))
                {
                    command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"%{word}%" });
                }

                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                {
                    isOk &= rows.GetString(1).Length > 0;
                }

                theirs.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        var (our, their) = (Latencies.Of(ours), Latencies.Of(theirs));
        return new Line("search while typing, slowest of 35", "one like query", our.Max, their.Max, "ms", isOk)
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"p50 {our.P50:N1}/{their.P50:N1} ms"),
        };
    }

    // From the last key to the first row that is the one looked for, the pause that waits for more keys included.
    private static async Task<Line> Find(IBrowser browser, WebClub club)
    {
        var times = new List<double>();
        await using var screen = await WebScreen.Open(browser, club, WebLine.Here, FirstRow);
        await screen.Go("/members");
        foreach (var number in new[] { "00123", "04567", "23456", "34567", "45678" })
        {
            var field = screen.Page.Locator("main input").First;
            await field.FillAsync("");
            await screen.Page.WaitForFunctionAsync(
                $"() => document.querySelector('[role=table]')?.getAttribute('aria-rowcount') === '{Members + 1}'");
            await field.PressSequentiallyAsync(number[..^1]);
            times.Add(await screen.Page.EvaluateAsync<double>(
                """
                ([number]) => new Promise((done) => {
                  const field = document.querySelector('main input');
                  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
                  const begun = performance.now();
                  set.call(field, number);
                  field.dispatchEvent(new Event('input', { bubbles: true }));
                  const look = () => {
                    const name = document.querySelector('[role=row][style] a')?.textContent ?? '';
                    if (name.includes(number)) {
                      done(performance.now() - begun);
                    } else {
                      requestAnimationFrame(look);
                    }
                  };
                  look();
                })
                """,
                new[] { number }));
        }

        return new Line(
            "last key to the row looked for", "the pause for more keys", Statistics.Median(times), 150, "ms", true)
        {
            Note = $"spread {Statistics.Spread(times)}",
        };
    }

    private static async Task<Line> Export(WebClub club, string format, Func<byte[], (int Rows, bool HasLast)> count)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        var (isOk, size) = (true, 0);
        await using var database = new Database(club.Uri);
        await using var connection = await database.Open();
        for (var i = 0; i < Runs; i++)
        {
            var clock = Stopwatch.StartNew();
            var file = await club.Http.GetByteArrayAsync($"/api/lists/members/export?format={format}");
            ours.Add(clock.Elapsed.TotalSeconds);
            size = file.Length;
            var (rows, hasLast) = count(file);
            isOk &= rows == Members && hasLast;
            clock.Restart();
            using var copy = await connection.BeginTextExportAsync(
                "copy (select code, display_name, email, phone, status, plan_name, expires_on, last_visit_at, "
                + "registered_at from views.members order by sort_name, key) to stdout csv");
            isOk &= (await copy.ReadToEndAsync()).Split('\n').Length == Members + 1;
            theirs.Add(clock.Elapsed.TotalSeconds);
        }

        return new Line(
            $"export of 50,000 as {format}", "copy to csv", Statistics.Median(ours), Statistics.Median(theirs), "s",
            isOk)
        {
            Note = $"spread {Statistics.Spread(ours)}; {size / 1_000_000.0:N1} MB, every row counted",
        };
    }

    private static (int Rows, bool HasLast) CountCsv(byte[] file)
    {
        var lines = System.Text.Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (lines.Length - 1, lines[^1].Contains(WebClub.LastName, StringComparison.Ordinal));
    }

    private static (int Rows, bool HasLast) CountRows(byte[] file)
    {
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var sheet = workbook.WorkbookPart!.WorksheetParts.Single();
        var rows = sheet.Worksheet.Descendants<Row>().ToList();
        return (rows.Count - 1, rows[^1].InnerText.Contains(WebClub.LastName, StringComparison.Ordinal));
    }
}
