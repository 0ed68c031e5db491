using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartClub.Agent.Link;
using SmartClub.Agent.Lists;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;
using SmartClub.Grains.Gates;

namespace SmartClub.Tests.Agent;

/// <summary>The power fails at this point.</summary>
internal sealed class PowerCutException : Exception;

/// <summary>
/// What of a silo a door can see, without a silo: it takes events by their counter, as the contract says, and signs
/// lists. A door that is killed five hundred times must find everything here once.
/// </summary>
internal sealed class FakeSilo : HttpMessageHandler
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] gateKey = RandomNumberGenerator.GetBytes(32);
    private readonly List<string> listed = [];
    private long acked;
    private long version;

    /// <summary>Whether nothing answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>Is asked before and after each request is worked on; may cut the power.</summary>
    public Action Point { get; set; } = () => { };

    /// <summary>Scans that were taken over, by what was held to the reader.</summary>
    public List<(string Value, string ScanId)> Taken { get; } = [];

    /// <summary>Scans that this silo has decided itself.</summary>
    public List<string> Decided { get; } = [];

    /// <summary>Makes a box know this silo, as an enrolment would.</summary>
    public void Enrol(AgentStore store)
    {
        var publicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var identity = new DoorIdentity("gat_1", "", "Porte", "zon_1", "both", false, publicKey, "http://silo.test/");
        store.Together(() =>
        {
            store.Set("identity", Wire.Text(identity));
            store.Set("key", Convert.ToBase64String(gateKey));
            store.Set("key_at", $"{DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / 2}");
        });
    }

    /// <summary>Puts a badge on the list.</summary>
    public void List(string value)
    {
        listed.Add(value);
        version++;
    }

    /// <summary>The list since a version, signed.</summary>
    public byte[] ListSince(long since)
    {
        var listKey = GateListing.ListKey(gateKey);
        var now = TimeProvider.System.GetUtcNow();
        var upsert = listed.Skip((int)since).Select(value => new ListedEntry(
            GateListing.Hash(listKey, "rfid", value), ["zon_1"], now.AddDays(-1), now.AddDays(2), null));
        var body = Wire.Text(new ListChange(
            version, since, since == 0, "Africa/Kinshasa", [.. upsert], [], now.AddDays(1)))[..^1];
        var bytes = Encoding.UTF8.GetBytes(body);
        var signature = key.SignData(GateListing.Signed("gat_1", bytes), HashAlgorithmName.SHA256);
        return [.. bytes, .. GateListing.Ending(signature)];
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody is there.");
        }

        Point();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = request.RequestUri!.AbsolutePath switch
        {
            "/api/gates/v1/events" => Wire.Bytes(new { acked = Take(Wire.Read<EventsRequest>(body)) }),
            "/api/gates/v1/heartbeat" => Wire.Bytes(new { commands = Array.Empty<object>() }),
            "/api/gates/v1/access" => Decide(Wire.Read<AccessRequest>(body)),
            "/api/gates/v1/allow-list" => ListSince(long.Parse(
                request.RequestUri.Query["?since=".Length..], System.Globalization.CultureInfo.InvariantCulture)),
            var other => throw new InvalidOperationException(other),
        };
        Point();
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(answer) };
    }

    private long Take(EventsRequest report)
    {
        foreach (var told in report.Events.OrderBy(e => e.N))
        {
            if (told.N == acked + 1)
            {
                acked++;
                Taken.Add((told.Credential!.Value, told.ScanId!));
            }
        }

        return acked;
    }

    private byte[] Decide(AccessRequest request)
    {
        Decided.Add(request.Credential.Value);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            decision = "grant",
            reason = "ok",
            openMs = 5_000,
            display = new { fr = "Bonne séance", en = "Enjoy" },
        });
    }

    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
}
