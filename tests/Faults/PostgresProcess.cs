using System.Diagnostics;
using System.Text.Json;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Faults;

/// <summary>
/// The PostgreSQL that was made for this run of the tests: <c>SMARTCLUB_TEST_PG</c> names a file that tells its pid
/// and how to start it again.
/// </summary>
internal static class PostgresProcess
{
    /// <summary>kill -9, and up again.</summary>
    public static async Task KillAndRestart()
    {
        using (var server = Process.GetProcessById(Told().GetProperty("pid").GetInt32()))
        {
            server.Kill();
            await server.WaitForExitAsync().Happens("PostgreSQL is gone");
        }

        var start = Told().GetProperty("start").EnumerateArray().Select(word => word.GetString()!).ToList();
        var command = new ProcessStartInfo(start[0], start[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var starting = Process.Start(command)!;
        var said = Task.WhenAll(
            starting.StandardOutput.ReadToEndAsync(), starting.StandardError.ReadToEndAsync());
        await starting.WaitForExitAsync().Happens("PostgreSQL is up again");
        Assert.True(starting.ExitCode == 0, string.Concat(await said));
    }

    private static JsonElement Told()
    {
        var file = Environment.GetEnvironmentVariable("SMARTCLUB_TEST_PG") is { Length: > 0 } set
            ? set
            : throw new InvalidOperationException(
                "SMARTCLUB_TEST_PG is not set; `./smartclub test` makes a PostgreSQL that may be killed.");
        return JsonDocument.Parse(File.ReadAllText(file)).RootElement.Clone();
    }
}
