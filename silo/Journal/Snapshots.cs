using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading.Channels;
using Npgsql;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Journal;

/// <summary>What a snapshot holds besides its place: sealed bytes of the activation.</summary>
public sealed record Snapshot(GrainId Grain, int Version, long Position, int StateVersion, byte[] Body);

/// <summary>
/// Snapshots: a cache beside the journal that may be deleted at any time. Writing them is nobody's wait: they queue,
/// and when the queue is full they are skipped.
/// </summary>
public sealed class Snapshots(IJournalStore store, ClubKeys clubKeys, KeyRing keyRing, ILogger<Snapshots> log)
{
    private readonly Channel<Snapshot> queue = Channel.CreateBounded<Snapshot>(
        new BoundedChannelOptions(Limits.SnapshotQueue) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Queues a snapshot of durable state.</summary>
    public void Offer(Snapshot snapshot) => queue.Writer.TryWrite(snapshot);

    /// <summary>The newest snapshot of a grain in this shape; null where there is none.</summary>
    public async Task<(Snapshot Snapshot, byte[] Content)?> Find(
        GrainId grain, int stateVersion, CancellationToken cancel)
    {
        if (await store.FindSnapshot(grain, cancel) is not { } snapshot || snapshot.StateVersion != stateVersion)
        {
            return null;
        }

        try
        {
            return (snapshot, Open(snapshot));
        }
        catch (Exception damage) when (damage is CryptographicException or InvalidDataException)
        {
            // A cache that cannot be read is no cache: the journal has it all. `verify` reports the damage.
            log.LogWarning("The snapshot of {Grain} cannot be opened; reading the journal instead.", grain);
            return null;
        }
    }

    /// <summary>Seals what a grain is at a version, for storing.</summary>
    public Snapshot Seal(GrainId grain, int version, long position, GrainDefinition definition, byte[] content)
    {
        var isPerson = definition.IsPerson;
        var box = new byte[1 + 12 + 16 + content.Length];
        box[0] = isPerson ? (byte)1 : (byte)0;
        RandomNumberGenerator.Fill(box.AsSpan(1, 12));
        using var aes = new AesGcm(isPerson ? keyRing.GetOrCreate(grain.Key) : clubKeys.Snapshots, 16);
        var sealedOne = new Snapshot(grain, version, position, definition.StateVersion, box);
        aes.Encrypt(box.AsSpan(1, 12), content, box.AsSpan(29), box.AsSpan(13, 16), Place(sealedOne));
        return sealedOne;
    }

    /// <summary>The content of a stored snapshot.</summary>
    public byte[] Open(Snapshot snapshot)
    {
        var box = snapshot.Body;
        if (box.Length < 29)
        {
            throw new InvalidDataException("The snapshot is too short.");
        }

        var key = box[0] == 1 ? keyRing.Find(snapshot.Grain.Key) : clubKeys.Snapshots;
        if (key is null)
        {
            throw new InvalidDataException("The person's key is gone.");
        }

        var content = new byte[box.Length - 29];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(box.AsSpan(1, 12), box.AsSpan(29), box.AsSpan(13, 16), content, Place(snapshot));
        return content;
    }

    // Sealed with the content, so that a snapshot moved to another grain or version does not open there.
    private static byte[] Place(Snapshot snapshot)
    {
        var place = new byte[2 + 16 + 4 + 8 + 4];
        BinaryPrimitives.WriteInt16BigEndian(place, snapshot.Grain.Kind);
        snapshot.Grain.Key.TryWriteBytes(place.AsSpan(2), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(18), snapshot.Version);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(22), snapshot.Position);
        BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(30), snapshot.StateVersion);
        return place;
    }

    /// <summary>Writes queued snapshots until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (await queue.Reader.WaitToReadAsync(cancel))
        {
            var batch = new List<Snapshot>();
            while (batch.Count < 100 && queue.Reader.TryRead(out var more))
            {
                batch.Add(more);
            }

            try
            {
                await Save(batch, cancel);
            }
            catch (NpgsqlException away)
            {
                log.LogWarning("{Count} snapshots were not written: {Reason}.", batch.Count, away.GetType().Name);
            }
        }
    }

    /// <summary>Stores snapshots; an older one never replaces a newer one.</summary>
    public Task Save(IReadOnlyList<Snapshot> batch, CancellationToken cancel) => store.SaveSnapshots(batch, cancel);
}
