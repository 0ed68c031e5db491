namespace SmartClub.Simulated.Core;

/// <summary>
/// The virtual clock and everything that is still to happen on it, one thing at a time. What falls on the same moment
/// comes in an order that the seed decides. Everything that happens goes into one hash, so that two runs can be
/// compared.
/// </summary>
internal sealed class Timeline(Dice dice)
{
    private const ulong Prime = 1099511628211;
    private readonly PriorityQueue<(Machine? On, Action Do), (long At, ulong Order)> ahead = new();
    private readonly int thread = Environment.CurrentManagedThreadId;

    /// <summary>The first moment of all simulations.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);

    /// <summary>Ticks since the beginning.</summary>
    public long Now { get; private set; }

    /// <summary>Things that have happened.</summary>
    public long Steps { get; private set; }

    /// <summary>Of all that happened, in order.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>What broke the rules of the simulation itself.</summary>
    public string? Broken { get; private set; }

    /// <summary>Told of every note, for looking at one run closely.</summary>
    public Action<string>? Watcher { get; set; }

    /// <summary>Does something on a machine after a while, unless the machine is gone by then.</summary>
    public void After(TimeSpan wait, Machine? on, Action what)
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            Broken ??= "Work has left the simulation's thread: " + Environment.StackTrace;
            return;
        }

        ahead.Enqueue((on, what), (Now + Math.Max(0, wait.Ticks), dice.Next()));
    }

    /// <summary>The same within some microseconds: a machine's next step.</summary>
    public void Soon(Machine on, Action what) => After(new TimeSpan(dice.Below(300)), on, what);

    /// <summary>Lets the next thing happen. False: nothing ever will.</summary>
    public bool Step()
    {
        if (!ahead.TryDequeue(out var next, out var place))
        {
            return false;
        }

        Now = Math.Max(Now, place.At);
        Steps++;
        if (next.On is not { } machine)
        {
            Mix(0);
            next.Do();
            return true;
        }

        if (machine.IsHere(next.Do))
        {
            Mix((ulong)machine.Number);
            machine.Do(next.Do);
        }

        return true;
    }

    /// <summary>Writes down what happened; it becomes a part of the hash.</summary>
    public void Note(string what)
    {
        foreach (var letter in what)
        {
            Mix(letter);
        }

        Watcher?.Invoke($"{TimeSpan.FromTicks(Now):c} {what}");
    }

    private void Mix(ulong what) => Hash = (((Hash ^ what) * Prime) ^ (ulong)Now) * Prime;
}
