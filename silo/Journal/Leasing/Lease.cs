namespace SmartClub.Silo.Journal.Leasing;

/// <summary>
/// Whether this silo may answer. The lease lasts <see cref="Limits.Lease"/> from the moment at which the last beat or
/// commit that the database has confirmed was <em>sent</em>: whoever takes over waits longer than that after the last
/// sign of life it saw, so the two never answer at once.
/// </summary>
/// <remarks>
/// Measured by a monotonic clock, so that a clock set back or forth makes nobody an owner. Asked for the last time
/// after everything that an answer depends on was read: from then on a delay is one of the network.
/// </remarks>
public class Lease(TimeProvider time)
{
    private readonly long length = Ticks(Limits.Lease, time);
    private readonly long beatEvery = Ticks(Limits.BeatEvery, time);
    private long until = long.MinValue;
    private long renewed = long.MinValue;

    /// <summary>The clock that the lease is measured by.</summary>
    public TimeProvider Clock { get; } = time;

    /// <summary>The name of this owner in the database.</summary>
    public string Holder { get; } = HolderName.New();

    /// <summary>Counts the owners of the journal; 0: this silo has never been one.</summary>
    public long Epoch { get; private set; }

    /// <summary>Whether the lease runs now.</summary>
    public virtual bool IsHeld => Clock.GetTimestamp() < Interlocked.Read(ref until);

    /// <summary>How long nothing needs to be sent.</summary>
    public TimeSpan BeatIn
    {
        get
        {
            var left = renewed + beatEvery - Clock.GetTimestamp();
            return left > 0 ? TimeSpan.FromSeconds((double)left / Clock.TimestampFrequency) : TimeSpan.Zero;
        }
    }

    /// <summary>This silo owns the journal from now on.</summary>
    /// <param name="epoch">The epoch that the database has given it.</param>
    /// <param name="sentAt">A timestamp of <see cref="Clock"/> from before the database was asked.</param>
    public void Begin(long epoch, long sentAt)
    {
        Epoch = epoch;
        Renew(sentAt);
    }

    /// <summary>The database has confirmed a beat or a commit.</summary>
    /// <param name="sentAt">A timestamp of <see cref="Clock"/> from before it was sent.</param>
    public void Renew(long sentAt)
    {
        renewed = sentAt;
        Interlocked.Exchange(ref until, sentAt + length);
    }

    /// <summary>Nothing is answered any more.</summary>
    public void End() => Interlocked.Exchange(ref until, long.MinValue);

    /// <summary>Asked before a decision, and again before its answer leaves.</summary>
    /// <exception cref="JournalUnavailableException">The lease is over; another silo may own the journal.</exception>
    public void ThrowIfOver()
    {
        if (!IsHeld)
        {
            throw new JournalUnavailableException("not_active", TimeSpan.FromSeconds(1));
        }
    }

    private static long Ticks(TimeSpan length, TimeProvider time) =>
        (long)(length.TotalSeconds * time.TimestampFrequency);
}
