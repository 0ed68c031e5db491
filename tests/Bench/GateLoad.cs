using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace SmartClub.Bench;

/// <summary>
/// Signed scans over plain sockets: one request at a time on each connection. The same bytes go to ours and to the
/// peers, so what the generator costs is the same for all.
/// </summary>
internal sealed class GateLoad(int port, GateClub club, int connections, int seed)
{
    // Sequence numbers must rise over runs as well: the clock is far enough above any earlier run.
    private readonly long[] sequences = [.. club.Gates.Select(_ => DateTime.UtcNow.Ticks)];
    private long wrong;
    private long late;

    private GateClub Club => club;

    /// <summary>Answers that were neither a grant nor "the journal is late".</summary>
    public long Wrong => Interlocked.Read(ref wrong);

    /// <summary>Scans that the door had to decide alone; they do not count as answered.</summary>
    public long Late => Interlocked.Read(ref late);

    /// <summary>Every member once: the load is meant for a club whose members are in memory.</summary>
    public async Task TouchAll()
    {
        var sockets = await Connect();
        await Task.WhenAll(sockets.Select(async (socket, number) =>
        {
            for (var badge = number; badge < Club.Badges.Count; badge += sockets.Count)
            {
                await socket.Scan(badge);
            }
        }));
        sockets.ForEach(s => s.Dispose());
    }

    /// <summary>All connections as fast as answers come.</summary>
    public async Task<Run> Closed(TimeSpan warmUp, TimeSpan length)
    {
        var sockets = await Connect();
        var run = await Load.Closed(connections, warmUp, length, caller => sockets[caller].Scan());
        sockets.ForEach(s => s.Dispose());
        return run;
    }

    /// <summary>
    /// Requests at fixed times, whether or not earlier ones were answered: latency from the planned time.
    /// </summary>
    public async Task<Latencies> Open(int perSecond, TimeSpan length)
    {
        var sockets = await Connect();
        var idle = System.Threading.Channels.Channel.CreateUnbounded<Connection>();
        sockets.ForEach(s => idle.Writer.TryWrite(s));
        var total = (int)(perSecond * length.TotalSeconds);
        var latencies = new double[total];
        var clock = Stopwatch.StartNew();
        var running = new List<Task>(total);
        for (var i = 0; i < total; i++)
        {
            var planned = TimeSpan.FromSeconds((double)i / perSecond);
            if (planned - clock.Elapsed is var wait && wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait);
            }

            running.Add(One(i, planned));
        }

        await Task.WhenAll(running);
        sockets.ForEach(s => s.Dispose());
        return Latencies.Of([.. latencies.Skip(total / 5)]);

        async Task One(int number, TimeSpan planned)
        {
            var connection = await idle.Reader.ReadAsync();
            await connection.Scan();
            idle.Writer.TryWrite(connection);
            latencies[number] = (clock.Elapsed - planned).TotalMilliseconds;
        }
    }

    public async Task<List<Connection>> Connect()
    {
        var sockets = new List<Connection>();
        for (var i = 0; i < connections; i++)
        {
            sockets.Add(await Connection.Open(this, port, i, seed));
        }

        return sockets;
    }

    public sealed class Connection : IDisposable
    {
        private readonly GateLoad load;
        private readonly Socket socket;
        private readonly Random random;
        private readonly byte[] output = new byte[2_048];
        private readonly byte[] input = new byte[4_096];
        private readonly int number;

        private Connection(GateLoad load, Socket socket, int number, int seed)
        {
            this.load = load;
            this.socket = socket;
            this.number = number;
            random = new Random((seed * 1_000) + number);
        }

        public static async Task<Connection> Open(GateLoad load, int port, int number, int seed)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new Connection(load, socket, number, seed);
        }

        /// <summary>The status of the last answer.</summary>
        public int Status { get; private set; }

        /// <summary>Whether the last answer said when to come again.</summary>
        public bool HasRetryAfter { get; private set; }

        /// <summary>Scans a badge, any one by default; false: the journal was late.</summary>
        public async Task<bool> Scan(int? chosen = null)
        {
            var length = Compose(chosen ?? random.Next(load.Club.Badges.Count));
            await socket.SendAsync(output.AsMemory(0, length));
            var filled = 0;
            while (!IsWhole(input.AsSpan(0, filled)))
            {
                var read = await socket.ReceiveAsync(input.AsMemory(filled));
                filled += read > 0 ? read : throw new IOException("The server closed the connection.");
            }

            return Judge(input.AsSpan(0, filled));
        }

        private bool Judge(ReadOnlySpan<byte> answer)
        {
            Status = Utf8Parser.TryParse(answer["HTTP/1.1 ".Length..], out int status, out _) ? status : 0;
            HasRetryAfter = answer.IndexOf("Retry-After: "u8) >= 0;
            if (answer.StartsWith("HTTP/1.1 200"u8) && answer.IndexOf("\"grant\""u8) >= 0)
            {
                return true;
            }

            var isLate = answer.StartsWith("HTTP/1.1 503"u8) && answer.IndexOf("journal_late"u8) >= 0;
            Interlocked.Increment(ref isLate ? ref load.late : ref load.wrong);
            return false;
        }

        public void Dispose() => socket.Dispose();

        private int Compose(int person)
        {
            var gate = random.Next(load.Club.Gates.Count);
            var badge = load.Club.Badges[person];
            var direction = (random.Next() & 1) == 0 ? "in" : "out";
            var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            var sequence = Interlocked.Increment(ref load.sequences[gate]);
            Span<byte> body = stackalloc byte[256];
            Utf8.TryWrite(
                body,
                $$"""{"scanId":"{{number}}-{{sequence}}","credential":{"kind":"rfid","value":"{{badge}}"}"""
                + $$""","direction":"{{direction}}","at":"2026-11-24T17:05:00Z"}""",
                out var bodyLength);
            body = body[..bodyLength];
            Span<byte> hash = stackalloc byte[32];
            SHA256.HashData(body, hash);
            Span<byte> signed = stackalloc byte[256];
            Utf8.TryWrite(
                signed,
                $"POST\n/api/gates/v1/access\n{time}\n{sequence}\n{Convert.ToHexStringLower(hash)}",
                out var signedLength);
            Span<byte> signature = stackalloc byte[32];
            HMACSHA256.HashData(load.Club.Gates[gate].Key, signed[..signedLength], signature);
            Utf8.TryWrite(
                output,
                $"POST /api/gates/v1/access HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {bodyLength}\r\nX-Gate-Device: {load.Club.Gates[gate].Id}\r\n"
                + $"X-Gate-Time: {time}\r\nX-Gate-Seq: {sequence}\r\n"
                + $"X-Gate-Signature: v1={Convert.ToHexStringLower(signature)}\r\n\r\n",
                out var headLength);
            body.CopyTo(output.AsSpan(headLength));
            return headLength + bodyLength;
        }

        // Either Content-Length or chunks: both peers and ours answer small bodies.
        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return false;
            }

            var length = answer[..end].IndexOf("Content-Length: "u8);
            if (length >= 0)
            {
                return Utf8Parser.TryParse(answer[(length + 16)..end], out int bytes, out _)
                    && answer.Length >= end + 4 + bytes;
            }

            return answer.EndsWith("0\r\n\r\n"u8);
        }
    }
}
