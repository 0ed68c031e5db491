using System.Text.Json;
using SmartClub.Agent.Doors;
using SmartClub.Agent.Link;
using SmartClub.Agent.Lists;
using SmartClub.Agent.Readers;
using SmartClub.Agent.Relays;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent;

/// <summary>The whole of a door's program: its parts, and what runs beside the readers.</summary>
public sealed class AgentHost : IDisposable
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private readonly SemaphoreSlim _happened = new(0);
    private readonly OnceAtATime _once;

    /// <summary>Puts a door together from what its enrolment has kept.</summary>
    public AgentHost(
        AgentStore store, HttpMessageHandler network, IRelay relay, OfflineMode mode, Action<DoorShows> show,
        TimeProvider clock)
    {
        var identity = store.Fact("identity") is { } kept
            ? JsonSerializer.Deserialize<DoorIdentity>(kept, Wire.Json)!
            : throw new DeviceException($"This door is not enrolled yet: call enrol with the code from the desk.");
        Store = store;
        _clock = clock;
        _startedAt = clock.GetTimestamp();
        _once = new OnceAtATime(clock);
        Link = new SiloLink(store, identity with { Key = store.Fact("key")! }, network, clock);
        List = KeptList.Load(store);
        Lists = new ListKeeper(store, Link, List, clock);
        Door = new Door(store, Link, List, relay, mode, show) { Happened = () => _happened.Release() };
        Orders = new OrderDesk(store, Link, Door, Lists);
        Hub = new OrderHub(Link, Orders, network, clock);
    }

    /// <summary>What is kept on the disk.</summary>
    public AgentStore Store { get; }

    /// <summary>The way to the silos.</summary>
    public SiloLink Link { get; }

    /// <summary>Whom the door may let in by itself.</summary>
    public KeptList List { get; }

    /// <summary>Keeps the list new.</summary>
    public ListKeeper Lists { get; }

    /// <summary>The door.</summary>
    public Door Door { get; }

    /// <summary>What staff tell it.</summary>
    public OrderDesk Orders { get; }

    /// <summary>Where it hears that at once.</summary>
    public OrderHub Hub { get; }

    /// <summary>Somebody holds something to a reader.</summary>
    public Task Read(Reading reading, CancellationToken stop) => _once.IsNew(reading)
        ? Door.Scan(reading.Credential, reading.Direction, stop)
        : Task.CompletedTask;

    /// <summary>Runs the door until stopped.</summary>
    public async Task Run(IReadOnlyList<IReader> readers, CancellationToken stop)
    {
        await Door.Resume();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        List<Task> parts =
        [
            Beat(either.Token), Lists.Run(either.Token), Hub.Run(either.Token),
            .. readers.Select(reader => reader.Run(Read, either.Token)),
        ];
        try
        {
            // A reader that has said all it had to say (a file) is no fault; any other end is one.
            while (parts.Count > 0)
            {
                var ended = await Task.WhenAny(parts);
                await ended;
                parts.Remove(ended);
            }
        }
        finally
        {
            await either.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// One sign of life: first everything that was not told yet, then the sign, then what staff want. True: the silo
    /// is there.
    /// </summary>
    public async Task<bool> Touch(CancellationToken stop)
    {
        var wasUp = Link.IsUp;
        if (!await Link.Report(stop))
        {
            return false;
        }

        var results = Orders.Unheard;
        var beat = new HeartbeatRequest(
            (long)_clock.GetElapsedTime(_startedAt).TotalSeconds, Store.QueueLength, List.Version,
            Door.Mode == DoorMode.Open ? "open" : Door.Mode == DoorMode.Locked ? "locked" : "closed",
            results.Count > 0 ? results : null);
        if (await Link.Beat(beat, stop) is not { } answer)
        {
            return false;
        }

        Orders.Heard(results);
        foreach (var order in answer.Commands ?? [])
        {
            await Orders.Take(order, stop);
        }

        if (!wasUp)
        {
            Lists.Want();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Orders.Dispose();
        Lists.Dispose();
        Link.Dispose();
        _happened.Dispose();
    }

    private async Task Beat(CancellationToken stop)
    {
        while (true)
        {
            while (_happened.Wait(0, CancellationToken.None))
            {
                // One report tells all of them.
            }

            var isThere = await Touch(stop);
            await RenewKey(isThere, stop);
            var wait = isThere && Orders.Unheard.Count == 0 ? BeatEvery : ProbeEvery;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var woken = isThere ? _happened.WaitAsync(either.Token) : Task.Delay(wait, _clock, either.Token);
            await Task.WhenAny(woken, Task.Delay(wait, _clock, either.Token));
            await either.CancelAsync();
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Goes over to the next key, with a list that is made for it.</summary>
    public async Task<bool> ChangeKey(CancellationToken stop)
    {
        if (!await Link.ChangeKey(stop))
        {
            return false;
        }

        List.Forget();
        Lists.Want();
        return true;
    }

    private async Task RenewKey(bool isThere, CancellationToken stop)
    {
        var due = DateTimeOffset.FromUnixTimeMilliseconds(Store.Number("key_at")) + KeyLife;
        if (isThere && (Link.Now >= due || Store.Fact("next_key") is not null) && await ChangeKey(stop))
        {
            Store.Keep("key_at", $"{Link.Now.ToUnixTimeMilliseconds()}");
        }
    }
}
