using SmartClub.Tests.Faults;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Chaos;

/// <summary>
/// A club of real processes to which anything can be done: PostgreSQL on a small disk of its own, and two silos, one of
/// which stands by.
/// </summary>
internal sealed class ChaosClub : IAsyncDisposable
{
    private const int DiskMegabytes = 1_536;
    private const int ClockJumpSeconds = 40;
    private static readonly TimeSpan TakesOverWithin = TimeSpan.FromSeconds(30);

    private readonly PostgresProcess postgres;
    private readonly CancellationTokenSource stop = new();
    private readonly Task supervising;

    private ChaosClub(PostgresProcess postgres, TestDatabase database)
    {
        this.postgres = postgres;
        Database = database;
        Folder = Directory.CreateDirectory(Path.Combine(postgres.Folder, "club")).FullName;
        AddSilo();
        supervising = KeepPostgresUp();
    }

    /// <summary>The data folder, on the same disk as the database.</summary>
    public string Folder { get; }

    public TestDatabase Database { get; }

    /// <summary>Both, once the second was added.</summary>
    public List<ChaosSilo> Silos { get; } = [];

    /// <summary>All that can be done here.</summary>
    public static IReadOnlySet<FaultKind> Possible { get; } =
        Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.SetClock || ChaosSilo.HasClock).ToHashSet();

    // Who became active last; nobody may be at the moment.
    private ChaosSilo Owner => Silos.MaxBy(s => s.Process.ActiveSince)!;

    private ChaosSilo Other => Silos.MinBy(s => s.Process.ActiveSince)!;

    public static async Task<ChaosClub> Start()
    {
        var postgres = await PostgresProcess.Make(DiskMegabytes);
        return new ChaosClub(postgres, await TestDatabase.Create(postgres.Uri));
    }

    /// <summary>One silo more, which stands by when there is one already.</summary>
    public ChaosSilo AddSilo()
    {
        var clock = Path.Combine(postgres.Folder, $"clock{Silos.Count}");
        var silo = new ChaosSilo(Database, Folder, clock);
        Silos.Add(silo);
        return silo;
    }

    /// <summary>Does it, and completes when it is over.</summary>
    public async Task Suffer(Fault fault)
    {
        await Wait(fault.After);
        var (owner, other) = (Owner, Other);
        await (fault.Kind switch
        {
            FaultKind.KillSilo => owner.Process.Kill(),
            FaultKind.KillSiloInBatch => KillInBatch(owner, fault),
            FaultKind.KillSiloTwice => KillTwice(owner),
            FaultKind.KillBothSilos => Task.WhenAll(owner.Process.Kill(), other.Process.Kill()),
            FaultKind.KillStandby => other.Process.Kill(),
            FaultKind.PauseSilo => For(fault.Length, Pause(owner)),
            FaultKind.PauseStandby => For(fault.Length, Pause(other)),
            FaultKind.TakeOver => WakeAfterTakeover(Pause(owner), other),
            FaultKind.TakeOverInBatch => TakeOverInBatch(owner, other, fault),
            FaultKind.KillBackend => Do(() => postgres.KillBackend(fault.Choice)),
            FaultKind.KillPostgres => postgres.KillAndRestart(),
            FaultKind.PausePostgres => For(fault.Length, postgres.Pause()),
            FaultKind.HoldCommits => For(fault.Length, owner.Wire.HoldOutward()),
            FaultKind.HoldConfirmations => For(fault.Length, owner.Wire.HoldHomeward()),
            FaultKind.CutDatabase => Do(owner.Wire.Break),
            FaultKind.CutStandby => Do(other.Wire.Break),
            FaultKind.FillDisk => FillDisk(fault.Length),
            FaultKind.SetClock => Do(() => SetClock(fault.Choice)),
            FaultKind.CutAnswers => CutAnswers(owner, fault),
            _ => throw new InvalidOperationException($"{fault.Kind} has no hand to do it."),
        });
    }

    /// <summary>The silos' clocks go right again.</summary>
    public void SetClocksRight() => Silos.ForEach(s => s.SetClock(0));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await supervising.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }

        await postgres.DisposeAsync();
        stop.Dispose();
    }

    private static int[] Pause(ChaosSilo silo) => silo.Process.Pause() is { } id ? [id] : [];

    private static async Task KillInBatch(ChaosSilo silo, Fault fault)
    {
        var batch = fault.Choice % 2 == 0
            ? silo.Wire.Says("copy journal.rows") : silo.Wire.AnswersInVain("copy journal.rows");
        await Task.WhenAny(batch, Wait(fault.Length));
        await silo.Process.Kill();
    }

    private static async Task TakeOverInBatch(ChaosSilo owner, ChaosSilo other, Fault fault)
    {
        await Task.WhenAny(owner.Wire.Says("copy journal.rows"), Wait(fault.Length));
        await WakeAfterTakeover(Pause(owner), other);
    }

    // Whoever is dead or cut off at the same time cannot take over; the stopped one is woken all the same.
    private static async Task WakeAfterTakeover(int[] stopped, ChaosSilo other)
    {
        await Task.WhenAny(other.Process.Active, Wait(TakesOverWithin));
        Signals.Send(Signals.Continue, stopped);
    }

    private static async Task KillTwice(ChaosSilo silo)
    {
        await silo.Process.Kill();
        _ = silo.Process.Kill();
    }

    private async Task FillDisk(TimeSpan length)
    {
        await postgres.FillDisk();
        await Wait(length);
        await postgres.FreeDisk();
    }

    private static async Task CutAnswers(ChaosSilo silo, Fault fault)
    {
        silo.Front.BreakOff(1 + (fault.Choice % 5));
        await Wait(fault.Length / 10);
        silo.Front.Break();
    }

    // Two machines need not agree on the time.
    private void SetClock(int choice) =>
        Silos[choice % Silos.Count].SetClock((choice / 2 % (2 * ClockJumpSeconds)) - ClockJumpSeconds);

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
