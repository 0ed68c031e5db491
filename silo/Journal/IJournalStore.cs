using SmartClub.Grains.Model;

namespace SmartClub.Silo.Journal;

/// <summary>A row's columns exactly as they are stored, with nothing decoded that could be damaged.</summary>
public readonly record struct RawRow(
    long Position, GrainId Grain, int Version, CommandId CommandId, byte[] ContentHash, byte[] Body, byte[] Chain);

/// <summary>
/// Everything that is stored for the journal besides appending: its rows, snapshots and the keys of persons. It moves
/// bytes and understands none of them.
/// </summary>
public interface IJournalStore
{
    /// <summary>Brings the schema forward, never back.</summary>
    Task Migrate(CancellationToken cancel);

    /// <summary>The last stored position; 0 where there is none.</summary>
    Task<long> Head(CancellationToken cancel);

    /// <summary>Rows of one grain after a version, in order.</summary>
    IAsyncEnumerable<RawRow> Stream(GrainId grain, int afterVersion, CancellationToken cancel);

    /// <summary>Rows of one grain before a version, newest first.</summary>
    IAsyncEnumerable<RawRow> Before(GrainId grain, int version, int count, CancellationToken cancel);

    /// <summary>Rows of all grains after a position, in order.</summary>
    IAsyncEnumerable<RawRow> After(long position, int count, CancellationToken cancel);

    /// <summary>The stored snapshot of a grain, or null.</summary>
    Task<Snapshot?> FindSnapshot(GrainId grain, CancellationToken cancel);

    /// <summary>Stores snapshots; an older one never replaces a newer one.</summary>
    Task SaveSnapshots(IReadOnlyList<Snapshot> snapshots, CancellationToken cancel);

    /// <summary>The stored key of a person, or null.</summary>
    Task<byte[]?> FindPersonKey(Guid person, CancellationToken cancel);

    /// <summary>The same for who cannot wait asynchronously: a turn.</summary>
    byte[]? FindPersonKeyNow(Guid person);

    /// <summary>Keys of persons, at most so many.</summary>
    IAsyncEnumerable<WrappedKey> PersonKeys(int count, CancellationToken cancel);
}
