using System.Text.Json;
using System.Text.Json.Nodes;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Simulated.Club;
using SmartClub.Simulated.Store;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Simulated.Oracle;

/// <summary>Looks at everything once the club is quiet: all must follow from the journal, and only from it.</summary>
internal static class Auditor
{
    /// <summary>The first thing that does not hold; null: all of it does.</summary>
    public static string? Check(World world)
    {
        var rows = world.Witness.Rows;
        return Chain(world.Database.Rows) ?? Answers(world.Witness) ?? Promises(world, rows) ?? Money(world.Witness)
            ?? Views(world, rows) ?? States(world, rows);
    }

    private static string? Chain(List<RawRow> rows)
    {
        var (link, position) = (JournalHead.Empty.Chain, 0L);
        foreach (var row in rows)
        {
            link = Silo.Journal.Chain.Expected(row, link);
            if (row.Position != ++position || !link.AsSpan().SequenceEqual(row.Chain))
            {
                return $"Row {row.Position} does not continue the chain.";
            }
        }

        return null;
    }

    private static string? Answers(Witness witness)
    {
        foreach (var (id, told) in witness.Answered)
        {
            var row = witness.Rows[(int)told.Position! - 1];
            var stands = row.CommandId == id && row.Answer is { } own ? Witness.Text(own)
                : row.Settled.FirstOrDefault(s => s.Command == id) is { } settled ? Witness.Text(settled.Answer)
                : "nothing";
            if (stands != told.Text)
            {
                return $"{id} was told {told}; the journal has {stands} there.";
            }
        }

        return null;
    }

    private static string? Promises(World world, List<JournalRow> rows)
    {
        var decided = rows.ToDictionary(r => (r.Grain, r.CommandId));
        var finished = new HashSet<CommandId>();
        foreach (var row in rows)
        {
            foreach (var id in row.Finished)
            {
                if (!finished.Add(id))
                {
                    return $"Row {row.Position} ends {id}, which had ended before.";
                }
            }

            for (var i = 0; i < row.Sends.Count; i++)
            {
                var send = row.Sends[i];
                if (!decided.TryGetValue((row.Grain, send.ReturnId), out var back))
                {
                    return $"Send {i} of row {row.Position} never came back.";
                }

                var sent = (send.Command.Target, row.CommandId.Derive("send", i));
                var isDone = decided.TryGetValue(sent, out var done);
                if (isDone && done!.Position > back.Position)
                {
                    return $"Send {i} of row {row.Position} came back before it was decided.";
                }
            }
        }

        var now = Core.Timeline.Epoch.AddTicks(world.Timeline.Now);
        var missed = world.Witness.Set.Values.Count(due => due < now);
        return missed > 0 ? $"{missed} reminders have not fired." : null;
    }

    private static string? Money(Witness witness)
    {
        var accounts = witness.States.Values.OfType<AccountState>().Where(a => a.Exists).ToList();
        var sum = accounts.Sum(a => a.Balance);
        return sum == accounts.Count * Guests.OpeningBalance && accounts.Count == Guests.Purses
            ? null
            : $"{accounts.Count} accounts hold {sum}.";
    }

    // Views are what the whole journal maps to, row by row and column by column.
    private static string? Views(World world, List<JournalRow> rows)
    {
        var expected = SimViews.Map(rows).Rows().ToDictionary(
            r => (r.Table, r.Key), r => Written(r.Columns.Where(c => c.Value is not null)));
        foreach (var (table, there) in world.Database.Views)
        {
            foreach (var (key, columns) in there)
            {
                expected.Remove((table, key), out var text);
                var found = Written(columns.Where(c => c.Value is not null));
                if (found != text)
                {
                    return $"View {table} has {key} as {found} and should have {text}.";
                }
            }
        }

        return expected.Count > 0 ? $"View {expected.First().Key} lacks a row." : null;
    }

    private static string Written(IEnumerable<KeyValuePair<string, object?>> columns) =>
        string.Join(';', columns.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Key}={JsonSerializer.Serialize(SimViews.Stored(c.Value))}"));

    // Every grain in memory, and again from snapshot and tail, is what its rows add up to.
    private static string? States(World world, List<JournalRow> rows)
    {
        var silo = world.Active!;
        string? wrong = null;
        var isDone = false;
        silo.Machine.Timeline.Soon(silo.Machine, () => _ = Compare());
        while (!isDone && wrong is null && world.Witness.Fault is null && world.Timeline.Step())
        {
        }

        return wrong ?? world.Witness.Fault;

        async Task Compare()
        {
            foreach (var pass in (string[])["in memory", "loaded again"])
            {
                foreach (var stream in rows.GroupBy(r => r.Grain))
                {
                    var definition = SimClub.Definitions[stream.Key.Kind];
                    var live = silo.Catalogue.Get(definition, stream.Key);
                    await live.Loaded;
                    var folded = new Activation(stream.Key, definition, 0, 0);
                    foreach (var row in stream)
                    {
                        folded.MoveOn(row);
                        folded.Remember(row);
                    }

                    if (Written(live) != Written(folded))
                    {
                        wrong ??= $"{definition.Name} {pass} is {Written(live)}; its rows say {Written(folded)}.";
                    }
                }

                silo.Catalogue.Sweep(TimeSpan.Zero);
            }

            isDone = true;
        }
    }

    private static string Written(Activation activation)
    {
        var state = JsonSerializer.SerializeToNode(
            activation.State, activation.Definition.StateType, ActivationSnapshot.Json)!;
        var open = (activation.Open ?? []).Keys.Select(id => id.ToString()).Order(StringComparer.Ordinal);
        var reminders = (activation.Reminders ?? []).Select(r => $"{r.Key}={r.Value}").Order(StringComparer.Ordinal);
        var outcomes = activation.Outcomes.Since(0).Select(o => $"{o.Id}@{o.Position}").Order(StringComparer.Ordinal);
        return $"{activation.Version}@{activation.Position} {Sorted(state).ToJsonString()} "
            + string.Join(' ', open.Concat(reminders).Concat(outcomes));
    }

    // What is found by key has no order.
    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Sorted(item))]),
        JsonObject fields => new JsonObject(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(
            f => KeyValuePair.Create(f.Key, f.Value is null ? null : Sorted(f.Value)))),
        _ => node.DeepClone(),
    };
}
