using SmartClub.Silo.Journal;
using SmartClub.Simulated.Core;
using SmartClub.Simulated.Oracle;
using SmartClub.Simulated.Store;

namespace SmartClub.Simulated.Club;

/// <summary>
/// One simulated club: a database, silos that take over from each other, clients that never give up, and all that can
/// go wrong between them.
/// </summary>
internal sealed class World
{
    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(30);
    private readonly SimSilo[] silos;
    private int machines;
    private bool isHealed;

    public World(ulong seed, Mutation mutation)
    {
        Dice = new Dice(seed);
        Mutation = mutation;
        Timeline = new Timeline(Dice.Split());
        Faults = new Faults(Dice.Split()) { Kill = Kill };
        Database = new SimDatabase(Timeline, Dice.Split());
        Clients = new Machine(Timeline, ++machines);
        Witness = new Witness(this);
        Database.Committed = Witness.Committed;
        Network = new Network(this);
        Guests = new Guests(this);
        silos = new SimSilo[2];
        for (var place = 0; place < silos.Length; place++)
        {
            Start(place);
        }
    }

    public Dice Dice { get; }

    public Mutation Mutation { get; }

    public Timeline Timeline { get; }

    public Faults Faults { get; }

    public SimDatabase Database { get; }

    public Machine Clients { get; }

    public Network Network { get; }

    public Guests Guests { get; }

    public Witness Witness { get; }

    public ErrorBook Book { get; } = new();

    public IReadOnlyList<SimSilo> Silos => silos;

    /// <summary>The silo that owns the journal; another one may still believe that it does.</summary>
    public SimSilo? Active => silos.FirstOrDefault(s => s.IsActive && Database.Holder?.Owner == s.Machine);

    /// <summary>Lives the club's life to its end and says what is wrong with it; null: nothing.</summary>
    public string? Run(long mostSteps)
    {
        Guests.Begin();
        PlanFault();
        while (Timeline.Steps < mostSteps && Problem() is null && !IsOver() && Timeline.Step())
        {
        }

        return Problem()
            ?? (IsOver() ? null : $"The club did not come to rest within {mostSteps} steps: {Guests.Pending}")
            ?? Auditor.Check(this);
    }

    private string? Problem() => Timeline.Broken ?? Witness.Fault ?? Book.Lines.FirstOrDefault();

    private bool IsOver()
    {
        if (!isHealed && Guests.IsDone)
        {
            Heal();
        }

        return isHealed && Guests.IsQuiet;
    }

    private void Heal()
    {
        isHealed = true;
        Timeline.Note("healed");
        Faults.Heal();
        Database.IsFull = false;
        Database.SlowestCommit = TimeSpan.FromMilliseconds(4);
        foreach (var silo in silos)
        {
            silo.Machine.ClockAhead = TimeSpan.Zero;
            silo.Machine.Wake();
        }

        Guests.Settle();
        Timeline.After(SettleWithin, null, () =>
        {
            if (!Guests.IsSettled)
            {
                Witness.Blame($"Half an hour after the last fault the club is not settled: {Guests.Pending}");
            }
        });
    }

    private void Start(int place)
    {
        var silo = silos[place] = new SimSilo(this, ++machines);
        Timeline.Note($"silo {place} starts as machine {silo.Machine.Number}");
        silo.Start(fault => Ended(place, silo, fault));
    }

    private void Ended(int place, SimSilo silo, Exception? fault)
    {
        Timeline.Note($"silo {place} ends: {fault?.GetType().Name}");
        if (fault is not (FencedException or Npgsql.NpgsqlException or null))
        {
            Witness.Blame($"A silo ended by a bug: {fault}");
        }

        Kill(silo.Machine);
    }

    private void Kill(Machine machine)
    {
        if (machine.IsGone)
        {
            return;
        }

        var place = Array.FindIndex(silos, s => s.Machine == machine);
        Timeline.Note($"silo {place} is gone");
        machine.Kill();
        Database.Notice(machine);
        Timeline.After(Dice.Milliseconds(20, 4_000), null, () => Start(place));
    }

    // Faults that befall the world come one by one; those on the way of a message or commit come where they happen.
    private void PlanFault()
    {
        var wait = Dice.OneIn(3) ? Dice.Milliseconds(0, 100) : Dice.Milliseconds(100, 20_000);
        Timeline.After(wait, null, () =>
        {
            if (!isHealed)
            {
                Befall();
                PlanFault();
            }
        });
    }

    private void Befall()
    {
        var silo = Dice.OneIn(4) ? Dice.Pick(silos) : Active ?? silos[0];
        if (Often(Fault.Kill))
        {
            Kill(silo.Machine);
        }
        else if (Often(Fault.AskedToStop) && silo.IsActive)
        {
            silo.AskToStop(() => Kill(silo.Machine));
        }
        else if (Often(Fault.Pause))
        {
            var length = Dice.Milliseconds(10, 12_000);
            silo.Machine.Stop();
            Timeline.After(length, null, silo.Machine.Wake);
            Guests.GoOnWithout(Array.IndexOf(silos, silo), length);
        }

        if (Often(Fault.DatabaseDown) && Database.IsUp)
        {
            Database.GoDown(Dice.Milliseconds(10, 15_000));
        }

        if (Often(Fault.DiskFull))
        {
            Database.IsFull = true;
            Timeline.After(Dice.Milliseconds(1, 3_000), null, () => Database.IsFull = false);
        }

        if (Often(Fault.SlowStore))
        {
            Database.SlowestCommit = Dice.Milliseconds(10, 5_000);
            Timeline.After(
                Dice.Milliseconds(10, 20_000), null, () => Database.SlowestCommit = TimeSpan.FromMilliseconds(4));
        }

        if (Often(Fault.SnapshotsLost))
        {
            Database.Snapshots.Clear();
        }

        if (Often(Fault.ClockJump))
        {
            silo.Machine.ClockAhead = Dice.Milliseconds(-40_000, 40_000);
        }

        if (Often(Fault.Eviction) && silo.IsActive)
        {
            Timeline.Soon(silo.Machine, () => silo.Catalogue.Sweep(TimeSpan.Zero));
        }
    }

    // Asked seldom, so that chances made for every message are tried several times.
    private bool Often(Fault kind)
    {
        for (var i = 0; i < 12; i++)
        {
            if (Faults.Happens(kind))
            {
                Timeline.Note(kind.ToString());
                return true;
            }
        }

        return false;
    }
}
