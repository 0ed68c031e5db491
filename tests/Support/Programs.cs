using System.Diagnostics;

namespace SmartClub.Tests.Support;

/// <summary>Other programs that a test runs. One that hangs is killed, and fails the test by name.</summary>
internal static class Programs
{
    /// <summary>Waits until it has ended and has said all.</summary>
    public static async Task Ends(this Process process, double minutes = 2)
    {
        var command = $"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}";
        try
        {
#pragma warning disable RS0030 // This is what bounds it.
            await process.WaitForExitAsync().Happens($"{command} ends", minutes);
#pragma warning restore RS0030
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
