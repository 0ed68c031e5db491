using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;
using SmartClub.Simulated.Core;

namespace SmartClub.Simulated.Club;

/// <summary>A command that a client wants done, however often it has to ask.</summary>
internal sealed record Intent(CommandId Id, ICommand Command, bool IsForged = false)
{
    public Envelope Envelope { get; } = new(Id, new Caller("staff:simulated"));
}

/// <summary>Between clients and silos: messages are late, lost, doubled and overtake each other.</summary>
internal sealed class Network(World world)
{
    private readonly Dice dice = world.Dice.Split();
    private readonly Faults faults = world.Faults;
    private readonly Timeline timeline = world.Timeline;

    /// <summary>Asks a silo; null: no answer in time, or none that says what became of the command.</summary>
    public Task<Answered?> Ask(int place, Intent intent, TimeSpan patience)
    {
        var heard = new TaskCompletionSource<Answered?>();
        var copies = faults.Happens(Fault.DoubledMessage) ? 2 : 1;
        for (var i = 0; i < copies && !faults.Happens(Fault.LostMessage); i++)
        {
            timeline.After(Travel(), null, () => Arrive(place, silo => Serve(silo, intent, heard)));
        }

        timeline.After(patience, world.Clients, () => heard.TrySetResult(null));
        return heard.Task;
    }

    /// <summary>Reads a grain's state through a silo, and shows what was read the moment the silo says it.</summary>
    public Task Read<TState, TResult>(int place, GrainId grain, Func<TState, TResult> read, Action<TResult> seen)
        where TState : class, IGrainState
    {
        var heard = new TaskCompletionSource<bool>();
        timeline.After(Travel(), null, () => Arrive(place, async silo =>
        {
            try
            {
                if (silo.IsActive)
                {
                    seen(await silo.Grains.Read(grain, read));
                }
            }
            catch (Exception away) when (IsAway(away))
            {
                // It says nothing, which is never wrong.
            }

            Back(heard, true);
        }));
        timeline.After(TimeSpan.FromSeconds(2), world.Clients, () => heard.TrySetResult(false));
        return heard.Task;
    }

    private void Arrive(int place, Func<SimSilo, Task> serve)
    {
        var silo = world.Silos[place];
        timeline.Soon(silo.Machine, () => _ = serve(silo));
    }

    private async Task Serve(SimSilo silo, Intent intent, TaskCompletionSource<Answered?> heard)
    {
        if (!silo.IsActive)
        {
            Back(heard, null);
            return;
        }

        try
        {
            var answered = await silo.Grains.Send(intent.Command, intent.Envelope);
            world.Witness.Answers(intent, answered);
            if (!faults.Happens(Fault.LostMessage))
            {
                Back(heard, answered);
            }
        }
        catch (Exception away) when (IsAway(away))
        {
            Back(heard, null);
        }
        catch (Exception bug)
        {
            world.Witness.Blame($"{intent.Command} failed: {bug}");
        }
    }

    // As the gateway sees it: the caller gets 503 and may ask again.
    private static bool IsAway(Exception fault) =>
        fault is JournalUnavailableException or NpgsqlException or FencedException;

    private void Back<T>(TaskCompletionSource<T> heard, T answer) =>
        timeline.After(Travel(), world.Clients, () => heard.TrySetResult(answer));

    private TimeSpan Travel() => faults.Happens(Fault.LateMessage)
        ? dice.Milliseconds(1, dice.OneIn(4) ? 90_000 : 3_000)
        : dice.Between(TimeSpan.FromMilliseconds(0.05), TimeSpan.FromMilliseconds(2));
}
