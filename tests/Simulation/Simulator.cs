using System.Diagnostics;
using SmartClub.Simulated.Club;
using SmartClub.Simulated.Core;

namespace SmartClub.Simulated;

/// <summary>What a run was and what was wrong with it.</summary>
/// <param name="Seed">What decides everything in it.</param>
/// <param name="Fault">The first thing that must not be; null: all is well.</param>
/// <param name="Trace">Hash of everything that happened, in order.</param>
/// <param name="Simulated">Time on the virtual clock.</param>
/// <param name="Rows">Rows in the journal at the end.</param>
/// <param name="Steps">Things that happened.</param>
/// <param name="Faults">How many faults of each kind there were.</param>
public sealed record Run(
    int Seed, string? Fault, ulong Trace, TimeSpan Simulated, int Rows, long Steps, IReadOnlyList<long> Faults);

/// <summary>Runs simulated clubs.</summary>
public static class Simulator
{
    private const long MostSteps = 20_000_000;

    /// <summary>One club's life, on this thread. The same seed always gives the same run.</summary>
    public static Run Run(int seed, Mutation? mutation = null, Action<string>? watcher = null)
    {
        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var world = new World((ulong)seed, mutation ?? Mutation.None);
            world.Timeline.Watcher = watcher;
            var fault = world.Run(MostSteps);
            return new Run(
                seed, fault, world.Timeline.Hash, TimeSpan.FromTicks(world.Timeline.Now), world.Database.Rows.Count,
                world.Timeline.Steps, world.Faults.Counts);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }

    /// <summary>Runs these seeds until one fails, and adds them up.</summary>
    public static Campaign Try(IEnumerable<int> seeds, Mutation? mutation = null)
    {
        var campaign = new Campaign();
        foreach (var seed in seeds)
        {
            campaign.Add(Run(seed, mutation));
            if (campaign.Failure is not null)
            {
                break;
            }
        }

        return campaign;
    }
}

/// <summary>Many runs, added up.</summary>
public sealed class Campaign
{
    private readonly long[] faults = new long[Enum.GetValues<Fault>().Length];
    private readonly TimeSpan startedAt = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Runs so far.</summary>
    public int Runs { get; private set; }

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Time on virtual clocks.</summary>
    public TimeSpan Simulated { get; private set; }

    /// <summary>Time of processors, this whole process.</summary>
    public TimeSpan Processor => Process.GetCurrentProcess().TotalProcessorTime - startedAt;

    /// <summary>Time on the wall.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    /// <summary>Simulated hours for each hour of one processor.</summary>
    public double HoursPerHour => Simulated / Processor;

    /// <summary>The run that failed, if one did.</summary>
    public Run? Failure { get; private set; }

    /// <summary>Faults of each kind.</summary>
    public IReadOnlyDictionary<Fault, long> Faults => Enum.GetValues<Fault>().ToDictionary(f => f, f => faults[(int)f]);

    internal void Add(Run run)
    {
        Runs++;
        Rows += run.Rows;
        Simulated += run.Simulated;
        Failure = run.Fault is null ? null : run;
        for (var i = 0; i < faults.Length; i++)
        {
            faults[i] += run.Faults[i];
        }
    }
}
