using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartClub.Tests.Support;

/// <summary>
/// The wire between a silo and its database. It can be cut, as kill -9 or a pulled cable would, and it can keep back
/// what the server answers, so that "committed, but nobody was told" is made and not waited for.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly HashSet<Socket> sockets = [];
    private readonly Lock gate = new();
    private readonly int serverPort;
    private readonly Task accepting;
    private Watch? watch;
    private Task outward = Task.CompletedTask;
    private Task homeward = Task.CompletedTask;
    private int breakOffs;
    private bool isCut;

    public Wire(int serverPort)
    {
        this.serverPort = serverPort;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Completes when the silo has sent these words to the server.</summary>
    public Task Says(string words) => Arm(words, keepsAnswers: false).Said.Task;

    /// <summary>
    /// From these words on, the answers on that connection are kept back. Completes when the first is there, which
    /// means that the server has done what it was told.
    /// </summary>
    public Task AnswersInVain(string words) => Arm(words, keepsAnswers: true).Answered.Task;

    /// <summary>Keeps back what is sent to the server, until the returned task source completes.</summary>
    public TaskCompletionSource HoldOutward() => Hold(ref outward);

    /// <summary>Keeps back what the server answers, until the returned task source completes.</summary>
    public TaskCompletionSource HoldHomeward() => Hold(ref homeward);

    /// <summary>The next so many answers break off in the middle, and their connections with them.</summary>
    public void BreakOff(int answers) => Volatile.Write(ref breakOffs, answers);

    /// <summary>Breaks all connections; further ones are possible.</summary>
    public void Break()
    {
        lock (gate)
        {
            foreach (var socket in sockets)
            {
                socket.Close(0);
            }

            sockets.Clear();
        }
    }

    /// <summary>Breaks all connections for good.</summary>
    public void Cut()
    {
        isCut = true;
        listener.Stop();
        Break();
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await accepting;
        listener.Dispose();
    }

    private TaskCompletionSource Hold(ref Task way)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            way = Task.WhenAll(way, held.Task);
        }

        return held;
    }

    private Watch Arm(string words, bool keepsAnswers)
    {
        var made = new Watch(Encoding.ASCII.GetBytes(words), keepsAnswers);
        Volatile.Write(ref watch, made);
        return made;
    }

    private async Task Accept()
    {
        while (!isCut)
        {
            try
            {
                var client = await listener.AcceptSocketAsync();
                _ = Join(client);
            }
            catch (Exception closed) when (closed
                is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task Join(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var _ = client;
        using var __ = server;
        lock (gate)
        {
            if (isCut)
            {
                return;
            }

            sockets.Add(client);
            sockets.Add(server);
        }

        try
        {
            client.NoDelay = server.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, serverPort);
            var link = new Link();
            await Task.WhenAny(Outward(client, server, link), Homeward(server, client, link));
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // One side has gone, or the wire was cut.
        }
    }

    private async Task Outward(Socket client, Socket server, Link link)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReceiveAsync(buffer) is > 0 and var count)
        {
            if (Volatile.Read(ref watch) is { } armed && buffer.AsSpan(0, count).IndexOf(armed.Words) >= 0
                && Interlocked.CompareExchange(ref watch, null, armed) == armed)
            {
                link.Kept = armed.KeepsAnswers ? armed : null;
                armed.Said.SetResult();
            }

            await Volatile.Read(ref outward);
            await server.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private async Task Homeward(Socket server, Socket client, Link link)
    {
        var buffer = new byte[64 * 1024];
        while (await server.ReceiveAsync(buffer) is > 0 and var count)
        {
            if (link.Kept is { } kept)
            {
                kept.Answered.TrySetResult();
                continue;
            }

            await Volatile.Read(ref homeward);
            if (Volatile.Read(ref breakOffs) > 0 && Interlocked.Decrement(ref breakOffs) >= 0)
            {
                await client.SendAsync(buffer.AsMemory(0, count / 2));
                return;
            }

            await client.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private sealed class Link
    {
        public volatile Watch? Kept;
    }

    private sealed class Watch(byte[] words, bool keepsAnswers)
    {
        public byte[] Words { get; } = words;

        public bool KeepsAnswers { get; } = keepsAnswers;

        public TaskCompletionSource Said { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
