using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Checks;

/// <summary>Compares every snapshot with the fold from zero at its version.</summary>
internal sealed class SnapshotCheck(Snapshots snapshots, IReadOnlyDictionary<short, GrainDefinition> definitions)
{
    private readonly Dictionary<GrainId, (int Version, JsonNode State)> expected = [];

    /// <summary>Snapshots that were compared.</summary>
    public int Count { get; private set; }

    /// <summary>Reads and opens all snapshots; those of shapes that are in use are kept for comparing.</summary>
    public async Task Load(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select kind, stream, version, position, state_version, body from journal.snapshots", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var snapshot = new Snapshot(
                new GrainId(rows.GetInt16(0), rows.GetGuid(1)), rows.GetInt32(2), rows.GetInt64(3), rows.GetInt32(4),
                rows.GetFieldValue<byte[]>(5));
            var state = Open(snapshot);
            if (definitions.TryGetValue(snapshot.Grain.Kind, out var definition)
                && definition.StateVersion == snapshot.StateVersion)
            {
                expected[snapshot.Grain] = (snapshot.Version, state);
            }
        }
    }

    /// <summary>Compares the grain's snapshot, if it was taken at this row.</summary>
    public void Take(JournalRow row, IGrainState state)
    {
        if (!expected.TryGetValue(row.Grain, out var snapshot) || snapshot.Version != row.Version)
        {
            return;
        }

        var folded = JsonSerializer.SerializeToNode(state, state.GetType(), ActivationSnapshot.Json);
        Verifier.Require(
            JsonNode.DeepEquals(folded, snapshot.State),
            $"The snapshot of {row.Grain} at version {row.Version} differs from the fold of its events.");
        expected.Remove(row.Grain);
        Count++;
    }

    /// <summary>Whatever was not reached belongs to rows that are not there.</summary>
    public void Finish()
    {
        if (expected.Count > 0)
        {
            var (grain, (version, _)) = expected.First();
            throw new FaultFoundException($"The snapshot of {grain} is at version {version}, which the journal lacks.");
        }
    }

    private JsonNode Open(Snapshot snapshot)
    {
        try
        {
            return JsonNode.Parse(snapshots.Open(snapshot))!["state"]!.DeepClone();
        }
        catch (Exception damage) when (damage is CryptographicException or InvalidDataException or JsonException)
        {
            throw new FaultFoundException($"The snapshot of {snapshot.Grain} was changed: it cannot be opened.");
        }
    }
}
