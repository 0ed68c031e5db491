using System.Net;
using System.Text.Json;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Readers;

/// <summary>
/// For readers that post what they read: <c>POST /read</c> with the text, or with <c>{kind, value, direction}</c>. It
/// listens on this machine only, unless it is told another address.
/// </summary>
public sealed class HttpReader(string address, CredentialFormat format, Direction direction) : IReader
{
    private const int LongestBody = 4_096;

    /// <inheritdoc/>
    public async Task Run(Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add(address);
        listener.Start();
        using var ending = stop.Register(listener.Stop);
        while (!stop.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                break;
            }

            await Answer(context, found, stop);
        }

        stop.ThrowIfCancellationRequested();
    }

    private async Task Answer(
        HttpListenerContext context, Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        using var response = context.Response;
        response.KeepAlive = false;
        if (context.Request.HttpMethod != "POST" || context.Request.Url?.AbsolutePath != "/read")
        {
            response.StatusCode = 404;
            return;
        }

        if (await Body(context.Request, stop) is not { } text || Read(text) is not { } reading)
        {
            response.StatusCode = 400;
            return;
        }

        response.StatusCode = 202;
        await found(reading, stop);
    }

    /// <summary>What was posted; null where whoever posted hung up.</summary>
    internal static async Task<string?> Body(HttpListenerRequest request, CancellationToken stop)
    {
        try
        {
            using var body = new StreamReader(request.InputStream);
            var text = new char[LongestBody];
            var length = await body.ReadBlockAsync(text, stop);
            return new string(text, 0, length).Trim();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException)
        {
            return null;
        }
    }

    private Reading? Read(string text)
    {
        if (!text.StartsWith('{'))
        {
            return format.Read(text) is { } plain ? new Reading(plain, direction) : null;
        }

        try
        {
            var told = Wire.Read<Told>(System.Text.Encoding.UTF8.GetBytes(text));
            return told is
            {
                Kind: "qr" or "barcode" or "rfid" or "nfc" or "biometric_ref", Value.Length: > 0 and <= 512,
            }
                ? new Reading(new Credential(told.Kind, told.Value), told.Direction ?? direction)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Told(string? Kind, string? Value, Direction? Direction);
}
