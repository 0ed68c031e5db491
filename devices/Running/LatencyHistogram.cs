namespace SmartClub.Devices.Running;

/// <summary>Latencies in steps of two per cent, so that hours of them take a few kilobytes.</summary>
public sealed class LatencyHistogram
{
    private const double Growth = 1.02;
    private readonly Lock _lock = new();

    /// <summary>From one microsecond to about an hour.</summary>
    private readonly long[] _counts = new long[1_120];
    private long _total;

    public long Total
    {
        get
        {
            lock (_lock)
            {
                return _total;
            }
        }
    }

    public void Add(TimeSpan latency)
    {
        var step = (int)(Math.Log(Math.Max(1, latency.TotalMicroseconds)) / Math.Log(Growth));
        lock (_lock)
        {
            _counts[Math.Min(step, _counts.Length - 1)]++;
            _total++;
        }
    }

    /// <summary>Milliseconds that the share of latencies did not exceed; 0 without any.</summary>
    public double Milliseconds(double share)
    {
        lock (_lock)
        {
            var rank = (long)Math.Ceiling(share * _total);
            for (var step = 0; step < _counts.Length && rank > 0; step++)
            {
                rank -= _counts[step];
                if (rank <= 0)
                {
                    return Math.Pow(Growth, step + 1) / 1_000;
                }
            }

            return 0;
        }
    }
}
