using Npgsql;

namespace SmartClub.Silo.Journal.Leasing;

/// <summary>
/// How a silo becomes the journal's owner: at once where nobody is, after <see cref="Limits.OwnerSilence"/> without a
/// sign of life where somebody is. Until then it stands by.
/// </summary>
public sealed class Succession(
    IAppendingConnection connection, ILeaseTable table, Lease lease, ILogger<Succession> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private LeaseSign? seen;
    private long seenAt;
    private TimeSpan silence;

    private TimeProvider Clock => lease.Clock;

    /// <summary>
    /// Waits until this silo owns the journal. Returns the head it goes on from, and from when on it may answer: the
    /// lease of the owner before it may still run.
    /// </summary>
    public async Task<(JournalHead Head, long AnswersFrom)> Await(CancellationToken cancel)
    {
        var (isStandingBy, isAway) = (false, false);
        while (true)
        {
            var wait = LookEvery;
            try
            {
                if (await TryBegin(cancel) is { } begun)
                {
                    return begun;
                }

                if (!isStandingBy)
                {
                    log.LogInformation("Another silo is active; standing by.");
                }

                if (silence >= Limits.OwnerSilence)
                {
                    log.LogWarning("The active silo has been silent for too long; taking over.");
                    await table.EndOwner(seen!, cancel);
                    wait = LookAgain;
                }

                (isStandingBy, isAway) = (true, false);
            }
            catch (NpgsqlException away)
            {
                if (!isAway)
                {
                    log.LogWarning("Standing by without a database: {Reason}.", away.GetType().Name);
                }

                isAway = true;
            }

            await Task.Delay(wait, Clock, cancel);
        }
    }

    private async Task<(JournalHead Head, long AnswersFrom)?> TryBegin(CancellationToken cancel)
    {
        var asked = Clock.GetTimestamp();
        var (sign, isLocked) = await table.Read(cancel);
        See(sign, asked);
        if (isLocked || await connection.TryTake() is not { Head: { } head, Sign: { } left })
        {
            return null;
        }

        var lockedAt = Clock.GetTimestamp();
        if (left.Holder is not null)
        {
            await table.EndConnections(left.Holder, cancel);
        }

        var sentAt = Clock.GetTimestamp();
        lease.Begin(await connection.BeginEpoch(lease.Holder), sentAt);
        return (head, AnswersFrom(left, lockedAt));
    }

    // A sign that was never seen before is as young as the lock.
    private long AnswersFrom(LeaseSign left, long lockedAt)
    {
        if (left.Holder is null || HolderName.IsGone(left.Holder))
        {
            return lockedAt;
        }

        var last = left == seen ? seenAt : lockedAt;
        return last + (long)(Limits.Lease.TotalSeconds * Clock.TimestampFrequency);
    }

    // A sign counts from when it was there for certain, the silence up to when it was asked for again: whatever takes
    // long in between makes the silence shorter and never longer.
    private void See(LeaseSign sign, long asked)
    {
        silence = sign == seen ? Clock.GetElapsedTime(seenAt, asked) : TimeSpan.Zero;
        if (sign != seen)
        {
            (seen, seenAt) = (sign, Clock.GetTimestamp());
        }
    }
}
