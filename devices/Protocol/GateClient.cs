namespace SmartClub.Devices.Protocol;

/// <summary>Who a gate is; the key is shown once by the silo, so whoever holds this holds the door.</summary>
public sealed record GateIdentity(
    string Id, string Key, string Name, string ZoneId, string Direction, bool ConfirmsPassage);

/// <summary>One door that speaks gate protocol v1: scans, events and signs of life.</summary>
public sealed class GateClient : IDisposable
{
    /// <summary>Orders come back with a sign of life: in an emergency nobody waits 30 s for a demo's door.</summary>
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(5);

    private readonly GateConnection _connection;
    private readonly GateEventQueue _events;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private long _missedBeats;

    private GateClient(
        GateIdentity identity, GateConnection connection, GateEventQueue events, GateOrderBook orders,
        TimeProvider clock)
    {
        Identity = identity;
        _connection = connection;
        _events = events;
        Orders = orders;
        _clock = clock;
        _startedAt = clock.GetTimestamp();
    }

    public GateIdentity Identity { get; }

    /// <summary>What staff told it, and how it stands since.</summary>
    public GateOrderBook Orders { get; }

    public int QueueLength => _events.Length;

    public long MissedBeats => Interlocked.Read(ref _missedBeats);

    public IReadOnlyDictionary<string, long> Retries => _connection.Retries;

    public DateTimeOffset Now => _connection.Now;

    /// <summary>Opens the gate's files in the folder: its sequence, the events not acknowledged, its orders.</summary>
    public static GateClient Open(
        HttpClient http, GateIdentity identity, string folder, RetryPolicy policy, TimeProvider clock)
    {
        var sequence = GateSequence.Open(Path.Combine(folder, identity.Id + ".seq"), clock);
        var events = GateEventQueue.Open(Path.Combine(folder, identity.Id + ".events"));
        var key = Convert.FromBase64String(identity.Key);
        var connection = new GateConnection(http, identity.Id, key, sequence, policy, clock);
        var orders = GateOrderBook.Open(Path.Combine(folder, identity.Id + ".orders"));
        return new GateClient(identity, connection, events, orders, clock);
    }

    /// <summary>The same scanId on every attempt, so however often it is asked, the silo decides once.</summary>
    public Task<AccessAnswer> Show(AccessRequest request, CancellationToken stop) =>
        _connection.Post<AccessRequest, AccessAnswer>("/api/gates/v1/access", request, stop);

    /// <summary>Keeps the event on disk; the task completes when the silo has acknowledged it.</summary>
    public Task Report(string type, AccessAnswer answer, string scanId) =>
        _events.Add(new GateEvent { Type = type, At = Now, TicketId = answer.TicketId, ScanId = scanId });

    /// <summary>Queues what the door notices by itself, such as force.</summary>
    public Task Notice(string type) => _events.Add(new GateEvent { Type = type, At = Now });

    /// <summary>Sends events and heartbeats until stopped, or until the silo refuses one of them.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var events = SendEvents(either.Token);
        var beats = Beat(either.Token);
        await Task.WhenAny(events, beats);
        await either.CancelAsync();
        try
        {
            await Task.WhenAll(events, beats);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The other half was only stopped because this one ended: what ended it is what counts.
            await (events.IsFaulted ? events : beats);
        }
    }

    public void Dispose() => _events.Dispose();

    private async Task SendEvents(CancellationToken stop)
    {
        while (true)
        {
            var batch = await _events.NextBatch(stop);
            try
            {
                var answer = await _connection.Post<EventsRequest, EventsAnswer>(
                    "/api/gates/v1/events", new EventsRequest(batch), stop);
                if (_events.Acknowledge(answer.Acked))
                {
                    continue;
                }
            }
            catch (GateUnansweredException)
            {
                // Facts of the door are never given up: the batch is sent again for as long as the gate runs.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), _clock, stop);
        }
    }

    private async Task Beat(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await SayAlive(stop);
                if (Orders.Unheard.Count > 0)
                {
                    // Whoever gave the orders looks at a screen: what came of them is told at once.
                    await SayAlive(stop);
                }
            }
            catch (GateUnansweredException)
            {
                // A late sign of life says nothing that the next one does not say better.
                Interlocked.Increment(ref _missedBeats);
            }

            await Task.Delay(HeartbeatEvery, _clock, stop);
        }
    }

    private async Task SayAlive(CancellationToken stop)
    {
        var uptime = (long)_clock.GetElapsedTime(_startedAt).TotalSeconds;
        var results = Orders.Unheard;
        var beat = new HeartbeatRequest(
            uptime, QueueLength, 0, Orders.DoorState, results.Count > 0 ? results : null);
        var answer = await _connection.Post<HeartbeatRequest, HeartbeatAnswer>(
            "/api/gates/v1/heartbeat", beat, stop, 1);
        Orders.Heard(results);
        foreach (var order in answer.Commands ?? [])
        {
            Orders.Take(order, Now);
        }
    }
}
