using System.Collections.Concurrent;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>
/// Delivers what committed rows have promised: sends to other grains, their answers back, reminders when due. At
/// least once; ids derived from the promising row make the effect happen exactly once.
/// </summary>
public sealed class Deliveries(
    EmbeddedEngine engine, OutstandingRows outstanding, TimeProvider time, ILogger<Deliveries> log)
    : ICommitListener
{
    private readonly PriorityQueue<(JournalRow Row, StoredReminder Reminder), DateTimeOffset> due = new();
    private readonly ConcurrentQueue<(JournalRow Row, int Send)> sends = new();
    private readonly HashSet<CommandId> cancelled = [];
    private readonly HashSet<CommandId> scheduled = [];
    private readonly Lock gate = new();
    private readonly Slots slots = new(Limits.Deliveries);
    private readonly Slots work = new(0);
    private TaskCompletionSource earlier = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long nextLoadTicks;
    private int underWay;

    /// <summary>Sends and reminders being delivered or waiting for it now.</summary>
    public int Backlog => sends.Count + Volatile.Read(ref underWay);

    /// <inheritdoc/>
    public void Committed(IReadOnlyList<PendingRow> rows)
    {
        foreach (var row in rows)
        {
            Take(row);
        }
    }

    /// <summary>Takes over what a committed row promises or finishes.</summary>
    public void Take(JournalRow row)
    {
        for (var i = 0; i < row.Sends.Count; i++)
        {
            sends.Enqueue((row, i));
            work.GiveBack();
        }

        if (row.Reminders.Count == 0 && row.Finished.Count == 0)
        {
            return;
        }

        lock (gate)
        {
            foreach (var finished in row.Finished.Where(scheduled.Contains))
            {
                cancelled.Add(finished);
            }

            foreach (var reminder in row.Reminders)
            {
                Schedule(row, reminder);
            }
        }
    }

    /// <summary>Delivers until cancelled.</summary>
    public async Task Run(CancellationToken cancel) => await Task.WhenAll(DeliverSends(cancel), FireReminders(cancel));

    private async Task DeliverSends(CancellationToken cancel)
    {
        while (true)
        {
            await work.Take(cancel);
            await slots.Take(cancel);
            if (sends.TryDequeue(out var promise))
            {
                _ = Persist(waits => Deliver(promise.Row, promise.Send, waits), cancel);
            }
        }
    }

    private async Task FireReminders(CancellationToken cancel)
    {
        while (true)
        {
            await LoadAhead(cancel);
            while (NextDue() is var (row, reminder))
            {
                await slots.Take(cancel);
                _ = Persist(waits => Fire(row, reminder, waits), cancel);
            }

            await UntilNext(cancel);
            cancel.ThrowIfCancellationRequested();
        }
    }

    // Reminders far ahead stay in the database; the next part of them is read before it can fall due.
    private async Task LoadAhead(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now.UtcTicks < nextLoadTicks)
        {
            return;
        }

        try
        {
            foreach (var (row, reminder) in await outstanding.RemindersBefore(now + Limits.ReminderHorizon, cancel))
            {
                lock (gate)
                {
                    Schedule(row, reminder);
                }
            }

            nextLoadTicks = (now + (Limits.ReminderHorizon / 2)).UtcTicks;
        }
        catch (Exception away) when (DatabaseAway.Is(away))
        {
            log.LogWarning("Reminders ahead wait for the database: {Reason}.", away.GetType().Name);
            nextLoadTicks = (now + TimeSpan.FromSeconds(1)).UtcTicks;
        }
    }

    private void Schedule(JournalRow row, StoredReminder reminder)
    {
        if (reminder.Due - time.GetUtcNow() > Limits.ReminderHorizon || !scheduled.Add(reminder.FiringId))
        {
            return;
        }

        due.Enqueue((row, reminder), reminder.Due);
        earlier.TrySetResult();
    }

    private (JournalRow Row, StoredReminder Reminder)? NextDue()
    {
        lock (gate)
        {
            while (due.TryPeek(out var next, out var at) && at <= time.GetUtcNow())
            {
                due.Dequeue();
                scheduled.Remove(next.Reminder.FiringId);
                if (!cancelled.Remove(next.Reminder.FiringId))
                {
                    return next;
                }
            }

            return null;
        }
    }

    private async Task UntilNext(CancellationToken cancel)
    {
        DateTimeOffset next;
        TaskCompletionSource woken;
        lock (gate)
        {
            woken = earlier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            next = new DateTimeOffset(nextLoadTicks, TimeSpan.Zero);
            if (due.TryPeek(out _, out var at) && at < next)
            {
                next = at;
            }
        }

        await woken.Until(next, time, cancel);
    }

    private async Task Deliver(JournalRow row, int number, Action waits)
    {
        var send = row.Sends[number];
        var envelope = new Envelope(row.CommandId.Derive("send", number), new Caller($"grain:{row.Grain}"))
        {
            CausedBy = row.Position,
            Correlation = row.Correlation,
        };
        var answered = await engine.Deliver(send.Command, envelope, waits);
        await engine.Return(row.Grain, send.Command, answered.Answer, envelope with
        {
            Id = send.ReturnId,
            Caller = Caller.System,
            CausedBy = answered.Position ?? row.Position,
        });
    }

    private Task Fire(JournalRow row, StoredReminder reminder, Action waits) => engine.Remind(
        reminder,
        new Envelope(reminder.FiringId, Caller.System) { CausedBy = row.Position, Correlation = row.Correlation },
        waits);

    // A delivery is never given up: the journal may be away for a while, and the promise is durable. One whose answer
    // is left open gives its slot back, since the answer may need a delivery itself.
    private async Task Persist(Func<Action, Task> deliver, CancellationToken cancel)
    {
        var held = 1;
        void GiveBack()
        {
            if (Interlocked.Exchange(ref held, 0) == 1)
            {
                slots.GiveBack();
            }
        }

        Interlocked.Increment(ref underWay);
        try
        {
            for (var attempt = 0; !cancel.IsCancellationRequested; attempt++)
            {
                try
                {
                    await deliver(GiveBack);
                    return;
                }
                catch (Exception away) when (
                    away is JournalUnavailableException or FencedException || DatabaseAway.Is(away))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50 << Math.Min(attempt, 6)), time, cancel);
                }
                catch (Exception bug) when (bug is not OperationCanceledException)
                {
                    log.LogError(bug, "A delivery failed; it is tried again.");
                    await Task.Delay(TimeSpan.FromSeconds(Math.Min(1 << Math.Min(attempt, 6), 60)), time, cancel);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops; the promise stands in the journal.
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
            GiveBack();
        }
    }
}
