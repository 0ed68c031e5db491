using System.Collections.Concurrent;
using SmartClub.Grains.Messages;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Reactions;

/// <summary>
/// Sends the messages that the journal wants sent. Each attempt is claimed before and reported after, both durably, so
/// it happens once: who dies in between leaves a message that is shown as unknown, and never sent again by itself.
/// Replaying the journal sends nothing, since only what is still waiting at its end is looked at.
/// </summary>
public sealed class Outbox(
    IGrains grains, JournalReader journal, MessageMirror messages, MailWriter words, IMailer mailer, Lease lease,
    TimeProvider time, ILogger<Outbox> log) : IStartsWithSilo
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentQueue<(MessageId Id, int Attempt, MailOutcome Outcome)> untold = new();

    /// <inheritdoc/>
    public Task Start(CancellationToken cancel)
    {
        // Claimed by a silo before this one, which has not told what became of it.
        foreach (var left in messages.Open.Where(m => m.IsClaimed).ToList())
        {
            untold.Enqueue((left.Id, left.Attempts, new MailOutcome(MessageResult.Unknown, "silo_ended")));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            var moved = messages.Moved;
            var due = messages.Open.Where(m => !m.IsClaimed).ToList();
            try
            {
                await Report();
                await Parallel.ForEachAsync(
                    due,
                    new ParallelOptions { MaxDegreeOfParallelism = Limits.MailsAtOnce, CancellationToken = cancel },
                    async (message, stop) => await Send(message, stop));
            }
            catch (Exception away) when (away is JournalUnavailableException || DatabaseAway.Is(away))
            {
                await Task.Delay(Pause, time, cancel);
                continue;
            }

            await moved.WaitAsync(cancel);
        }
    }

    private async Task Send(OpenMessage message, CancellationToken cancel)
    {
        var attempt = message.Attempts + 1;
        var claimed = await grains.Send(
            new ClaimMessage(message.Id, attempt), new Envelope(Name(message.Id, attempt, "claim"), Caller.System));
        if (claimed.Answer.Refusal is not null || !await IsOurs(message.Id, attempt))
        {
            return;
        }

        MailOutcome outcome;
        try
        {
            outcome = await Read(message.Id, cancel) is { } queued && words.Write(message.Id, queued) is { } mail
                ? await Hand(mail, cancel)
                : new MailOutcome(MessageResult.Never, "erased");
        }
        catch (Exception bug) when (bug is KeyNotFoundException or FormatException)
        {
            log.LogError("Message {Message} cannot be put into words: {Reason}.", message.Id, bug.GetType().Name);
            outcome = new MailOutcome(MessageResult.Never, "no_words");
        }

        try
        {
            await Tell(message.Id, attempt, outcome);
        }
        catch (JournalUnavailableException)
        {
            untold.Enqueue((message.Id, attempt, outcome));
        }
    }

    // The last look before something leaves that cannot be taken back: whoever lost the journal sends nothing.
    private Task<MailOutcome> Hand(Mail mail, CancellationToken cancel)
    {
        lease.ThrowIfOver();
        return mailer.Send(mail, cancel);
    }

    private Task<bool> IsOurs(MessageId id, int attempt) => grains.Read<MessageState, bool>(
        id.Grain, m => m.Status == MessageStatus.Claimed && m.Attempts == attempt);

    private async Task<MessageQueued?> Read(MessageId id, CancellationToken cancel) =>
        (await journal.Before(id.Grain, 2, 1, cancel)).SingleOrDefault()?.Events.OfType<MessageQueued>()
            .SingleOrDefault();

    // What could not be told yet stays in the queue and is told when the journal is back.
    private async Task Report()
    {
        while (untold.TryPeek(out var told))
        {
            await Tell(told.Id, told.Attempt, told.Outcome);
            untold.TryDequeue(out _);
        }
    }

    private Task Tell(MessageId id, int attempt, MailOutcome outcome) => grains.Send(
        new ReportMessage(id, attempt, outcome.Result, outcome.Code),
        new Envelope(Name(id, attempt, "report"), Caller.System));

    // With the epoch in it, a claim of an earlier silo is never taken for one of this silo.
    private CommandId Name(MessageId id, int attempt, string what) => CommandId.Of(
        "outbox", id.ToString(), what, string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{attempt}.{lease.Epoch}"));
}
