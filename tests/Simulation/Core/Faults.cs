namespace SmartClub.Simulated.Core;

/// <summary>What can go wrong.</summary>
public enum Fault
{
    /// <summary>A silo is gone from one step to the next.</summary>
    Kill,

    /// <summary>A silo is gone after the database has committed and before it hears of it.</summary>
    KillAfterCommit,

    /// <summary>A silo is asked to stop.</summary>
    AskedToStop,

    /// <summary>A silo does nothing for a while, then goes on.</summary>
    Pause,

    /// <summary>The appending connection breaks with rows on their way that never arrive.</summary>
    CutBeforeCommit,

    /// <summary>The appending connection breaks with the answer on its way.</summary>
    CutAfterCommit,

    /// <summary>The database refuses everything for a while.</summary>
    DiskFull,

    /// <summary>Commits take up to seconds for a while.</summary>
    SlowStore,

    /// <summary>The database is away for a while, and all its connections with it.</summary>
    DatabaseDown,

    /// <summary>One question to the database fails.</summary>
    FailedRead,

    /// <summary>A message between client and silo is lost.</summary>
    LostMessage,

    /// <summary>A message arrives twice.</summary>
    DoubledMessage,

    /// <summary>A message arrives long after later ones.</summary>
    LateMessage,

    /// <summary>All snapshots are deleted.</summary>
    SnapshotsLost,

    /// <summary>Every grain that can go leaves the memory.</summary>
    Eviction,

    /// <summary>A silo's wall clock jumps, forth or back; what it measures time with goes on evenly.</summary>
    ClockJump,
}

/// <summary>Which faults a run has, how often, and how many there were. Each run has some kinds only.</summary>
internal sealed class Faults
{
    private readonly int[] chances = new int[Enum.GetValues<Fault>().Length];
    private readonly long[] counts = new long[Enum.GetValues<Fault>().Length];
    private readonly Dice dice;

    public Faults(Dice dice)
    {
        this.dice = dice;
        for (var kind = 0; kind < chances.Length; kind++)
        {
            // Half of the kinds stay away, so that the others have time to show what they do.
            chances[kind] = dice.OneIn(2) ? 0 : dice.Pick((int[])[20, 60, 200, 600]);
        }
    }

    /// <summary>How a machine is killed.</summary>
    public Action<Machine> Kill { get; set; } = _ => { };

    public IReadOnlyList<long> Counts => counts;

    /// <summary>Whether this fault happens here.</summary>
    public bool Happens(Fault kind)
    {
        var happens = chances[(int)kind] > 0 && dice.OneIn(chances[(int)kind]);
        counts[(int)kind] += happens ? 1 : 0;
        return happens;
    }

    /// <summary>From now on nothing goes wrong any more.</summary>
    public void Heal() => Array.Clear(chances);
}
