using SmartClub.Grains;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Model;

/// <summary>
/// All grains in one process without a journal: sends are delivered, outcomes come back, reminders fall due and a
/// repeated CommandId gets its first answer. It is the smallest thing that behaves like an engine.
/// </summary>
public sealed class MiniClub(IReference reference)
{
    private readonly Dictionary<short, GrainDefinition> definitions =
        Modules.All.SelectMany(m => m.Grains).ToDictionary(g => g.Kind);

    private readonly Dictionary<GrainId, IGrainState> states = [];
    private readonly Dictionary<(GrainId, CommandId), Answer?> outcomes = [];
    private readonly Dictionary<(GrainId, string), Reminder> reminders = [];
    private readonly List<(GrainId From, CommandId Id, ICommand Command)> sends = [];
    private int commands;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 5, 11, 0, 0, TimeSpan.Zero);

    public List<(GrainId Grain, IEvent Event)> Journal { get; } = [];

    public CommandId NextId() => CommandId.Of("mini", $"{commands++}");

    public TState State<TState>(GrainId grain)
        where TState : IGrainState => (TState)StateOf(grain);

    public Answer Send(ICommand command, PassVerdict pass = default) => Send(command, NextId(), pass);

    public Answer Send(ICommand command, CommandId id, PassVerdict pass = default)
    {
        Take(command, id, pass);
        Deliver();
        return outcomes[(command.Target, id)] ?? throw new InvalidOperationException("Still open.");
    }

    public TOutcome Do<TOutcome>(ICommand<TOutcome> command) => Assert.IsType<TOutcome>(Send(command).Outcome);

    /// <summary>Takes a command but leaves its sends in the post.</summary>
    public void Take(ICommand command, CommandId id, PassVerdict pass = default)
    {
        if (!outcomes.ContainsKey((command.Target, id)))
        {
            var facts = new Facts(Now, Caller.System, id, reference) { Pass = pass };
            var definition = definitions[command.Target.Kind];
            var decision = definition.Decide(StateOf(command.Target), Stored.Again(command), facts);
            Commit(command.Target, id, decision);
            outcomes[(command.Target, id)] = decision.Answer;
        }
    }

    /// <summary>The outcome of a command that was taken, or null while it is open.</summary>
    public Answer? OutcomeOf(ICommand command, CommandId id) => outcomes[(command.Target, id)];

    public void Deliver()
    {
        while (sends.Count > 0)
        {
            DeliverOne(0);
        }
    }

    /// <summary>Delivers one send out of order, if there is any.</summary>
    public void DeliverAny(Random random)
    {
        if (sends.Count > 0)
        {
            DeliverOne(random.Next(sends.Count));
        }
    }

    private void DeliverOne(int at)
    {
        var sent = sends[at];
        sends.RemoveAt(at);
        Take(sent.Command, sent.Id);
        var answer = outcomes[(sent.Command.Target, sent.Id)]!.Value;
        var id = sent.Id.Derive("return");
        var facts = new Facts(Now, Caller.System, id, reference);
        Commit(sent.From, id, definitions[sent.From.Kind].DecideReturn(
            StateOf(sent.From), sent.Command, answer, facts));
    }

    public void Advance(TimeSpan time) => AdvanceTo(Now + time);

    public void AdvanceTo(DateTimeOffset moment)
    {
        while (reminders.Count > 0 && reminders.MinBy(r => r.Value.Due) is var next && next.Value.Due <= moment)
        {
            Now = next.Value.Due > Now ? next.Value.Due : Now;
            reminders.Remove(next.Key);
            Send(next.Value.Command, NextId());
        }

        Now = moment;
    }

    private IGrainState StateOf(GrainId grain) => states.TryGetValue(grain, out var state)
        ? state
        : states[grain] = definitions[grain.Kind].NewState();

    private void Commit(GrainId grain, CommandId id, Decision decision)
    {
        var state = StateOf(grain);
        foreach (var happened in decision.Events)
        {
            var stored = Stored.Again(happened);
            state.Apply(stored);
            Journal.Add((grain, stored));
        }

        for (var i = 0; i < decision.Sends.Count; i++)
        {
            sends.Add((grain, id.Derive("send", i), Stored.Again(decision.Sends[i])));
        }

        foreach (var reminder in decision.Reminders)
        {
            reminders[(grain, reminder.Name)] = reminder;
        }

        foreach (var name in decision.CancelledReminders)
        {
            reminders.Remove((grain, name));
        }

        foreach (var settlement in decision.Settlements)
        {
            Assert.Null(outcomes[(grain, settlement.Command)]);
            outcomes[(grain, settlement.Command)] = settlement.Answer;
        }
    }

    /// <summary>Puts every state through its stored form, as a restart would.</summary>
    public void Restart()
    {
        foreach (var (grain, state) in states.ToArray())
        {
            var again = Stored.Again(state);
            Assert.Equal(Stored.Text(state), Stored.Text(again));
            states[grain] = again;
        }
    }
}
