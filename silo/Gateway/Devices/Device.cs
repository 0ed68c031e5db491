using System.Collections.Concurrent;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>What a gate last told of itself. Lossy: the last value wins, nothing of it is in the journal.</summary>
public sealed record Telemetry(
    DateTimeOffset? LastSeenAt, string? DoorState, long QueueLength, DateTimeOffset? DoorStateAt = null);

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

    /// <summary>The key that the gate was given and has not used yet; null: there is none.</summary>
    public byte[]? NextKey { get; set; }

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

    /// <summary>Tells of gates whose key has ended; for what was opened with it.</summary>
    public event Action<GateId>? KeyEnded;

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
            if (row.Grain.Kind == Kind)
            {
                foreach (var happened in row.Events)
                {
                    Take(new GateId(row.Grain.Key), happened);
                }
            }
        }
    }

    private void Take(GateId gate, IEvent happened)
    {
        if (happened is GateKeyChanged)
        {
            devices.TryRemove(gate, out _);
            KeyEnded?.Invoke(gate);
        }
        else if (happened is GateKeyPrepared { Key: { } next } && Known(gate) is { } device)
        {
            device.NextKey = Convert.FromBase64String(next);
        }
    }

    private static readonly short Kind = new GateId(Guid.Empty).Grain.Kind;

    private async Task<Device?> Load(string name, GateId id)
    {
        var (key, version, next) = await grains.Read<GateState, (string?, int, string?)>(
            id.Grain, g => (g.Key, g.KeyVersion, g.NextKey));
        if (key is null)
        {
            return null;
        }

        names[name] = id;
        return devices.GetOrAdd(id, _ => new Device(id, Convert.FromBase64String(key), version)
        {
            NextKey = next is null ? null : Convert.FromBase64String(next),
        });
    }
}
