namespace SmartClub.Silo.Journal;

/// <summary>
/// Where work runs that its caller does not wait for, and how a loop waits. In production threads do both; a simulator
/// does both on one thread and a clock of its own, in an order that a seed decides.
/// </summary>
public interface IWorkers
{
    /// <summary>Does this soon, elsewhere.</summary>
    void Queue<TState>(Action<TState> work, TState state);

    /// <summary>Does this soon, elsewhere; completes when it is done.</summary>
    Task Run(Action work);

    /// <summary>Runs a loop that may block: it gets a thread of its own.</summary>
    void RunLoop(string name, Func<Task> loop);

    /// <summary>Holds up the loop that asks, and nobody else.</summary>
    ValueTask Pause(TimeSpan length);

    /// <summary>A signal for one loop to wait for.</summary>
    ISignal NewSignal();
}

/// <summary>A signal from many to one loop; set once or often, it ends one wait.</summary>
public interface ISignal
{
    /// <summary>Ends the wait under way, or else the next one.</summary>
    void Set();

    /// <summary>Forgets a signal that nobody has waited for.</summary>
    void Reset();

    /// <summary>Waits for the signal, no longer than this.</summary>
    ValueTask Wait(TimeSpan longest);
}

/// <summary>Workers in production: the thread pool, and a thread for each loop.</summary>
public sealed class ThreadWorkers : IWorkers
{
    /// <inheritdoc/>
    public void Queue<TState>(Action<TState> work, TState state) =>
        ThreadPool.UnsafeQueueUserWorkItem(work, state, preferLocal: false);

    /// <inheritdoc/>
    public Task Run(Action work) => Task.Run(work);

    /// <inheritdoc/>
    public void RunLoop(string name, Func<Task> loop) =>
        new Thread(() => loop().GetAwaiter().GetResult()) { Name = name, IsBackground = true }.Start();

    /// <inheritdoc/>
    public ValueTask Pause(TimeSpan length)
    {
        Thread.Sleep(length);
        return default;
    }

    /// <inheritdoc/>
    public ISignal NewSignal() => new BlockingSignal();

    private sealed class BlockingSignal : ISignal
    {
        private readonly object gate = new();
        private bool isSet;

        public void Set()
        {
            lock (gate)
            {
                isSet = true;
                Monitor.Pulse(gate);
            }
        }

        public void Reset()
        {
            lock (gate)
            {
                isSet = false;
            }
        }

        public ValueTask Wait(TimeSpan longest)
        {
            lock (gate)
            {
                if (!isSet)
                {
                    Monitor.Wait(gate, longest);
                }

                isSet = false;
            }

            return default;
        }
    }
}
