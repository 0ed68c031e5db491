namespace SmartClub.Bench;

/// <summary>
/// One run of one thing: operations, seconds, processor seconds of all processes involved, latencies.
/// </summary>
internal sealed record Run(long Operations, double Seconds, double CpuSeconds, Latencies? Latencies = null)
{
    public double PerSecond => Operations / Seconds;

    public double CpuMicroseconds => CpuSeconds * 1e6 / Operations;
}

/// <summary>Latencies in milliseconds.</summary>
internal sealed record Latencies(double P50, double P99, double P999, double Max)
{
    public static Latencies Of(List<double> milliseconds)
    {
        milliseconds.Sort();
        double At(double share) => milliseconds[(int)Math.Min(milliseconds.Count - 1, share * milliseconds.Count)];
        return new Latencies(At(0.50), At(0.99), At(0.999), milliseconds[^1]);
    }
}

/// <summary>One line of a result: ours beside its peer, measured in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Peer">What it is measured against.</param>
/// <param name="Ours">Our median.</param>
/// <param name="Theirs">The peer's median.</param>
/// <param name="Unit">Unit of both; throughput ends in <c>/s</c>.</param>
/// <param name="ChecksOk">Whether every correctness check held. A fast run that fails counts as zero.</param>
internal sealed record Line(string Name, string Peer, double Ours, double Theirs, string Unit, bool ChecksOk)
{
    public double Ratio => Theirs == 0 ? 0 : Ours / Theirs;

    /// <summary>Anything that helps to read the line: spread, CPU per operation, latencies.</summary>
    public string Note { get; init; } = "";
}

internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1
            ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    public static string Spread(IReadOnlyCollection<double> values) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{values.Min():N1}-{values.Max():N1}");
}
