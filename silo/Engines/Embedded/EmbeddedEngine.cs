using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>
/// Runs grains in this process. A turn is short and takes a lock, not a queue: find the activation, look for a
/// repeat, ask the rule, fold, hand the row to the journal. The reply waits for the journal, the grain does not.
/// </summary>
public sealed class EmbeddedEngine(
    IEnumerable<FeatureModule> modules, JournalWriter writer, JournalReader reader, Turns turns, Catalogue catalogue,
    Lease lease)
    : IGrains
{
    private readonly Dictionary<short, GrainDefinition> definitions =
        modules.SelectMany(m => m.Grains).ToDictionary(g => g.Kind);

    /// <inheritdoc/>
    public Task<Answered> Send(ICommand command, Envelope envelope) =>
        Take(new Message(command, null, MessageKind.Command), envelope);

    /// <summary>Delivers a send; says so when its outcome is left open, which may be for long.</summary>
    internal Task<Answered> Deliver(ICommand command, Envelope envelope, Action waits) =>
        Take(new Message(command, null, MessageKind.Command), envelope, waits);

    /// <summary>Fires a reminder. It finishes with this command, whatever the grain answers.</summary>
    internal Task<Answered> Remind(StoredReminder reminder, Envelope envelope, Action waits) =>
        Take(new Message(reminder.Command, null, MessageKind.Reminder) { Due = reminder.Due }, envelope, waits);

    /// <summary>Hands the answer to a send back to the grain that sent it.</summary>
    internal Task<Answered> Return(GrainId sender, ICommand sent, Answer answer, Envelope envelope) =>
        Take(new Message(sent, answer, MessageKind.Return) { To = sender }, envelope);

    /// <inheritdoc/>
    public async Task<TResult> Read<TState, TResult>(GrainId grain, Func<TState, TResult> read)
        where TState : class, IGrainState
    {
        while (true)
        {
            var activation = catalogue.Get(definitions[grain.Kind], grain);
            await activation.Loaded;
            Task last;
            TResult result;
            lock (activation.Turn)
            {
                if (activation.IsDead || activation.Generation != writer.Generation)
                {
                    catalogue.Drop(activation);
                    continue;
                }

                last = activation.LastDurable;
                result = read((TState)activation.State);
            }

            await last;
            lease.ThrowIfOver();
            return result;
        }
    }

    private async Task<Answered> Take(Message message, Envelope envelope, Action? waits = null)
    {
        lease.ThrowIfOver();
        var hash = turns.ContentHash(message);
        while (true)
        {
            var activation = catalogue.Get(definitions[message.Target.Kind], message.Target);
            if (!activation.Loaded.IsCompletedSuccessfully)
            {
                await activation.Loaded;
            }

            var turn = turns.Take(activation, message, envelope, hash);
            switch (turn.Kind)
            {
                case TurnKind.Stale:
                    catalogue.Drop(activation);
                    continue;
                case TurnKind.Decided:
                    await turn.Durable;
                    return Told(turn.Answer, turn.Position);
                case TurnKind.NotKept:
                    await turn.Durable;
                    return Told(turn.Answer, null);
                case TurnKind.Waits:
                    waits?.Invoke();
                    return await Settled(turn, hash);
                default:
                    return await Repeat(turn, envelope.Id, hash);
            }
        }
    }

    // What became durable too late is not told any more: another silo may have gone on from there. A repeat finds it.
    private Answered Told(Answer answer, long? position)
    {
        lease.ThrowIfOver();
        return new Answered(answer, position);
    }

    // The outcome of this command, or of an equal one before it, is still open: its reply comes with settlement.
    private async Task<Answered> Settled(Turn turn, byte[] hash)
    {
        await turn.Durable;
        if (!turn.Open!.ContentHash.AsSpan().SequenceEqual(hash))
        {
            return Told(Answer.Refused(EngineRefusals.CommandIdReused), null);
        }

        var (answer, row) = await turn.Open.Settled;
        await row.Durable;
        return Told(answer, row.Position);
    }

    private async Task<Answered> Repeat(Turn turn, CommandId id, byte[] hash)
    {
        await turn.Durable;
        var row = await reader.At(turn.Position)
            ?? throw new InvalidDataException($"Row {turn.Position} is missing from the journal.");
        var (stored, answer) = row.CommandId == id
            ? (row.ContentHash, row.Answer!.Value)
            : row.Settled.Where(s => s.Command == id).Select(s => (s.ContentHash, s.Answer)).First();
        return stored.AsSpan().SequenceEqual(hash)
            ? Told(answer, turn.Position)
            : Told(Answer.Refused(EngineRefusals.CommandIdReused), null);
    }
}

/// <summary>Refusals that the engine gives for all grains.</summary>
public static class EngineRefusals
{
    /// <summary>The id was used before for another content.</summary>
    public static readonly Refusal CommandIdReused = new("command_id_reused");
}
