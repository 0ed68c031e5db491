using System.Globalization;

namespace SmartClub.Simulated;

/// <summary><c>./smartclub simulate [--seed N] [--count N] [--mutation NAME] [--trace]</c></summary>
internal static class Verb
{
    private const int Failed = 1;
    private const int Misused = 2;

    public static int Run(string[] args)
    {
        var (seed, count, mutation, isTraced) = (1, 10_000, Mutation.None, false);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seed" when i + 1 < args.Length:
                    seed = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                case "--count" when i + 1 < args.Length:
                    count = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                case "--mutation" when i + 1 < args.Length:
                    mutation = Mutation.Named(args[++i]);
                    break;
                case "--trace":
                    isTraced = true;
                    break;
                default:
                    Say($"'{args[i]}' is not expected.");
                    return Misused;
            }
        }

        if (isTraced)
        {
            return Report(Simulator.Run(seed, mutation, Say), mutation);
        }

        var campaign = Simulator.Try(KeptSeeds.All.Concat(Enumerable.Range(seed, count)), mutation);
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{campaign.Runs} seeds, {campaign.Rows} rows, {campaign.Simulated.TotalHours:F1} simulated hours, "
            + $"{campaign.Elapsed.TotalSeconds:F1} s"));
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{campaign.Runs / campaign.Elapsed.TotalSeconds:F1} seeds/s, "
            + $"{campaign.HoursPerHour:F0} simulated hours per processor hour"));
        foreach (var (fault, times) in campaign.Faults)
        {
            Say($"  {fault}: {times}");
        }

        return campaign.Failure is { } failure ? Report(failure, mutation) : 0;
    }

    private static int Report(Run run, Mutation mutation)
    {
        if (run.Fault is null)
        {
            Say($"seed {run.Seed}: all holds; {run.Rows} rows, {run.Simulated}, trace {run.Trace:x16}");
            return 0;
        }

        Say($"seed {run.Seed}: {run.Fault}");
        var broken = mutation == Mutation.None ? "" : $" --mutation {mutation.Name}";
        Say($"Replay, step by step: ./smartclub simulate --seed {run.Seed} --trace{broken}");
        return Failed;
    }

    private static void Say(string line) => Console.WriteLine(line);
}
