using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Playwright;
using SmartClub.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>How much script a browser fetches before somebody sees something, weighed as it comes: packed.</summary>
public sealed class PageBudgetTests : ClubStory
{
    // Before the page of whichever address: the frame, the words of one language, and what draws them.
    private const int ShellBytes = 150_000;

    // All that the first opening of a page fetches, what is only needed a moment later included.
    private const int LogInBytes = 195_000;
    private const int PageBytes = 260_000;

    private readonly ConcurrentQueue<string> fetched = new();

    private protected override Task Prepare()
    {
        Screen.Context.Request += (_, request) => fetched.Enqueue(new Uri(request.Url).AbsolutePath);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Pages_KeepToTheirBudget()
    {
        await Page.GotoAsync("/login");
        await Expect(Page.GetByLabel("Adresse e-mail")).ToBeVisibleAsync();
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        // Who asks whether anybody is signed in has everything that every page needs.
        var shell = fetched.TakeWhile(path => !path.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.Contains(shell, path => path.StartsWith("/assets/fr-", StringComparison.Ordinal));
        Within(ShellBytes, "before the page of any address", shell);
        Within(LogInBytes, "/login", fetched);

        await Screen.SignInAdmin(Club);
        var faults = new List<string>();
        foreach (var route in AppRoutes.Pages(await Club.Member()))
        {
            fetched.Clear();
            await Page.GotoAsync(route);
            await Expect(Page.Locator("main h1").First).ToBeVisibleAsync();
            await Page.WaitForLoadStateAsync(LoadState.Load);
            try
            {
                Within(PageBytes, route, fetched);
            }
            catch (Xunit.Sdk.XunitException over)
            {
                faults.Add(over.Message);
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task Scripts_ComePacked()
    {
        var packed = new ConcurrentDictionary<string, string?>();
        Page.Response += async (_, response) =>
        {
            var path = new Uri(response.Url).AbsolutePath;
            if (path.EndsWith(".js", StringComparison.Ordinal))
            {
                packed[path] = await response.HeaderValueAsync("content-encoding");
            }
        };
        await Page.GotoAsync("/login");
        await Expect(Page.GetByLabel("Adresse e-mail")).ToBeVisibleAsync();
        var large = packed.Where(file => Weight(file.Key) > 1_000).ToList();
        Assert.NotEmpty(large);
        Assert.All(large, file => Assert.Contains(file.Value, (string[])["br", "gzip"]));
    }

    private static void Within(int bytes, string what, IEnumerable<string> paths)
    {
        var scripts = paths.Where(path => path.EndsWith(".js", StringComparison.Ordinal)).Distinct()
            .Select(path => (Path: path, Bytes: Weight(path))).OrderByDescending(s => s.Bytes).ToList();
        var sum = scripts.Sum(s => s.Bytes);
        Assert.True(
            sum <= bytes && scripts.Count > 0,
            $"{what}: {sum:N0} bytes of script (gzip), more than {bytes:N0}: "
            + string.Join(", ", scripts.Select(s => $"{s.Path} {s.Bytes:N0}")));
    }

    private static long Weight(string path)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(File.ReadAllBytes(Path.Combine(Tree.WebApp, path.TrimStart('/'))));
        }

        return packed.Length;
    }
}
