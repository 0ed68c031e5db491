using System.Globalization;
using SmartClub.Tests.Faults;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Chaos;

/// <summary>One of the club's silos: a real process, a wire on either side of it, and a clock only it sees.</summary>
internal sealed class ChaosSilo : IAsyncDisposable
{
    private static readonly string? Faketime = Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    private readonly string clockFile;

    public ChaosSilo(TestDatabase database, string dataFolder, string clockFile)
    {
        this.clockFile = clockFile;
        SetClock(0);
        Wire = new Wire(database.ServerPort);
        Process = new SiloProcess(database.Uri(Wire.Port), dataFolder, Environment(clockFile));
        Front = new Wire(Process.Port);
    }

    /// <summary>Whether its clock can be set: that needs a library of Debian.</summary>
    public static bool HasClock => Faketime is not null;

    public SiloProcess Process { get; }

    /// <summary>Between silo and database.</summary>
    public Wire Wire { get; }

    /// <summary>Between clients and silo.</summary>
    public Wire Front { get; }

    /// <summary>Where clients find it.</summary>
    public Uri Address => new($"http://127.0.0.1:{Front.Port}");

    /// <summary>Its wall clock is so many seconds ahead from now on, or behind.</summary>
    public void SetClock(int seconds)
    {
        // Whole or not at all: half a number would be another time.
        var text = seconds.ToString("+0;-0", CultureInfo.InvariantCulture) + "\n";
        File.WriteAllText(clockFile + ".new", text);
        File.Move(clockFile + ".new", clockFile, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Front.DisposeAsync();
        await Wire.DisposeAsync();
    }

    private static Dictionary<string, string> Environment(string clockFile) => Faketime is null ? [] : new()
    {
        ["LD_PRELOAD"] = Faketime,
        ["FAKETIME_TIMESTAMP_FILE"] = clockFile,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",

        // With it on, every wait of .NET that goes by the monotonic clock would end at once.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        ["NO_FAKE_STAT"] = "1",
    };
}
