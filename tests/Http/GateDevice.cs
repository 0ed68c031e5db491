using System.Globalization;
using System.Text.Json;
using SmartClub.Devices.Protocol;

namespace SmartClub.Tests.Http;

/// <summary>What a test changes about the headers of one request.</summary>
internal sealed record Signed
{
    public string? Device { get; init; }

    public string? Time { get; init; }

    public string? Sequence { get; init; }

    public byte[]? Key { get; init; }

    public string? Signature { get; init; }
}

/// <summary>A gate that signs its requests.</summary>
internal sealed class GateDevice(HttpClub club, string id, byte[] key)
{
    private long sequence;
    private long events;

    public string Id { get; } = id;

    public byte[] Key { get; } = key;

    /// <summary>The sequence that the next request will use.</summary>
    public long Next => Interlocked.Read(ref sequence) + 1;

    public long TakeSequence() => Interlocked.Increment(ref sequence);

    /// <summary>The counter of the device's next event.</summary>
    public long NextEvent() => Interlocked.Increment(ref events);

    /// <summary>Asks, and asks again while the journal is late, as a door on a busy day does.</summary>
    public async Task<Reply> Scan(string value, string direction = "in", string? scanId = null, string kind = "rfid")
    {
        scanId ??= $"scan {club.Number()}";
        Reply answer;
        do
        {
            answer = await Ask(value, direction, scanId, kind);
        }
        while (answer.Status == 503 && answer.Code == "journal_late");

        return answer;
    }

    /// <summary>Asks once.</summary>
    public Task<Reply> Ask(string value, string direction, string scanId, string kind = "rfid") =>
        Send("/api/gates/v1/access", new
        {
            scanId,
            credential = new { kind, value },
            direction,
            at = club.Clock.GetUtcNow(),
        });

    public Task<Reply> Report(params object[] items) => Send("/api/gates/v1/events", new { events = items });

    /// <summary>Reports what became of a ticket, with the next counter.</summary>
    public Task<Reply> Report(string type, string? ticketId = null) =>
        Report(new { n = NextEvent(), type, at = club.Clock.GetUtcNow(), ticketId });

    /// <summary>Says with a beat what came of an order.</summary>
    public Task<Reply> Answer(string order, bool done, string? detail = null) => Send(
        "/api/gates/v1/heartbeat",
        new
        {
            uptimeSeconds = 10,
            queueLength = 0,
            listVersion = 0,
            doorState = "closed",
            answers = new[] { new { id = order, done, detail } },
        });

    public Task<Reply> Beat(string doorState = "closed", int queueLength = 0) => Send(
        "/api/gates/v1/heartbeat", new { uptimeSeconds = 10, queueLength, listVersion = 0, doorState });

    public Task<Reply> Send(string path, object body, Signed? change = null)
    {
        var bytes = body as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(body);
        var headers = Headers("POST", path, bytes, change ?? new Signed());
        return new Api(() => club.Silo.Http, null).Send(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new ByteArrayContent(bytes) { Headers = { { "Content-Type", "application/json" } } },
            },
            headers);
    }

    /// <summary>A signed GET.</summary>
    public Task<Reply> Fetch(string path, Signed? change = null) =>
        new Api(() => club.Silo.Http, null).Send(
            new HttpRequestMessage(HttpMethod.Get, path), Headers("GET", path, [], change ?? new Signed()));

    public (string Name, string Value)[] Headers(string method, string path, byte[] body, Signed change)
    {
        var time = change.Time ?? club.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var number = change.Sequence ?? TakeSequence().ToString(CultureInfo.InvariantCulture);
        var signature = change.Signature ?? GateSignature.Sign(
            change.Key ?? Key, method, path, long.Parse(time, CultureInfo.InvariantCulture),
            ulong.Parse(number, CultureInfo.InvariantCulture), body);
        return
        [
            ("X-Gate-Device", change.Device ?? Id), ("X-Gate-Time", time), ("X-Gate-Seq", number),
            ("X-Gate-Signature", signature),
        ];
    }
}
