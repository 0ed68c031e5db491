using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>An activation as a snapshot keeps it: state, fingerprints, open outcomes and reminders.</summary>
internal sealed record ActivationSnapshot(
    JsonElement State,
    IReadOnlyList<ActivationSnapshot.Answered> Outcomes,
    IReadOnlyList<ActivationSnapshot.Opened> Open,
    IReadOnlyDictionary<string, Guid>? Reminders)
{
    /// <summary>JSON of states: as the journal's, but with fields and non-public setters, and with nulls.</summary>
    public static JsonSerializerOptions Json { get; } = StateJson();

    /// <summary>
    /// Takes what an activation is now. The caller holds its turn, so only what may change under our hands is written
    /// here; the many fingerprints of a busy grain are copied, and written by whoever asks for the bytes.
    /// </summary>
    public static Func<byte[]> Take(Activation activation, long outcomesFrom)
    {
        var state = JsonSerializer.SerializeToUtf8Bytes(activation.State, activation.Definition.StateType, Json);
        var outcomes = activation.Outcomes.Copy();
        var open = (activation.Open ?? []).Select(o => new Opened(o.Key.Value, o.Value.ContentHash)).ToList();
        var reminders = activation.Reminders?.ToDictionary(r => r.Key, r => r.Value.Value);
        return () => JsonSerializer.SerializeToUtf8Bytes(
            new ActivationSnapshot(
                JsonSerializer.Deserialize<JsonElement>(state),
                [.. outcomes.Since(outcomesFrom).Select(o => new Answered(o.Id.Value, o.Position))],
                open,
                reminders),
            Json);
    }

    /// <summary>Puts a fresh activation where the snapshot was taken.</summary>
    public static void Restore(Activation activation, Snapshot snapshot, byte[] content)
    {
        var kept = JsonSerializer.Deserialize<ActivationSnapshot>(content, Json)!;
        activation.State = (IGrainState)kept.State.Deserialize(activation.Definition.StateType, Json)!;
        activation.Version = snapshot.Version;
        activation.Position = snapshot.Position;
        foreach (var outcome in kept.Outcomes)
        {
            activation.Outcomes.Add(new CommandId(outcome.Id), outcome.Position);
        }

        activation.Open = kept.Open.Count == 0
            ? null
            : kept.Open.ToDictionary(o => new CommandId(o.Id), o => new OpenOutcome(o.ContentHash));
        activation.Reminders = kept.Reminders?.ToDictionary(r => r.Key, r => new CommandId(r.Value));
    }

    private static JsonSerializerOptions StateJson()
    {
        var options = new JsonSerializerOptions(Codec.Json)
        {
            IncludeFields = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }

    internal sealed record Answered(Guid Id, long Position);

    internal sealed record Opened(Guid Id, byte[] ContentHash);
}
