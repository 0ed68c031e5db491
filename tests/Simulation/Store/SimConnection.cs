using Npgsql;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Journal.Leasing;
using SmartClub.Simulated.Core;

namespace SmartClub.Simulated.Store;

/// <summary>
/// The appending connection. A request travels, is worked on by the server whether or not its sender still lives, and
/// the answer travels back; the connection may break on either way, so that nobody knows what became of it.
/// </summary>
internal sealed class SimConnection(Machine machine, SimDatabase database, Faults faults, Dice dice)
    : IAppendingConnection
{
    private Session? session;
    private bool isDisposed;

    public bool IsOpen => session is { IsOver: false };

    public async ValueTask<Attempt> TryTake()
    {
        Close();
        ObjectDisposedException.ThrowIf(isDisposed, this);
        await machine.Wait(Travel());
        var opened = database.Open(machine);
        var sign = database.Sign;
        if (!database.TryLock(opened))
        {
            database.End(opened);
            return new Attempt(null, sign);
        }

        session = opened;
        await machine.Wait(Travel());
        return opened.IsOver ? throw SimDatabase.Away() : new Attempt(database.Head, sign);
    }

    public async ValueTask<long> BeginEpoch(string holder)
    {
        await Change(null, lease => lease with { Epoch = lease.Epoch + 1, Beat = 0, Holder = holder });
        return database.Sign.Epoch;
    }

    public ValueTask Beat(long epoch) => Change(epoch, lease => lease with { Beat = lease.Beat + 1 });

    public ValueTask LetGo(long epoch) => Change(epoch, lease => lease with { Holder = null });

    // The simulated server needs no preparation.
    public ValueTask Prepare() => default;

    public ValueTask Append(ReadOnlyMemory<byte> rows, IReadOnlyList<WrappedKey> keys)
    {
        var mine = Mine();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (faults.Happens(Fault.CutBeforeCommit))
        {
            Break(mine, answered);
            return new ValueTask(answered.Task);
        }

        // The writer uses its buffer again, but only after the answer.
        var sent = rows.ToArray();
        machine.Timeline.After(Work(), null, () => Serve(mine, () => database.Commit(mine, sent, keys), answered));
        return new ValueTask(answered.Task);
    }

    public void Abandon() => Close();

    public void Dispose()
    {
        isDisposed = true;
        Close();
    }

    private Session Mine() => session is { IsOver: false } mine ? mine : throw SimDatabase.Away();

    private async ValueTask Change(long? epoch, Func<LeaseSign, LeaseSign> change)
    {
        var mine = Mine();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isChanged = false;
        machine.Timeline.After(
            Work(), null, () => Serve(mine, () => isChanged = database.Change(mine, epoch, change), answered));
        await answered.Task;
        if (!isChanged)
        {
            throw new FencedException("Another epoch has begun.", null);
        }
    }

    private TimeSpan Work() => Travel() + dice.Between(TimeSpan.FromMilliseconds(0.2), database.SlowestCommit);

    // What the server does does not depend on the machine that asked for it.
    private void Serve(Session mine, Action commit, TaskCompletionSource answered)
    {
        try
        {
            commit();
        }
        catch (PostgresException refused)
        {
            // The driver gives some connections up after a refusal, and with them the lock.
            if (dice.OneIn(2))
            {
                database.End(mine);
            }

            Answer(() => answered.TrySetException(refused));
            return;
        }
        catch (NpgsqlException away)
        {
            Answer(() => answered.TrySetException(away));
            return;
        }

        if (faults.Happens(Fault.CutAfterCommit))
        {
            Break(mine, answered);
        }
        else if (faults.Happens(Fault.KillAfterCommit))
        {
            faults.Kill(machine);
        }
        else
        {
            Answer(() => answered.TrySetResult());
        }
    }

    private void Break(Session mine, TaskCompletionSource answered)
    {
        machine.Timeline.After(dice.Milliseconds(0, 30), null, () => database.End(mine));
        Answer(() => answered.TrySetException(SimDatabase.Away()));
    }

    private void Answer(Action tell) => machine.Timeline.After(Travel(), machine, tell);

    private TimeSpan Travel() => dice.Between(TimeSpan.FromMilliseconds(0.02), TimeSpan.FromMilliseconds(0.5));

    private void Close()
    {
        if (session is { } open)
        {
            // The server reads the goodbye after what it was sent before.
            machine.Timeline.After(Travel(), null, () => database.End(open));
            session = null;
        }
    }
}
