using System.Globalization;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Chaos;

/// <summary>What is done to the club. "The silo" is the active one; the other stands by.</summary>
internal enum FaultKind
{
    /// <summary>kill -9 of the silo.</summary>
    KillSilo,

    /// <summary>kill -9 when a batch is on its way to the database, or in it and not confirmed.</summary>
    KillSiloInBatch,

    /// <summary>kill -9, and once more while the next one starts.</summary>
    KillSiloTwice,

    /// <summary>kill -9 of both silos at once.</summary>
    KillBothSilos,

    /// <summary>kill -9 of the standby.</summary>
    KillStandby,

    /// <summary>SIGSTOP of the silo, and SIGCONT after a while.</summary>
    PauseSilo,

    /// <summary>SIGSTOP of the standby, and SIGCONT after a while.</summary>
    PauseStandby,

    /// <summary>SIGSTOP of the silo, and SIGCONT once the standby has taken over.</summary>
    TakeOver,

    /// <summary>The same, while a batch is on its way to the database.</summary>
    TakeOverInBatch,

    /// <summary>kill -9 of a process of PostgreSQL; it ends all others and recovers.</summary>
    KillBackend,

    /// <summary>kill -9 of PostgreSQL's first process; it is started again.</summary>
    KillPostgres,

    /// <summary>SIGSTOP of all of PostgreSQL, and SIGCONT after a while.</summary>
    PausePostgres,

    /// <summary>What the silo sends to the database arrives late.</summary>
    HoldCommits,

    /// <summary>What the database answers arrives late: done, but not known to be.</summary>
    HoldConfirmations,

    /// <summary>All the silo's connections to the database break.</summary>
    CutDatabase,

    /// <summary>All the standby's connections to the database break.</summary>
    CutStandby,

    /// <summary>No byte is free on the disk of database and keys, for a while.</summary>
    FillDisk,

    /// <summary>The wall clock of one silo jumps, forth or back.</summary>
    SetClock,

    /// <summary>Clients' connections break in the middle of an answer.</summary>
    CutAnswers,
}

/// <summary>One fault.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="After">When, counted from the beginning of its storm.</param>
/// <param name="Length">For how long, where that means something.</param>
/// <param name="Choice">Which one, how many or how far, where there is a choice.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan After, TimeSpan Length, int Choice)
{
    /// <summary>How many kills it counts for.</summary>
    public int Kills => Kind switch
    {
        FaultKind.KillSiloTwice or FaultKind.KillBothSilos => 2,
        FaultKind.KillSilo or FaultKind.KillSiloInBatch or FaultKind.KillStandby or FaultKind.KillBackend
            or FaultKind.KillPostgres => 1,
        _ => 0,
    };

    /// <summary>Its kind as the reports call it.</summary>
    public string Name => Refusal.Snake(Kind.ToString());

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}+{After.TotalSeconds:N1}/{Length.TotalSeconds:N1}s#{Choice % 100}");
}

/// <summary>Faults that overlap, and how many answers the club must give after them before the next storm.</summary>
internal sealed record Storm(IReadOnlyList<Fault> Faults, int AnswersAfter)
{
    private const int OverlapMax = 3;
    private static readonly TimeSpan LengthMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OffsetMax = TimeSpan.FromSeconds(1.5);

    // How often each kind comes, beside the others.
    private static readonly (FaultKind Kind, int Weight)[] Weights =
    [
        (FaultKind.KillSilo, 6), (FaultKind.KillSiloInBatch, 5), (FaultKind.KillSiloTwice, 2),
        (FaultKind.KillBothSilos, 4), (FaultKind.KillStandby, 3), (FaultKind.PauseSilo, 3),
        (FaultKind.PauseStandby, 2), (FaultKind.TakeOver, 4), (FaultKind.TakeOverInBatch, 4),
        (FaultKind.KillBackend, 4), (FaultKind.KillPostgres, 4), (FaultKind.PausePostgres, 2),
        (FaultKind.HoldCommits, 3), (FaultKind.HoldConfirmations, 3), (FaultKind.CutDatabase, 3),
        (FaultKind.CutStandby, 2), (FaultKind.FillDisk, 2), (FaultKind.SetClock, 3), (FaultKind.CutAnswers, 4),
    ];

    /// <summary>Storms without end; the same for the same seed.</summary>
    public static IEnumerable<Storm> Endless(int seed, IReadOnlySet<FaultKind> possible)
    {
        var random = new Random(seed);
        var kinds = Weights.Where(w => possible.Contains(w.Kind))
            .SelectMany(w => Enumerable.Repeat(w.Kind, w.Weight)).ToArray();
        while (true)
        {
            var count = random.Next(2) == 0 ? 1 : random.Next(2, OverlapMax + 1);
            var faults = Enumerable.Range(0, count).Select(_ => Of(kinds[random.Next(kinds.Length)], random)).ToList();
            yield return new Storm(faults, random.Next(20, 100));
        }
    }

    /// <summary>Each kind once, alone or with another.</summary>
    public static IEnumerable<Storm> Each(int seed, IReadOnlySet<FaultKind> possible)
    {
        var random = new Random(seed);
        var kinds = possible.Order().ToArray();
        random.Shuffle(kinds);
        for (var at = 0; at < kinds.Length;)
        {
            var count = Math.Min(random.Next(1, OverlapMax), kinds.Length - at);
            yield return new Storm([.. kinds.Skip(at).Take(count).Select(k => Of(k, random))], random.Next(20, 100));
            at += count;
        }
    }

    private static Fault Of(FaultKind kind, Random random) => new(
        kind, OffsetMax * random.NextDouble(), LengthMax * random.NextDouble(), random.Next());
}
