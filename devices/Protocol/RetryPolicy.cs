namespace SmartClub.Devices.Protocol;

/// <summary>How long a request is tried again before it counts as unanswered.</summary>
public sealed record RetryPolicy
{
    /// <summary>Attempts in all, at least 1. The default spans about ten minutes of silence.</summary>
    public int AttemptsMax { get; init; } = 300;

    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a scan: a silo that is well answers within 0.3 s, and somebody stands at the door.</summary>
    public TimeSpan ScanTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Doubles up to the maximum; half of it is random, so that gates which lost the silo together do not all
    /// return in the same instant.
    /// </summary>
    public TimeSpan DelayAfter(int attempt, double chance)
    {
        var full = Math.Min(DelayMax.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromMilliseconds(full * (0.5 + (0.5 * chance)));
    }
}
