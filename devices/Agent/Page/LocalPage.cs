using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using SmartClub.Agent.Doors;
using SmartClub.Devices;

namespace SmartClub.Agent.Page;

/// <summary>
/// The screen at the door: one page with text, colour and sound, told by the door what to show. For a browser on the
/// same box; it needs no network.
/// </summary>
public sealed class LocalPage(string address)
{
    private const int Waiting = 16;
    private readonly ConcurrentDictionary<Channel<string>, byte> _screens = new();
    private string _last = Wire.Text(new DoorShows("ready", "ok", DoorTexts.Of("ready"), false));

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
                    response.ContentType = "text/html; charset=utf-8";
                    response.Headers["Content-Security-Policy"] =
                        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'";
                    await using (var page = typeof(LocalPage).Assembly.GetManifestResourceStream("door.html")!)
                    {
                        await page.CopyToAsync(response.OutputStream, stop);
                    }

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
