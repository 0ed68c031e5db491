using System.Collections.Concurrent;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>What a gate last told of itself. Lossy: the last value wins, nothing of it is in the journal.</summary>
public sealed record Telemetry(DateTimeOffset? LastSeenAt, string? DoorState, long QueueLength);

/// <summary>A gate as the protocol meets it: its key, its used sequence numbers, its last sign of life.</summary>
public sealed class Device(GateId id, byte[] key, int keyVersion)
{
    private Telemetry telemetry = new(null, null, 0);

    /// <summary>The gate.</summary>
    public GateId Id { get; } = id;

    /// <summary>The secret that signs its requests.</summary>
    public byte[] Key { get; } = key;

    /// <summary>Which of the gate's keys this is.</summary>
    public int KeyVersion { get; } = keyVersion;

    /// <summary>As commands know it.</summary>
    public Caller Caller { get; } = Caller.Gate(id);

    /// <summary>Used sequence numbers.</summary>
    public SequenceWindow Sequences { get; } = new();

    /// <summary>The last sign of life.</summary>
    public Telemetry Telemetry
    {
        get => Volatile.Read(ref telemetry);
        set => Volatile.Write(ref telemetry, value);
    }
}

/// <summary>The gates that have spoken to this silo. A new key makes a new device with an empty window.</summary>
public sealed class DeviceRegistry(IGrains grains) : ICommitListener
{
    private readonly ConcurrentDictionary<GateId, Device> devices = new();
    private readonly ConcurrentDictionary<string, GateId> names = new();

    /// <summary>All that have spoken.</summary>
    public IEnumerable<Device> All => devices.Values;

    /// <summary>The device of a gate, without asking its grain; null where it has not spoken.</summary>
    public Device? Known(GateId gate) => devices.GetValueOrDefault(gate);

    /// <summary>The device of a name; null where there is no such gate.</summary>
    public ValueTask<Device?> Find(string name)
    {
        if (names.TryGetValue(name, out var id) && devices.TryGetValue(id, out var known))
        {
            return new ValueTask<Device?>(known);
        }

        return GateId.TryParse(name, null, out id) ? new ValueTask<Device?>(Load(name, id)) : default;
    }

    /// <inheritdoc/>
    public void Committed(IReadOnlyList<PendingRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Grain.Kind == Kind && row.Events.Any(e => e is GateKeyChanged))
            {
                devices.TryRemove(new GateId(row.Grain.Key), out _);
            }
        }
    }

    private static readonly short Kind = new GateId(Guid.Empty).Grain.Kind;

    private async Task<Device?> Load(string name, GateId id)
    {
        var (key, version) = await grains.Read<GateState, (string?, int)>(id.Grain, g => (g.Key, g.KeyVersion));
        if (key is null)
        {
            return null;
        }

        names[name] = id;
        return devices.GetOrAdd(id, _ => new Device(id, Convert.FromBase64String(key), version));
    }
}
