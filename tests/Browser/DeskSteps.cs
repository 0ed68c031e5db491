using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SmartClub.Tests.Browser;

/// <summary>What everybody at the desk does.</summary>
internal static class DeskSteps
{
    // A loaded machine may pass keystrokes on more slowly than any reader types; then the badge is held to it again.
    private const int Tries = 4;
    private const int ReadMilliseconds = 2_500;

    /// <summary>A reader that is plugged in as a keyboard types the badge in a burst, and Enter.</summary>
    public static async Task ReadBadge(IPage page, string badge, ILocator opened)
    {
        for (var i = 1; ; i++)
        {
            await page.Keyboard.TypeAsync(badge);
            await page.Keyboard.PressAsync("Enter");
            try
            {
                await Expect(opened).ToBeVisibleAsync(new() { Timeout = ReadMilliseconds });
                return;
            }
            catch (PlaywrightException) when (i < Tries)
            {
                await page.Keyboard.PressAsync("Escape");
            }
        }
    }
}
