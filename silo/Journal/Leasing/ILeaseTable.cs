namespace SmartClub.Silo.Journal.Leasing;

/// <summary>
/// What others see of the journal's owner. It changes with every beat and every commit, so whoever sees the same
/// again knows that the owner has had nothing confirmed in between.
/// </summary>
/// <param name="Epoch">Counts the owners.</param>
/// <param name="Beat">Counts the owner's beats.</param>
/// <param name="Position">The last row of the journal.</param>
/// <param name="Holder">The owner's name; null: it has let go by itself.</param>
public sealed record LeaseSign(long Epoch, long Beat, long Position, string? Holder);

/// <summary>The lease as whoever stands by reads it.</summary>
public interface ILeaseTable
{
    /// <summary>The sign of now, and whether somebody holds the club's lock.</summary>
    Task<(LeaseSign Sign, bool IsLocked)> Read(CancellationToken cancel);

    /// <summary>
    /// Ends the connection that holds the club's lock, if the sign is still this one.
    /// </summary>
    Task EndOwner(LeaseSign seen, CancellationToken cancel);

    /// <summary>
    /// Ends every other connection of an owner that has lost the lock: what it left open would hold up its successor.
    /// </summary>
    Task EndConnections(string holder, CancellationToken cancel);
}
