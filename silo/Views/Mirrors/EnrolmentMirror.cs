using System.Collections.Concurrent;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>Which gate a device may take the place of, by the hash of its code.</summary>
public sealed class EnrolmentMirror : IMirror
{
    private readonly ConcurrentDictionary<string, GateId> gates = new();

    /// <inheritdoc/>
    public string Table => "gate_enrolments";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["gate_id"];

    /// <summary>The gate, whether the code can still be used or not; null where there never was such a code.</summary>
    public GateId? Find(string codeHash) => gates.TryGetValue(codeHash, out var gate) ? gate : null;

    /// <inheritdoc/>
    public void Put(string key, IReadOnlyDictionary<string, object?> columns) =>
        gates[key] = GateId.Parse((string)columns["gate_id"]!, null);

    /// <inheritdoc/>
    public void Remove(string key) => gates.TryRemove(key, out _);
}
