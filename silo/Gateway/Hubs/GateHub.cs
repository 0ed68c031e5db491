using Microsoft.AspNetCore.SignalR;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Devices.Orders;

namespace SmartClub.Silo.Gateway.Hubs;

/// <summary>
/// Orders to gates as they are given: <c>open_once</c>, <c>lock</c>, <c>unlock</c>, <c>evacuate</c> and
/// <c>sync_list</c>. Whoever connects signs like every gate does, with an empty body.
/// </summary>
public sealed class GateHub(GateConnections connections, GateOrders orders) : Hub
{
    /// <summary>Where it is.</summary>
    public const string Path = "/hubs/gates";

    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        var device = Device();
        connections.Add(device.Id, Context);
        foreach (var order in orders.Open(device.Id))
        {
            await Clients.Caller.SendAsync(Refusal.Snake(order.Kind.ToString()), order);
        }
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context);
        return Task.CompletedTask;
    }

    /// <summary>The gate's word on an order; true: it was taken.</summary>
    [Needs(Rights.Gate)]
    public Task<bool> Answer(OrderResult result) =>
        result is { Id: not null, Done: not null } ? orders.Answer(Device(), result) : Task.FromResult(false);

    private Device Device() => Context.GetHttpContext()!.Features.Get<Device>()
        ?? throw new HubException("not_signed");
}

/// <summary>Checks the signature of every request that opens or carries the hub of gates.</summary>
public sealed class GateHubGuard(RequestDelegate next, SignedRequest signed, SiloHost silo)
{
    private static readonly object Nothing = new();

    /// <summary>The framework's entry.</summary>
    public async Task Invoke(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(GateHub.Path))
        {
            await next(http);
        }
        else if (!silo.IsActive)
        {
            await Problems.Write(http, "not_active");
        }
        else if (http.Request.ContentLength is > 0)
        {
            await Problems.Write(http, "invalid_request");
        }
        else if (await signed.Check(http, static _ => Nothing) is var (device, _))
        {
            http.Features.Set(device);
            await next(http);
        }
    }
}
