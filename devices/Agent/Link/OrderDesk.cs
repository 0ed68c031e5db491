using System.Collections.Concurrent;
using System.Text.Json;
using SmartClub.Agent.Doors;
using SmartClub.Agent.Lists;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Link;

/// <summary>
/// Carries out what staff tell the door, each order once, however often and on whichever way it comes. What came of it
/// is kept until the silo has heard it.
/// </summary>
public sealed class OrderDesk(AgentStore store, SiloLink link, Door door, ListKeeper lists) : IDisposable
{
    private const int Remembered = 100;
    private readonly ConcurrentDictionary<string, OrderResult> _unheard = new();
    private readonly Queue<string> _done = new(Kept(store));
    private readonly HashSet<string> _ofBefore = [.. Kept(store)];
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>What the silo has not heard yet.</summary>
    public IReadOnlyList<OrderResult> Unheard => [.. _unheard.Values];

    /// <summary>The silo has heard these.</summary>
    public void Heard(IEnumerable<OrderResult> results)
    {
        foreach (var result in results)
        {
            _unheard.TryRemove(result.Id, out _);
        }
    }

    /// <summary>Carries an order out, unless that was done before; what came of it.</summary>
    public async Task<OrderResult?> Take(DoorOrder order, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            // After a power cut nobody knows what became of an order. How a door stands may be said again, and must be
            // answered; only an opening must not come twice.
            if (_done.Contains(order.Id) && !(_ofBefore.Remove(order.Id) && Stands(order.Kind)))
            {
                return _unheard.GetValueOrDefault(order.Id);
            }

            var (isDone, detail) = link.Now >= order.ExpiresAt
                ? (false, "expired")
                : await CarryOut(order, stop);
            var result = new OrderResult(order.Id, isDone, detail);
            _unheard[order.Id] = result;
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<(bool IsDone, string? Detail)> CarryOut(DoorOrder order, CancellationToken stop)
    {
        // Kept before it is done: after a power cut a door must not open once more for an order of before.
        Remember(order.Id);
        switch (order.Kind)
        {
            case "open_once":
                await door.OpenOnce(stop);
                return (true, null);
            case "lock":
                await door.Stand(DoorMode.Locked);
                return (true, null);
            case "unlock":
                await door.Stand(DoorMode.Normal);
                return (true, null);
            case "evacuate":
                await door.Stand(DoorMode.Open);
                return (true, null);
            case "sync_list":
                lists.Want();
                return (true, null);
            default:
                return (false, "unknown_kind");
        }
    }

    private static bool Stands(string kind) => kind is "lock" or "unlock" or "evacuate";

    private void Remember(string id)
    {
        if (_done.Contains(id))
        {
            return;
        }

        _done.Enqueue(id);
        while (_done.Count > Remembered)
        {
            _done.Dequeue();
        }

        store.Keep("orders_done", Wire.Text(_done));
    }

    private static string[] Kept(AgentStore store) =>
        store.Fact("orders_done") is { } kept ? JsonSerializer.Deserialize<string[]>(kept, Wire.Json)! : [];
}
