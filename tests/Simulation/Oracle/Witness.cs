using System.Text.Json;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;
using SmartClub.Simulated.Club;
using SmartClub.Simulated.Core;
using SmartClub.Simulated.Store;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Simulated.Oracle;

/// <summary>An answer that a silo has given: its text, and where it says it stands; null: it was not kept.</summary>
internal readonly record struct Told(string Text, long? Position);

/// <summary>
/// Sees every commit and every answer the moment it happens, folds the journal for itself, and says what must not be:
/// that somebody is told what is not durable, that a command counts twice, that a seat is sold twice.
/// </summary>
internal sealed class Witness
{
    private readonly World world;
    private readonly RowCodec codec;
    private readonly Dictionary<GrainId, IGrainState> states = [];
    private readonly Dictionary<GrainId, int> versions = [];
    private readonly HashSet<(GrainId Grain, CommandId Id)> decided = [];
    private readonly HashSet<(GrainId Grain, CommandId Id)> settled = [];

    public Witness(World world)
    {
        this.world = world;
        var faultless = new Faults(new Dice(0));
        faultless.Heal();
        var store = new SimStore(world.Clients, world.Database, faultless, new Dice(0));
        codec = new RowCodec(new Codec(SimClub.Modules, new KeyRing(store, SimClub.Keys)));
    }

    /// <summary>The first thing that was wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>All committed rows, decoded.</summary>
    public List<JournalRow> Rows { get; } = [];

    /// <summary>First kept answer to each command.</summary>
    public Dictionary<CommandId, Told> Answered { get; } = [];

    /// <summary>Sends that have not come back.</summary>
    public HashSet<CommandId> Owed { get; } = [];

    /// <summary>Reminders that are set, with when they are due.</summary>
    public Dictionary<CommandId, DateTimeOffset> Set { get; } = [];

    public IReadOnlyDictionary<GrainId, IGrainState> States => states;

    public void Blame(string what)
    {
        if (Fault is null)
        {
            world.Timeline.Note("FAULT " + what);
            Fault = what;
        }
    }

    public static string Text(Answer? answer) => answer switch
    {
        null => "open",
        { Refusal: { } refusal } => refusal.Code,
        { } accepted => JsonSerializer.Serialize(accepted.Outcome, accepted.Outcome!.GetType(), Codec.Json),
    };

    /// <summary>The database has these rows now.</summary>
    public void Committed(IReadOnlyList<RawRow> rows)
    {
        foreach (var raw in rows)
        {
            var row = codec.Decode(raw.Position, raw.Grain, raw.Version, raw.CommandId, raw.ContentHash, raw.Body);
            world.Timeline.Note($"row {row.Position} {row.Grain} {row.Version} {row.CommandId} {Text(row.Answer)}");
            Rows.Add(row);
            Fold(row);
            Follow(row);
        }
    }

    /// <summary>A silo gives this answer now.</summary>
    public void Answers(Intent intent, Answered answered)
    {
        var told = new Told(Text(answered.Answer), answered.Position);
        world.Timeline.Note($"answer {intent.Id} {told.Position} {told.Text}");
        if (told.Position > Rows.Count)
        {
            Blame($"{intent.Command} was answered as row {told.Position} of a journal that ends at {Rows.Count}.");
        }

        if (intent.IsForged)
        {
            var (allowed, kept) = (told.Text == "command_id_reused", told.Position is not null);
            if (!allowed && kept && Answered.ContainsKey(intent.Id))
            {
                Blame($"{intent.Command} got {told.Text} under an id that was used before.");
            }

            return;
        }

        if (!Answered.TryGetValue(intent.Id, out var first))
        {
            if (told.Position is not null)
            {
                Answered.Add(intent.Id, told);
            }
        }
        else if (first != told)
        {
            Blame($"{intent.Command} was answered {first}, and later {told}.");
        }
    }

    private void Fold(JournalRow row)
    {
        var last = versions.GetValueOrDefault(row.Grain);
        if (row.Version != last + 1)
        {
            Blame($"Row {row.Position}: {row.Grain} goes from version {last} to {row.Version}.");
        }

        versions[row.Grain] = row.Version;
        if (!states.TryGetValue(row.Grain, out var state))
        {
            states[row.Grain] = state = SimClub.Definitions[row.Grain.Kind].NewState();
        }

        foreach (var happened in row.Events)
        {
            var before = (state as HallState)?.Taken;
            var places = happened is PlaceHeld held ? ((ZoneState)state).Taken(held.At) : 0;
            state.Apply(happened);
            Judge(row, state, happened, before, places);
        }
    }

    private void Judge(JournalRow row, IGrainState state, IEvent happened, int? taken, int places)
    {
        var wrong = (happened, state) switch
        {
            (SeatGiven given, HallState hall) => given.Number != taken + 1 || hall.Taken > hall.Seats,
            (TransferBegun, AccountState account) => account.Balance < 0,
            (PlaceHeld held, ZoneState zone) => zone.Taken(held.At) > Math.Max(places, zone.Capacity ?? int.MaxValue),
            _ => false,
        };
        if (wrong)
        {
            Blame($"Row {row.Position}: {happened} must not happen to {JsonSerializer.Serialize<object>(state)}.");
        }
    }

    private void Follow(JournalRow row)
    {
        if (!decided.Add((row.Grain, row.CommandId)))
        {
            Blame($"Row {row.Position}: {row.Grain} has decided {row.CommandId} before.");
        }

        foreach (var outcome in row.Settled)
        {
            if (!settled.Add((row.Grain, outcome.Command)))
            {
                Blame($"Row {row.Position}: {row.Grain} has settled {outcome.Command} before.");
            }
        }

        foreach (var id in row.Finished)
        {
            if (Set.Remove(id, out var due) && id == row.CommandId && row.At < due)
            {
                Blame($"Row {row.Position}: a reminder due at {due} fired at {row.At}.");
            }

            Owed.Remove(id);
        }

        Owed.UnionWith(row.Sends.Select(s => s.ReturnId));
        foreach (var reminder in row.Reminders)
        {
            Set[reminder.FiringId] = reminder.Due;
        }
    }
}
