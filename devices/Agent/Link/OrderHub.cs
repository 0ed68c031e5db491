using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Link;

/// <summary>
/// Listens for orders as they are given. Without it a door hears them with its next sign of life, so it may be away;
/// it comes back by itself, at whichever silo is active.
/// </summary>
public sealed class OrderHub(SiloLink link, OrderDesk desk, HttpMessageHandler network, TimeProvider clock)
{
    private const string Path = "/hubs/gates";
    private static readonly string[] Kinds = ["open_once", "lock", "unlock", "evacuate", "sync_list"];
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>Completes each time the hub is reached; for who waits for it.</summary>
    public Action Reached { get; set; } = () => { };

    /// <summary>Listens until stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (true)
        {
            if (link.IsUp)
            {
                await Listen(stop);
            }

            await Task.Delay(Again, clock, stop);
        }
    }

    private async Task Listen(CancellationToken stop)
    {
        await using var hub = Connection();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        foreach (var kind in Kinds)
        {
            hub.On<DoorOrder>(kind, order => Answer(hub, order with { Kind = kind }, stop));
        }

        try
        {
            await hub.StartAsync(stop);
            Reached();
            await closed.Task.WaitAsync(stop);
        }
        catch (Exception away) when (away is HttpRequestException or WebSocketException or IOException
            or InvalidOperationException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            // The next round tries again; meanwhile signs of life bring the orders.
        }
    }

    private async Task Answer(HubConnection hub, DoorOrder order, CancellationToken stop)
    {
        if (await desk.Take(order, stop) is { } result && await hub.InvokeAsync<bool>("Answer", result, stop))
        {
            desk.Heard([result]);
        }
    }

    private HubConnection Connection() => new HubConnectionBuilder()
        .WithUrl(new Uri(link.Addresses.Current, Path), options =>
        {
            options.HttpMessageHandlerFactory = _ => new Signing(link, network);
            options.WebSocketFactory = async (context, cancel) =>
            {
                var socket = new ClientWebSocket();
                await socket.ConnectAsync(
                    context.Uri, new HttpMessageInvoker(new Signing(link, network), disposeHandler: false), cancel);
                return socket;
            };
        })
        .AddJsonProtocol(json =>
        {
            json.PayloadSerializerOptions = Wire.Json;
        })
        .Build();

    private sealed class Signing(SiloLink link, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            foreach (var (name, value) in link.Headers(request.Method, request.RequestUri!.PathAndQuery))
            {
                request.Headers.Remove(name);
                request.Headers.Add(name, value);
            }

            return base.SendAsync(request, cancellationToken);
        }

        // The network is shared with everything else that the door asks.
        protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
    }
}
