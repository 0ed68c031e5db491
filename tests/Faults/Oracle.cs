using SmartClub.Grains;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones;
using SmartClub.Silo.Journal;

namespace SmartClub.Tests.Faults;

/// <summary>What was compared.</summary>
internal sealed record Judgement(
    int Rows, int Commands, int Answers, int Repeats, int Sends, IReadOnlyList<string> Faults);

/// <summary>
/// Holds the clients' log against the journal once everything is quiet: what was told is there and says the same,
/// what is there was asked for, each thing once, and what grains owe each other is settled.
/// </summary>
internal sealed class Oracle
{
    private readonly Dictionary<short, GrainDefinition> definitions =
        Modules.All.SelectMany(m => m.Grains).ToDictionary(g => g.Kind);

    private readonly Dictionary<CommandId, (JournalRow Row, Answer? Answer)> decided = [];
    private readonly Dictionary<CommandId, (JournalRow Row, Answer Answer)> settled = [];
    private readonly Dictionary<GrainId, IGrainState> states = [];
    private readonly List<JournalRow> rows = [];
    private readonly List<string> faults = [];

    private Oracle()
    {
    }

    /// <summary>
    /// Judges a club whose clients have all their answers and whose grains owe each other nothing more.
    /// </summary>
    public static async Task<Judgement> Judge(string databaseUri, string dataFolder, IReadOnlyCollection<Call> calls)
    {
        await using var database = new Database(databaseUri);
        using var keys = ClubKeys.Open(dataFolder);
        var oracle = new Oracle();
        var store = new PostgresJournalStore(database);
        var codec = new Codec(Modules.All, new KeyRing(store, keys));
        await oracle.Read(new JournalReader(store, new RowCodec(codec)));
        var answers = new AnswerCheck(calls, keys, oracle.AnswerOf, oracle.faults);
        answers.Run();
        oracle.CheckNobodyElseAsked(answers.Commands);
        oracle.CheckReports(calls);
        var sends = oracle.CheckSends();
        oracle.CheckPlaces();
        return new Judgement(
            oracle.rows.Count, answers.Commands.Count, answers.Answers, answers.Repeats, sends, oracle.faults);
    }

    private async Task Read(JournalReader reader)
    {
        await foreach (var (row, _, _) in reader.All(0, int.MaxValue))
        {
            rows.Add(row);
            Require(
                decided.TryAdd(row.CommandId, (row, row.Answer)), $"The command of row {row.Position} is there twice.");
            foreach (var late in row.Settled)
            {
                Require(
                    settled.TryAdd(late.Command, (row, late.Answer)), $"Row {row.Position} settles what was settled.");
            }

            if (!states.TryGetValue(row.Grain, out var state))
            {
                states[row.Grain] = state = definitions[row.Grain.Kind].NewState();
            }

            foreach (var happened in row.Events)
            {
                state.Apply(happened);
            }
        }
    }

    // The answer of a command and the row that made it final.
    private (JournalRow Row, Answer Answer)? AnswerOf(CommandId command) =>
        settled.TryGetValue(command, out var late) ? late
        : decided.TryGetValue(command, out var found) && found.Answer is { } answer ? (found.Row, answer)
        : null;

    // Rows of gates and staff are the clients' own, each made by one of their requests. What a gate reports is told by
    // its counters, not by an id, and a log-in has none.
    private void CheckNobodyElseAsked(IReadOnlySet<CommandId> asked)
    {
        foreach (var row in rows)
        {
            var isOutside = row.Principal.StartsWith("gate:", StringComparison.Ordinal)
                || row.Principal.StartsWith("staff:", StringComparison.Ordinal);
            Require(
                !isOutside || definitions[row.Grain.Kind].Name is "gate" or "staff" || asked.Contains(row.CommandId),
                $"Row {row.Position} of {row.Principal} was never asked for.");
        }
    }

    // Each event of a door was taken over once: the counters rise without a gap, and so do the commands they cause.
    private void CheckReports(IReadOnlyCollection<Call> calls)
    {
        var reported = new HashSet<(string Gate, string Type, string Ticket)>();
        foreach (var call in calls.Where(c => c.Path.EndsWith("/events", StringComparison.Ordinal)))
        {
            var items = System.Text.Json.JsonDocument.Parse(call.Body).RootElement.GetProperty("events");
            foreach (var item in items.EnumerateArray())
            {
                reported.Add((
                    call.Sender!, item.GetProperty("type").GetString()!, item.GetProperty("ticketId").GetString()!));
            }
        }

        var passages = rows.SelectMany(r => r.Sends).Select(s => s.Command)
            .Where(c => c is Grains.Members.Commands.RecordPassage or Grains.Members.Commands.RecordNonPassage)
            .ToList();
        Require(
            passages.Count == reported.Count && passages.Distinct().Count() == passages.Count,
            $"Doors reported {reported.Count} passages; {passages.Count} were passed on.");
    }

    // Exactly once in effect: one row at the receiver, unless it refuses without a word, and one return at the sender.
    private int CheckSends()
    {
        var count = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Sends.Count; i++, count++)
            {
                var (returnId, command) = row.Sends[i];
                var name = $"Send {i} of row {row.Position} ({command.GetType().Name})";
                Require(
                    decided.TryGetValue(row.CommandId.Derive("send", i), out var taken)
                    && taken.Row.Grain == command.Target && taken.Row.Position > row.Position,
                    $"{name} never arrived.");
                Require(
                    decided.TryGetValue(returnId, out var back) && back.Row.Grain == row.Grain,
                    $"{name} was not answered to its sender.");
            }
        }

        foreach (var (command, found) in decided)
        {
            Require(
                found.Answer is not null || settled.ContainsKey(command),
                $"The outcome of row {found.Row.Position} is open still.");
        }

        return count;
    }

    // Who is inside a zone that counts its places has one there, and nobody else has.
    private void CheckPlaces()
    {
        var inside = (
            from state in states
            where state.Value is MemberState
            from presence in ((MemberState)state.Value).Presences
            where presence.IsInside
            select (Zone: presence.ZoneId.Grain, Member: state.Key.Key)).ToHashSet();
        foreach (var (grain, state) in states)
        {
            if (state is ZoneState { Capacity: { } capacity } zone)
            {
                var taken = zone.Places.Where(p => p.Value.Since is not null).Select(p => (grain, p.Key)).ToHashSet();
                Require(
                    taken.SetEquals(inside.Where(i => i.Zone == grain)),
                    $"{grain} counts {taken.Count} people, but {inside.Count(i => i.Zone == grain)} are inside.");
                Require(taken.Count <= capacity, $"{grain} has {capacity} places and {taken.Count} people.");
            }
        }

        foreach (var row in rows)
        {
            foreach (var captured in row.Events.OfType<PlaceCaptured>())
            {
                Require(
                    captured.IsOverCapacity == (captured.Taken > ((ZoneState)states[row.Grain]).Capacity),
                    $"Row {row.Position} counts {captured.Taken} places taken.");
            }
        }
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }
}
