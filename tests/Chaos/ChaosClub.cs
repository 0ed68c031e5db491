using System.Globalization;
using SmartClub.Tests.Faults;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Chaos;

/// <summary>
/// A club of real processes to which anything can be done: PostgreSQL on a small disk of its own, the silo behind a
/// wire on either side, and a clock that only the silo sees.
/// </summary>
internal sealed class ChaosClub : IAsyncDisposable
{
    private const int DiskMegabytes = 1_536;
    private const int ClockJumpSeconds = 40;
    private static readonly string? Faketime = Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    private readonly PostgresProcess postgres;
    private readonly TestDatabase database;
    private readonly string clockFile;
    private readonly CancellationTokenSource stop = new();
    private readonly Task supervising;

    private ChaosClub(PostgresProcess postgres, TestDatabase database)
    {
        this.postgres = postgres;
        this.database = database;
        Folder = Directory.CreateDirectory(Path.Combine(postgres.Folder, "club")).FullName;
        clockFile = Path.Combine(postgres.Folder, "clock");
        File.WriteAllText(clockFile, "+0\n");
        Wire = new Wire(database.ServerPort);
        Silo = new SiloProcess(database.Uri(Wire.Port), Folder, Environment(clockFile));
        Front = new Wire(Silo.Port);
        supervising = KeepPostgresUp();
    }

    /// <summary>The data folder, on the same disk as the database.</summary>
    public string Folder { get; }

    /// <summary>Where the database is without the wire.</summary>
    public string DatabaseUri => database.Uri();

    public TestDatabase Database => database;

    public SiloProcess Silo { get; }

    /// <summary>Between silo and database.</summary>
    public Wire Wire { get; }

    /// <summary>Between clients and silo.</summary>
    public Wire Front { get; }

    /// <summary>What can be done here: the clock needs a library of Debian.</summary>
    public static IReadOnlySet<FaultKind> Possible { get; } =
        Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.SetClock || Faketime is not null).ToHashSet();

    public static async Task<ChaosClub> Start()
    {
        var postgres = await PostgresProcess.Make(DiskMegabytes);
        return new ChaosClub(postgres, await TestDatabase.Create(postgres.Uri));
    }

    /// <summary>Does it, and completes when it is over.</summary>
    public async Task Suffer(Fault fault)
    {
        await Wait(fault.After);
        await (fault.Kind switch
        {
            FaultKind.KillSilo => Silo.Kill(),
            FaultKind.KillSiloInBatch => KillInBatch(fault),
            FaultKind.KillSiloTwice => KillTwice(),
            FaultKind.PauseSilo => For(fault.Length, Silo.Pause() is { } id ? [id] : []),
            FaultKind.KillBackend => Do(() => postgres.KillBackend(fault.Choice)),
            FaultKind.KillPostgres => postgres.KillAndRestart(),
            FaultKind.PausePostgres => For(fault.Length, postgres.Pause()),
            FaultKind.HoldCommits => For(fault.Length, Wire.HoldOutward()),
            FaultKind.HoldConfirmations => For(fault.Length, Wire.HoldHomeward()),
            FaultKind.CutDatabase => Do(Wire.Break),
            FaultKind.FillDisk => FillDisk(fault.Length),
            FaultKind.SetClock => Do(() => SetClock((fault.Choice % (2 * ClockJumpSeconds)) - ClockJumpSeconds)),
            FaultKind.CutAnswers => CutAnswers(fault),
            _ => throw new InvalidOperationException($"{fault.Kind} has no hand to do it."),
        });
    }

    /// <summary>The silo's clock goes right again.</summary>
    public void SetClockRight() => SetClock(0);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await supervising.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Silo.DisposeAsync();
        await Front.DisposeAsync();
        await Wire.DisposeAsync();
        await postgres.DisposeAsync();
        stop.Dispose();
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

    private async Task KillInBatch(Fault fault)
    {
        var batch = fault.Choice % 2 == 0 ? Wire.Says("copy journal.rows") : Wire.AnswersInVain("copy journal.rows");
        await Task.WhenAny(batch, Wait(fault.Length));
        await Silo.Kill();
    }

    private async Task KillTwice()
    {
        await Silo.Kill();
        _ = Silo.Kill();
    }

    private async Task FillDisk(TimeSpan length)
    {
        await postgres.FillDisk();
        await Wait(length);
        await postgres.FreeDisk();
    }

    private async Task CutAnswers(Fault fault)
    {
        Front.BreakOff(1 + (fault.Choice % 5));
        await Wait(fault.Length / 10);
        Front.Break();
    }

    private void SetClock(int seconds)
    {
        // Whole or not at all: half a number would be another time.
        var text = seconds.ToString("+0;-0", CultureInfo.InvariantCulture) + "\n";
        File.WriteAllText(clockFile + ".new", text);
        File.Move(clockFile + ".new", clockFile, overwrite: true);
    }

    private async Task KeepPostgresUp()
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop.Token);
            await postgres.EnsureUp();
        }
    }

    private static async Task For(TimeSpan length, TaskCompletionSource held)
    {
        await Wait(length);
        held.SetResult();
    }

    private static async Task For(TimeSpan length, IReadOnlyList<int> paused)
    {
        await Wait(length);
        Signals.Send(Signals.Continue, paused);
    }

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    // How long a fault lasts is what is being tried here; nothing is waited for.
    private static Task Wait(TimeSpan length) => Task.Delay(length, TimeProvider.System);
}
