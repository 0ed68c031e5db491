using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartClub.Tests.Http.Broken;

/// <summary>What came back; <see cref="Status"/> 0: the connection was closed without an answer.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static readonly RawAnswer None = new(0, new Dictionary<string, string>(), []);

    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>HTTP/1.1 over a socket: it sends whatever it is given, which no proper client library does.</summary>
internal sealed class RawHttp(int port) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket? socket;
    private int start;
    private int end;

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="request">It.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<RawAnswer> Send(BrokenRequest request, CancellationToken cancel)
    {
        var isFresh = socket is null;
        try
        {
            return await Exchange(request, cancel);
        }
        catch (Exception closed) when (closed is SocketException or EndOfStreamException)
        {
            // A server may close a connection between two requests; only a new one says that this request was why.
            Close();
            return isFresh ? RawAnswer.None : await Send(request, cancel);
        }
    }

    public void Dispose() => Close();

    private async Task<RawAnswer> Exchange(BrokenRequest request, CancellationToken cancel)
    {
        if (socket is null)
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
        }

        for (var sent = 0; sent < request.Bytes.Length;)
        {
            sent += await socket.SendAsync(request.Bytes.AsMemory(sent), cancel);
        }

        if (request.IsCut)
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        var status = int.Parse((await Line(cancel)).Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await Line(cancel) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = request.Method != "HEAD" ? await Body(headers, status, cancel) : [];
        // What the server takes for the end of such a request is its own affair; the next one begins anew.
        if (request.IsCut || request.IsBelowHttp
            || (headers.TryGetValue("Connection", out var connection) && connection == "close"))
        {
            Close();
        }

        return new RawAnswer(status, headers, body);
    }

    private async Task<byte[]> Body(Dictionary<string, string> headers, int status, CancellationToken cancel)
    {
        if (headers.TryGetValue("Content-Length", out var length))
        {
            return await Bytes(int.Parse(length, CultureInfo.InvariantCulture), cancel);
        }

        if (status is 204 or 304 || !headers.ContainsKey("Transfer-Encoding"))
        {
            return [];
        }

        var whole = new List<byte>();
        while (int.Parse(await Line(cancel), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            whole.AddRange(await Bytes(size, cancel));
            await Line(cancel);
        }

        await Line(cancel);
        return [.. whole];
    }

    private async Task<string> Line(CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end)
            {
                await Fill(cancel);
            }

            var next = (char)buffer[start++];
            if (next == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(next);
        }
    }

    private async Task<byte[]> Bytes(int count, CancellationToken cancel)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            if (start == end)
            {
                await Fill(cancel);
            }

            var some = Math.Min(count - read, end - start);
            buffer.AsSpan(start, some).CopyTo(bytes.AsSpan(read));
            (start, read) = (start + some, read + some);
        }

        return bytes;
    }

    private async Task Fill(CancellationToken cancel)
    {
        (start, end) = (0, await socket!.ReceiveAsync(buffer, cancel));
        if (end == 0)
        {
            throw new EndOfStreamException();
        }
    }

    private void Close()
    {
        socket?.Dispose();
        socket = null;
        (start, end) = (0, 0);
    }
}
