using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Devices.Lists;
using SmartClub.Silo.Gateway.Hubs;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Devices.Orders;

/// <summary>
/// Orders that wait for their gates: told at once to gates on the hub, and with every sign of life to all, until the
/// gate answers or the order runs out. What is not on the disk is told to nobody.
/// </summary>
public sealed class GateOrders(
    IGrains grains, GateMirror gates, GateConnections connections, DoorBook book, TimeProvider time)
    : ICommitListener, IStartsWithSilo
{
    private static readonly short Kind = new GateId(Guid.Empty).Grain.Kind;
    private readonly ConcurrentDictionary<GateId, ConcurrentDictionary<GateOrderId, OrderMessage>> waiting = new();

    /// <inheritdoc/>
    public async Task Start(CancellationToken cancel)
    {
        foreach (var gate in gates.All)
        {
            foreach (var order in await grains.Read<GateState, GateOrder[]>(gate.Id.Grain, g => g.Orders))
            {
                Of(gate.Id)[order.Id] = new OrderMessage(
                    order.Id.ToString(), order.Kind, order.Until, order.Operator, order.Reason);
            }
        }

        book.Lost += _ => Urge();
    }

    /// <inheritdoc/>
    public Task Run(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);

    /// <summary>The orders that a gate should carry out now.</summary>
    public IReadOnlyList<OrderMessage> Open(GateId gate) => waiting.TryGetValue(gate, out var orders)
        ? [.. orders.Values.Where(o => o.ExpiresAt > time.GetUtcNow()).OrderBy(o => o.ExpiresAt)]
        : [];

    /// <summary>Takes a gate's word on an order. False: there is no such order any more.</summary>
    public async Task<bool> Answer(Device device, OrderResult result)
    {
        if (!GateOrderId.TryParse(result.Id, null, out var id)
            || !waiting.TryGetValue(device.Id, out var orders) || !orders.ContainsKey(id))
        {
            return false;
        }

        var detail = result.Detail is { Length: > 0 } said
            ? said[..Math.Min(said.Length, SmartClub.Grains.Model.Limits.OrderResultLength)]
            : null;
        var answer = new AnswerGateOrder(device.Id, id, result.Done!.Value, detail);
        var answered = await grains.Send(answer, new Envelope(CommandIds.New(), device.Caller))
            .WaitAsync(Limits.OutcomeWait, time);
        return answered.Answer.Refusal is null;
    }

    /// <inheritdoc/>
    public void Committed(IReadOnlyList<PendingRow> rows)
    {
        foreach (var row in rows)
        {
            for (var i = 0; row.Grain.Kind == Kind && i < row.Events.Count; i++)
            {
                Take(new GateId(row.Grain.Key), row.Events[i]);
            }
        }
    }

    private void Take(GateId gate, IEvent happened)
    {
        switch (happened)
        {
            case GateOrderGiven e:
                var message = new OrderMessage(e.OrderId.ToString(), e.Kind, e.Until, e.Operator, e.Reason);
                Of(gate)[e.OrderId] = message;
                connections.Tell(gate, message);
                break;
            case GateOrderAnswered e:
                Of(gate).TryRemove(e.OrderId, out _);
                break;
            case GateOrderExpired e:
                Of(gate).TryRemove(e.OrderId, out _);
                break;
        }
    }

    // A right has become less: every gate on the hub fetches its list now. It needs no journal: the list itself says
    // what holds, and a gate that does not hear it asks by itself a minute later.
    private void Urge()
    {
        var id = new GateOrderId(CommandIds.New().Value).ToString();
        var until = time.GetUtcNow().AddSeconds(SmartClub.Grains.Model.Limits.UsualOrderSeconds);
        connections.TellAll(new OrderMessage(id, GateOrderKind.SyncList, until, Caller.System.Principal, "removal"));
    }

    private ConcurrentDictionary<GateOrderId, OrderMessage> Of(GateId gate) => waiting.GetOrAdd(gate, _ => new());
}

/// <summary>The gates that listen on the hub.</summary>
public sealed class GateConnections(IHubContext<GateHub> hub, DeviceRegistry devices)
{
    private readonly ConcurrentDictionary<string, (GateId Gate, HubCallerContext Context)> open = new();
    private int isWatching;

    /// <summary>A gate begins to listen.</summary>
    public void Add(GateId gate, HubCallerContext context)
    {
        if (Interlocked.Exchange(ref isWatching, 1) == 0)
        {
            devices.KeyEnded += Cut;
        }

        open[context.ConnectionId] = (gate, context);
    }

    /// <summary>A gate listens no more.</summary>
    public void Remove(HubCallerContext context) => open.TryRemove(context.ConnectionId, out _);

    /// <summary>Tells one gate, if it listens.</summary>
    public void Tell(GateId gate, OrderMessage message)
    {
        foreach (var (id, connection) in open)
        {
            if (connection.Gate == gate)
            {
                Send(id, message);
            }
        }
    }

    /// <summary>Tells all that listen.</summary>
    public void TellAll(OrderMessage message)
    {
        foreach (var (id, _) in open)
        {
            Send(id, message);
        }
    }

    // Nobody waits for it: what a connection loses comes with the next sign of life.
    private void Send(string connection, OrderMessage message) =>
        _ = hub.Clients.Client(connection).SendAsync(Refusal.Snake(message.Kind.ToString()), message);

    // What was opened with a key ends with it.
    private void Cut(GateId gate)
    {
        foreach (var (_, connection) in open)
        {
            if (connection.Gate == gate)
            {
                connection.Context.Abort();
            }
        }
    }
}
