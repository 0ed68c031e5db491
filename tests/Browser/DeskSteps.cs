using Microsoft.Playwright;

namespace SmartClub.Tests.Browser;

/// <summary>What everybody at the desk does.</summary>
internal static class DeskSteps
{
    private const double GapSeconds = 0.004;

    /// <summary>
    /// A reader that is plugged in as a keyboard types the badge in a burst, and Enter. The keystrokes carry the times
    /// of a reader: a loaded machine passes them on as slowly as a hand.
    /// </summary>
    public static async Task ReadBadge(IPage page, string badge)
    {
        var keyboard = await page.Context.NewCDPSessionAsync(page);
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000d;
        foreach (var key in badge)
        {
            await Press(new() { ["key"] = $"{key}", ["text"] = $"{key}" });
        }

        await Press(new() { ["key"] = "Enter", ["text"] = "\r", ["windowsVirtualKeyCode"] = 13 });
        await keyboard.DetachAsync();

        async Task Press(Dictionary<string, object> key)
        {
            at += GapSeconds;
            key["timestamp"] = at;
            foreach (var type in (string[])["keyDown", "keyUp"])
            {
                await keyboard.SendAsync("Input.dispatchKeyEvent", new(key) { ["type"] = type });
            }
        }
    }
}
