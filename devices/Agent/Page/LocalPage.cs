using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using SmartClub.Agent.Doors;
using SmartClub.Devices;

namespace SmartClub.Agent.Page;

/// <summary>
/// The screen at the door: one page with text, colour and sound, told by the door what to show. For a browser on the
/// same box; it needs no network. Where the box has a camera, the page reads codes with it.
/// </summary>
public sealed class LocalPage(string address, PageCamera? camera = null)
{
    private const int Waiting = 16;

    private const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
        + "connect-src 'self'";

    private readonly ConcurrentDictionary<Channel<string>, byte> _screens = new();
    private string _last = Wire.Text(new DoorShows("ready", "ok", DoorTexts.Of("ready"), false));

    /// <summary>What the door is called.</summary>
    public string Name { get; set; } = "";

    /// <summary>Shows something on all screens.</summary>
    public void Show(DoorShows shown)
    {
        var text = Wire.Text(shown);
        _last = shown.State is "grant" or "deny" ? _last : text;
        foreach (var (screen, _) in _screens)
        {
            screen.Writer.TryWrite(text);
        }
    }

    /// <summary>Serves the page until stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add(address);
        listener.Start();
        using var ending = stop.Register(listener.Stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = Answer(await listener.GetContextAsync(), stop);
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                break;
            }
        }

        stop.ThrowIfCancellationRequested();
    }

    private async Task Answer(HttpListenerContext context, CancellationToken stop)
    {
        using var response = context.Response;
        try
        {
            response.Headers["X-Content-Type-Options"] = "nosniff";
            switch (context.Request.Url?.AbsolutePath)
            {
                case "/":
                    response.Headers["Content-Security-Policy"] = Policy;
                    await Send(response, "door.html", "text/html; charset=utf-8", stop);
                    break;
                case "/jsqr.js":
                    await Send(response, "jsqr.js", "text/javascript; charset=utf-8", stop);
                    break;
                case "/door":
                    response.ContentType = "application/json";
                    await response.OutputStream.WriteAsync(
                        Wire.Bytes(new { Name, HasCamera = camera is not null }), stop);
                    break;
                case "/read" when camera is not null && context.Request is { HttpMethod: "POST" } request:
                    response.StatusCode = await camera.Take(request, stop) ? 202 : 400;
                    break;
                case "/shows":
                    await Stream(response, stop);
                    break;
                default:
                    response.StatusCode = 404;
                    break;
            }
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The screen was switched off.
        }
    }

    private static async Task Send(
        HttpListenerResponse response, string resource, string type, CancellationToken stop)
    {
        response.ContentType = type;
        await using var file = typeof(LocalPage).Assembly.GetManifestResourceStream(resource)!;
        await file.CopyToAsync(response.OutputStream, stop);
    }

    private async Task Stream(HttpListenerResponse response, CancellationToken stop)
    {
        var screen = Channel.CreateBounded<string>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });
        _screens[screen] = 0;
        try
        {
            response.ContentType = "text/event-stream";
            response.Headers["Cache-Control"] = "no-store";
            response.SendChunked = true;
            screen.Writer.TryWrite(_last);
            await foreach (var text in screen.Reader.ReadAllAsync(stop))
            {
                await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"data: {text}\n\n"), stop);
                await response.OutputStream.FlushAsync(stop);
            }
        }
        finally
        {
            _screens.TryRemove(screen, out _);
        }
    }
}
