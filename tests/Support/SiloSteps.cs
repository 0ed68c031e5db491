using System.Text.Json;
using System.Text.Json.Nodes;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Support;

/// <summary>Steps that many tests take with a silo.</summary>
internal static class SiloSteps
{
    /// <summary>Takes so many seats, all at once, and waits for the answers.</summary>
    public static async Task<IReadOnlyList<Answered>> Fill(this TestSilo silo, Id<HallTag> hall, int guests) =>
        await Task.WhenAll(Enumerable.Range(0, guests)
            .Select(i => silo.Send(new TakeSeat(hall, $"guest {i}"), $"guest {i}")));

    public static Task<int> Taken(this TestSilo silo, Id<HallTag> hall) =>
        silo.Grains.Read<HallState, int>(hall.Grain, state => state.Taken).Happens("the hall is read");

    public static Task<long> Balance(this TestSilo silo, Id<AccountTag> account) =>
        silo.Grains.Read<AccountState, long>(account.Grain, state => state.Balance).Happens("the account is read");

    public static Task<string> Rung(this TestSilo silo, Id<EchoTag> echo) =>
        silo.Grains.Read<EchoState, string>(echo.Grain, state => string.Join(' ', state.Rung)).Happens("a read");

    /// <summary>All grains of the journal.</summary>
    public static async Task<IReadOnlyList<GrainId>> AllGrains(this TestSilo silo)
    {
        var grains = new HashSet<GrainId>();
        await foreach (var stored in silo.Reader.All(0, int.MaxValue))
        {
            grains.Add(stored.Row.Grain);
        }

        return [.. grains];
    }

    /// <summary>Writes a snapshot of every grain as it is now. Nothing may be on its way.</summary>
    public static async Task SnapshotAll(this TestSilo silo)
    {
        var snapshots = silo.Get<Snapshots>();
        var taken = new List<Snapshot>();
        foreach (var grain in await silo.AllGrains())
        {
            var activation = await silo.Activation(grain);
            taken.Add(snapshots.Seal(
                grain, activation.Version, activation.Position, activation.Definition,
                ActivationSnapshot.Take(activation, 0)()));
        }

        await snapshots.Save(taken, default);
    }

    /// <summary>
    /// Every grain's activation as the engine has it, or would load it now: state, open outcomes, reminders.
    /// </summary>
    public static async Task<SortedDictionary<string, string>> States(this TestSilo silo)
    {
        var states = new SortedDictionary<string, string>(StringComparer.Ordinal);

        // Older answers may be forgotten, and are, by a grain that was away meanwhile and not by one that never was.
        var oldest = silo.Get<TimeProvider>().GetUtcNow() - Limits.OutcomesKept;
        var kept = await silo.Get<JournalReader>().FirstSince(oldest);
        foreach (var grain in await silo.AllGrains())
        {
            var activation = await silo.Activation(grain);
            var whole = JsonNode.Parse(ActivationSnapshot.Take(activation, kept)())!.AsObject();
            whole["outcomes"] = new JsonArray([.. whole["outcomes"]!.AsArray()
                .Select(o => o!.ToJsonString()).Order(StringComparer.Ordinal).Select(o => (JsonNode?)o)]);
            states[grain.ToString()] = $"{activation.Version} {activation.Position} {Sorted(whole).ToJsonString()}";
        }

        return states;
    }

    /// <summary>A state as text. What is found by key has no order, so here it gets one.</summary>
    public static string Written(IGrainState state) =>
        Sorted(JsonSerializer.SerializeToNode(state, state.GetType(), ActivationSnapshot.Json)!).ToJsonString();

    /// <summary>The state of a grain, folded here from its first event.</summary>
    public static async Task<string> FoldFromZero(this TestSilo silo, GrainId grain)
    {
        var state = silo.Definition(grain.Kind).NewState();
        foreach (var row in await silo.Reader.Stream(grain, 0))
        {
            foreach (var happened in row.Events)
            {
                state.Apply(happened);
            }
        }

        return Written(state);
    }

    public static async Task<Activation> Activation(this TestSilo silo, GrainId grain)
    {
        var activation = silo.Catalogue.Get(silo.Definition(grain.Kind), grain);
        await activation.Loaded.Happens($"{grain} is loaded");
        return activation;
    }

    /// <summary>
    /// Every position from 1 on, each once, and each stream's versions likewise; the chain as stored.
    /// </summary>
    public static async Task<JournalHead> CheckJournal(this TestSilo silo)
    {
        var head = JournalHead.Empty;
        var versions = new Dictionary<GrainId, int>();
        await foreach (var stored in silo.Reader.All(0, int.MaxValue))
        {
            Assert.Equal(head.Position + 1, stored.Row.Position);
            Assert.Equal(Chain.Expected(stored.Row, stored.Body, head.Chain), stored.Chain);
            Assert.Equal(versions.GetValueOrDefault(stored.Row.Grain) + 1, stored.Row.Version);
            versions[stored.Row.Grain] = stored.Row.Version;
            head = new JournalHead(stored.Row.Position, stored.Chain);
        }

        return head;
    }

    // What is found by key has no order: it may differ between a state that lived and one that was loaded.
    private static JsonNode Sorted(JsonNode node)
    {
        if (node is JsonArray list)
        {
            return new JsonArray([.. list.Select(item => item is null ? null : Sorted(item))]);
        }

        if (node is not JsonObject fields)
        {
            return node.DeepClone();
        }

        var ordered = fields.OrderBy(f => f.Key, StringComparer.Ordinal);
        return new JsonObject(ordered.Select(
            f => KeyValuePair.Create(f.Key, f.Value is null ? null : Sorted(f.Value))));
    }

    private static GrainDefinition Definition(this TestSilo silo, short kind) =>
        silo.Get<IEnumerable<FeatureModule>>().SelectMany(m => m.Grains).Single(g => g.Kind == kind);
}
