using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace SmartClub.Bench;

/// <summary>What a browser drew while somebody scrolled.</summary>
/// <param name="Gaps">Milliseconds from each frame to the next.</param>
/// <param name="Long">Milliseconds of each task that held everything up for more than 50.</param>
internal sealed record Drawn(double[] Gaps, double[] Long)
{
    public static Drawn None { get; } = new([], []);

    public Drawn And(Drawn other) => new([.. Gaps, .. other.Gaps], [.. Long, .. other.Long]);
}

/// <summary>What somebody does to a long list in a browser, and how it goes along. No wait is without an end.</summary>
internal sealed class ListScreen(IPage page)
{
    private const int Turns = 150;
    private const int TurnPixels = 400;
    private const int DragSteps = 90;

    // The thumb follows a scroll a moment later; a press where it is not yet moves nothing.
    private const int Presses = 3;

    // Above the thumb stands an arrow.
    private const int BelowArrow = 16;
    private const string Box = "[role=rowgroup][tabindex]";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A box of the same height that nothing is in: what the browser itself takes to scroll.
    private const string BareBox =
        """
        (height) => {
          const box = document.createElement('div');
          box.setAttribute('role', 'rowgroup');
          box.tabIndex = 0;
          box.style.cssText = 'height: 700px; overflow-y: auto; scrollbar-width: thin';
          const all = document.createElement('div');
          all.style.height = `${height}px`;
          box.append(all);
          document.body.append(box);
        }
        """;

    private const string Record =
        """
        () => {
          const record = { gaps: [], long: [], on: true };
          window.benchRecord = record;
          record.tasks = new PerformanceObserver((list) => {
            record.long.push(...list.getEntries().map(({ duration }) => duration));
          });
          record.tasks.observe({ type: 'longtask' });
          let last = performance.now();
          const look = (now) => {
            record.gaps.push(now - last);
            last = now;
            if (record.on) {
              requestAnimationFrame(look);
            }
          };
          requestAnimationFrame(look);
        }
        """;

    private const string Recorded =
        """
        () => {
          const { gaps, long, tasks } = window.benchRecord;
          window.benchRecord.on = false;
          tasks.disconnect();
          return JSON.stringify({ gaps, long });
        }
        """;

    // From the next key or press on, until what is given holds.
    private const string Watch =
        """
        ({ holds, most }) => {
          const isThere = new Function(`return ${holds};`);
          window.benchAnswer = new Promise((done) => {
            const begin = ({ timeStamp }) => {
              removeEventListener('keydown', begin, true);
              removeEventListener('pointerdown', begin, true);
              const look = () => {
                const time = performance.now() - timeStamp;
                if (isThere() || time > most) {
                  done(time);
                } else {
                  requestAnimationFrame(look);
                }
              };
              requestAnimationFrame(look);
            };
            addEventListener('keydown', begin, true);
            addEventListener('pointerdown', begin, true);
          });
        }
        """;

    private const string Table = "document.querySelector('[role=table]')";
    private const string Selection = "document.querySelector('[data-testid=selection]')";

    // Also where there is no table at all.
    private const string HasFirst = Table + """?.querySelector('[aria-rowindex="2"] a') !== null""";

    // The row with the number of all rows is there with what it is to show.
    private const string IsAtEnd =
        $$"""{{Table}}.querySelector(`[aria-rowindex="${{{Table}}.getAttribute('aria-rowcount')}"] a`) !== null""";

    private const string SomeFrames =
        "() => new Promise((done) => { let left = 5; const next = () => left-- ? requestAnimationFrame(next) : done(); "
        + "next(); })";

    private ILocator Field => page.Locator("main input:not([type=checkbox])").First;

    /// <summary>Puts an empty box of the same height on the page.</summary>
    public Task PutBareBox(int height) => page.EvaluateAsync(BareBox, height).WaitAsync(Patience);

    /// <summary>How high the list is.</summary>
    public Task<int> Height() => page.EvalOnSelectorAsync<int>(Box, "(box) => box.scrollHeight").WaitAsync(Patience);

    /// <summary>Turns the wheel for some seconds.</summary>
    public Task<Drawn> Wheel() => Frames(async () =>
    {
        var box = await Place();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        for (var i = 0; i < Turns; i++)
        {
            await page.Mouse.WheelAsync(0, TurnPixels);
        }
    });

    /// <summary>Drags the scroll bar from the top to the end.</summary>
    public async Task<Drawn> Drag()
    {
        var left = 0.0;
        for (var i = 0; i < Presses; i++)
        {
            await ToTheTop();
            var box = await Place();
            var x = box.X + box.Width - 5;
            var drawn = await Frames(async () =>
            {
                await page.Mouse.MoveAsync(x, box.Y + BelowArrow);
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync(x, box.Y + box.Height + 40, new() { Steps = DragSteps });
                await page.Mouse.UpAsync();
            });
            left = await page.EvalOnSelectorAsync<double>(
                Box, "(box) => box.scrollHeight - box.clientHeight - box.scrollTop").WaitAsync(Patience);
            if (left < 2)
            {
                return drawn;
            }
        }

        throw new InvalidOperationException($"The scroll bar ended {left} px too early.");
    }

    /// <summary>Presses End; the ms until the last of all rows is there.</summary>
    public async Task<double> ToTheEnd()
    {
        await ToTheTop();
        await page.EvalOnSelectorAsync(Box, "(box) => box.focus()").WaitAsync(Patience);
        return await Answer(IsAtEnd, () => page.Keyboard.PressAsync("End"));
    }

    /// <summary>What stands in the last row.</summary>
    public Task<string> Last() => page.EvaluateAsync<string>(
        "() => [...document.querySelectorAll('[role=row]')].at(-1).querySelector('a')?.textContent ?? ''")
        .WaitAsync(Patience);

    /// <summary>Types a word; the ms from each letter that changes the answer until that is on the screen.</summary>
    public async Task<List<double>> Type(string word, Func<string, Task<int>> count)
    {
        await Field.FillAsync("");
        var before = await count("");
        await page.WaitForFunctionAsync($"() => {Shows(before)}", null, Bounded);
        var times = new List<double>();
        for (var i = 1; i <= word.Length; i++)
        {
            var letter = word[i - 1].ToString();
            var now = await count(word[..i]);
            if (now == before)
            {
                await Field.PressAsync(letter);
                continue;
            }

            times.Add(await Answer(Shows(now), () => Field.PressAsync(letter)));
            before = now;
        }

        return times;
    }

    /// <summary>Presses a button of the filter; the ms until the answer is on the screen.</summary>
    public Task<double> Filter(string button, int count) => Answer(Shows(count), () => Press(button));

    /// <summary>Ticks the box that ticks all; the ms until they are counted.</summary>
    public Task<double> ChooseAll(int count) => Answer(
        $"{Selection}?.textContent.includes('{count}') === true",
        () => page.GetByRole(AriaRole.Checkbox, new() { Name = "Tout choisir" }).ClickAsync());

    /// <summary>Suspends all who are ticked; the ms from the last press until it is done.</summary>
    public async Task<double> SuspendAll()
    {
        await Press("Suspendre…");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Motif" }).FillAsync("Règlement intérieur");
        return await Answer($"{Selection} === null", () => Press("Suspendre"));
    }

    private static PageWaitForFunctionOptions Bounded => new() { Timeout = (float)Patience.TotalMilliseconds };

    private static string Shows(int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Table}?.getAttribute('aria-rowcount') === '{count + 1}' && {HasFirst}");

    private Task Press(string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task ToTheTop()
    {
        await page.EvalOnSelectorAsync(Box, "(box) => box.scrollTo(0, 0)").WaitAsync(Patience);
        await page.WaitForFunctionAsync($"() => {HasFirst}", null, Bounded);
        await page.EvaluateAsync(SomeFrames).WaitAsync(Patience);
    }

    private async Task<double> Answer(string holds, Func<Task> act)
    {
        var most = Patience.TotalMilliseconds;
        await page.EvaluateAsync(Watch, new { holds, most }).WaitAsync(Patience);
        await act();
        var time = await page.EvaluateAsync<double>("() => window.benchAnswer").WaitAsync(2 * Patience);
        return time < most ? time : throw new TimeoutException($"Nothing came of it: {holds}");
    }

    private async Task<Drawn> Frames(Func<Task> act)
    {
        await page.EvaluateAsync(Record).WaitAsync(Patience);
        await act().WaitAsync(Patience);
        var recorded = await page.EvaluateAsync<string>(Recorded).WaitAsync(Patience);
        return JsonSerializer.Deserialize<Drawn>(recorded, JsonSerializerOptions.Web)!;
    }

    private async Task<LocatorBoundingBoxResult> Place() =>
        await page.Locator(Box).BoundingBoxAsync() ?? throw new InvalidOperationException("There is no list.");
}
