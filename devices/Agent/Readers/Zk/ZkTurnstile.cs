using System.Collections.Concurrent;
using System.Net;
using System.Text;
using SmartClub.Agent.Relays;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Readers.Zk;

/// <summary>
/// A ZKTeco turnstile in PUSH mode, as reader and lock at once. It knows nothing but its serial number to show who it
/// is, so it belongs on a cable of its own to this box, and speaks with nobody else.
/// </summary>
public sealed class ZkTurnstile(string address, string serial, TimeProvider clock) : IReader, IRelay
{
    private const int LongestReport = 64 * 1024;
    private const int OrdersWaiting = 32;
    private static readonly TimeSpan OpeningLives = TimeSpan.FromSeconds(5);
    private readonly ConcurrentQueue<(string Order, bool IsOpening, long At)> _orders = new();
    private long _number;
    private long _lastIndex = -1;
    private int _door = 1;

    /// <summary>Orders that the turnstile has carried out.</summary>
    public int Done { get; private set; }

    /// <inheritdoc/>
    public Task Open(TimeSpan length, CancellationToken stop)
    {
        Add(ZkPush.Open(Interlocked.Increment(ref _number), _door, length), isOpening: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Hold()
    {
        Add(ZkPush.Hold(Interlocked.Increment(ref _number), _door, isOpen: true));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Close()
    {
        Add(ZkPush.Hold(Interlocked.Increment(ref _number), _door, isOpen: false));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public async Task Run(Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add(address);
        listener.Start();
        using var ending = stop.Register(listener.Stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Answer(await listener.GetContextAsync(), found, stop);
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The turnstile hung up, or this door ends.
            }
        }

        stop.ThrowIfCancellationRequested();
    }

    private async Task Answer(
        HttpListenerContext context, Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        using var response = context.Response;
        var request = context.Request;

        // Turnstiles connect anew each time; a connection that is kept could be closed under a report.
        response.KeepAlive = false;
        if (request.QueryString["SN"] != serial)
        {
            response.StatusCode = 403;
            return;
        }

        var text = (request.HttpMethod, request.Url?.AbsolutePath) switch
        {
            ("GET", "/iclock/cdata") => ZkPush.Options(serial),
            ("POST", "/iclock/cdata") => await Take(request, found, stop),
            ("GET", "/iclock/getrequest") => NextOrder() is { } order ? order + "\n" : "OK",
            ("POST", "/iclock/devicecmd") => await Heard(request, stop),
            _ => null,
        };
        if (text is null)
        {
            response.StatusCode = 404;
            return;
        }

        var bytes = Encoding.ASCII.GetBytes(text);
        response.ContentType = "text/plain";
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes, stop);
    }

    // What it tells again because it did not hear the answer has an index that was there before.
    private async Task<string> Take(
        HttpListenerRequest request, Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        var report = await Body(request, stop);
        if (request.QueryString["table"] is not ("rtlog" or "RTLOG"))
        {
            return "OK";
        }

        foreach (var card in ZkPush.Cards(report).Where(c => c.Index > _lastIndex).OrderBy(c => c.Index))
        {
            _lastIndex = card.Index;
            _door = card.Door;
            await found(
                new Reading(new Credential("rfid", card.Card), card.IsOut ? Direction.Out : Direction.In), stop);
        }

        return "OK";
    }

    private async Task<string> Heard(HttpListenerRequest request, CancellationToken stop)
    {
        var answer = await Body(request, stop);
        Done += answer.Contains("Return=0", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return "OK";
    }

    // A turnstile that was away must not open for people who have long gone.
    private string? NextOrder()
    {
        while (_orders.TryDequeue(out var next))
        {
            if (!next.IsOpening || clock.GetElapsedTime(next.At) < OpeningLives)
            {
                return next.Order;
            }
        }

        return null;
    }

    private void Add(string order, bool isOpening = false)
    {
        while (_orders.Count >= OrdersWaiting)
        {
            _orders.TryDequeue(out _);
        }

        _orders.Enqueue((order, isOpening, clock.GetTimestamp()));
    }

    private static async Task<string> Body(HttpListenerRequest request, CancellationToken stop)
    {
        using var reader = new StreamReader(request.InputStream, Encoding.UTF8);
        var text = new char[LongestReport];
        return new string(text, 0, await reader.ReadBlockAsync(text, stop));
    }
}
