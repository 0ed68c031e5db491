using SmartClub.Silo.Journal;

namespace SmartClub.Simulated.Core;

/// <summary>
/// Something that runs code and can be stopped, woken or gone from one step to the next: a silo's process, or the
/// clients. What its code waits for goes on here, one step at a time.
/// </summary>
internal sealed class Machine(Timeline timeline, int number) : SynchronizationContext
{
    private readonly List<Action> held = [];
    private bool isStopped;

    public int Number => number;

    public Timeline Timeline => timeline;

    public bool IsGone { get; private set; }

    /// <summary>How far its wall clock is ahead of the world's.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>Gone from one moment to the next, as by kill -9: nothing of it happens any more.</summary>
    public void Kill()
    {
        IsGone = true;
        held.Clear();
    }

    /// <summary>As by SIGSTOP: the world goes on, this does not.</summary>
    public void Stop() => isStopped = true;

    /// <summary>As by SIGCONT: all that has fallen due meanwhile happens at once.</summary>
    public void Wake()
    {
        isStopped = false;
        foreach (var step in held)
        {
            timeline.Soon(this, step);
        }

        held.Clear();
    }

    /// <summary>Whether it can take a step now; one that is only stopped takes it later.</summary>
    public bool IsHere(Action step)
    {
        if (isStopped && !IsGone)
        {
            held.Add(step);
        }

        return !isStopped && !IsGone;
    }

    /// <summary>Takes a step, in this machine's context.</summary>
    public void Do(Action step)
    {
        SetSynchronizationContext(this);
        try
        {
            step();
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => timeline.Soon(this, () => d(state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Waits on the virtual clock.</summary>
    public Task Wait(TimeSpan length)
    {
        var over = new TaskCompletionSource();
        timeline.After(length, this, over.SetResult);
        return over.Task;
    }
}

/// <summary>The clock as a machine sees it.</summary>
internal sealed class MachineClock(Machine machine) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() =>
        Timeline.Epoch.AddTicks(machine.Timeline.Now) + machine.ClockAhead;

    public override long GetTimestamp() => machine.Timeline.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Alarm(machine, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Alarm(Machine machine, TimerCallback callback, object? state) : ITimer
    {
        private int setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var mine = ++setting;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                machine.Timeline.After(dueTime, machine, () => Ring(mine, period));
            }

            return true;
        }

        public void Dispose() => setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Ring(int mine, TimeSpan period)
        {
            if (mine != setting)
            {
                return;
            }

            if (period > TimeSpan.Zero)
            {
                Change(period, period);
            }

            callback(state);
        }
    }
}

/// <summary>A machine's workers: its own steps, later.</summary>
internal sealed class MachineWorkers(Machine machine) : IWorkers
{
    public void Queue<TState>(Action<TState> work, TState state) => machine.Timeline.Soon(machine, () => work(state));

    public Task Run(Action work)
    {
        var done = new TaskCompletionSource();
        machine.Timeline.Soon(machine, () =>
        {
            work();
            done.SetResult();
        });
        return done.Task;
    }

    public void RunLoop(string name, Func<Task> loop) => machine.Timeline.Soon(machine, () => _ = loop());

    public ValueTask Pause(TimeSpan length) => new(machine.Wait(length));

    public ISignal NewSignal() => new Bell(machine);

    private sealed class Bell(Machine machine) : ISignal
    {
        private TaskCompletionSource? waiting;
        private bool isSet;

        public void Set()
        {
            isSet = waiting is null;
            waiting?.TrySetResult();
            waiting = null;
        }

        public void Reset() => isSet = false;

        public ValueTask Wait(TimeSpan longest)
        {
            if (isSet)
            {
                isSet = false;
                return default;
            }

            var mine = waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (longest != Timeout.InfiniteTimeSpan)
            {
                machine.Timeline.After(longest, machine, () => Ring(mine));
            }

            return new ValueTask(mine.Task);
        }

        private void Ring(TaskCompletionSource mine)
        {
            if (waiting == mine)
            {
                Set();
            }
        }
    }
}
