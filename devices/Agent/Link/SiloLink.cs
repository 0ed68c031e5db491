using System.Globalization;
using System.Security.Cryptography;
using SmartClub.Agent.Store;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Link;

/// <summary>Who this door is, as it was told at its enrolment.</summary>
public sealed record DoorIdentity(
    string Id, string Key, string Name, string ZoneId, string Direction, bool ConfirmsPassage, string ClubPublicKey,
    string Addresses);

/// <summary>
/// The way to the silos. While it is down nobody at the door waits for it; it is up again when all that happened
/// meanwhile has been told, so that the silo decides from what really is.
/// </summary>
public sealed class SiloLink : IDisposable
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForAList = TimeSpan.FromSeconds(60);
    private readonly AgentStore _store;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private GateConnection _connection;
    private volatile bool _isUp;
    private volatile bool _isRefused;

    /// <summary>Speaks for a door over a network.</summary>
    public SiloLink(AgentStore store, DoorIdentity identity, HttpMessageHandler network, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        Identity = identity;
        Addresses = new SiloAddresses([.. identity.Addresses.Split(',').Select(a => new Uri(a))], network);
        _http = new HttpClient(Addresses) { BaseAddress = Addresses.Current, Timeout = Timeout.InfiniteTimeSpan };
        _connection = Connect(identity.Key);
        ClubKey = ECDsa.Create();
        ClubKey.ImportSubjectPublicKeyInfo(Convert.FromBase64String(identity.ClubPublicKey), out _);
    }

    /// <summary>Somebody stands at the door: so long it waits for an answer.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Who this door is.</summary>
    public DoorIdentity Identity { get; private set; }

    /// <summary>Where the silos are.</summary>
    public SiloAddresses Addresses { get; }

    /// <summary>What the club's lists are signed with.</summary>
    public ECDsa ClubKey { get; }

    /// <summary>Whether the silo is asked about scans.</summary>
    public bool IsUp => _isUp;

    /// <summary>Whether the club does not know this key any more.</summary>
    public bool IsRefused => _isRefused;

    /// <summary>The present, by the silo's clock where that is known.</summary>
    public DateTimeOffset Now => _connection.Now;

    /// <summary>The headers of a request that somebody else sends.</summary>
    public IReadOnlyDictionary<string, string> Headers(HttpMethod method, string pathWithQuery) =>
        _connection.Headers(method, pathWithQuery, []);

    /// <summary>Asks about a scan; null: the door decides alone.</summary>
    public async Task<AccessAnswer?> Ask(AccessRequest request, CancellationToken stop)
    {
        var began = _clock.GetTimestamp();
        var attempts = Identity.Addresses.Split(',').Length + 1;
        for (var left = Patience; _isUp && attempts > 0 && left > TimeSpan.FromMilliseconds(20); attempts--)
        {
            var (answer, _) = await Try<AccessAnswer>("/api/gates/v1/access", request, left, stop);
            if (answer is not null)
            {
                return answer;
            }

            // A silo that is away says so at once, and the other one may still answer in time. Where both are away,
            // nobody stands in front of the door for longer than it takes to hear so.
            left = Patience - _clock.GetElapsedTime(began);
        }

        _isUp = false;
        return null;
    }

    /// <summary>
    /// Tells what happened, oldest first, until nothing is left; then the silo is asked about scans again. False: the
    /// silo is away.
    /// </summary>
    public async Task<bool> Report(CancellationToken stop)
    {
        while (_store.Events(500) is { Count: > 0 } events)
        {
            var (answer, cause) = await Try<EventsAnswer>(
                "/api/gates/v1/events", new EventsRequest(events), Usual, stop);
            if (answer is null || answer.Acked < events[0].N)
            {
                _isUp &= cause is "journal_late" or "overloaded";
                return false;
            }

            _store.Forget(answer.Acked);
        }

        return true;
    }

    /// <summary>Gives a sign of life; the orders that wait come back.</summary>
    public async Task<HeartbeatAnswer?> Beat(HeartbeatRequest beat, CancellationToken stop)
    {
        var (answer, _) = await Try<HeartbeatAnswer>("/api/gates/v1/heartbeat", beat, Usual, stop);
        _isUp = answer is not null;
        return answer;
    }

    /// <summary>Fetches the list since a version, as bytes: they are signed.</summary>
    public async Task<byte[]?> FetchList(long since, CancellationToken stop)
    {
        try
        {
            var path = "/api/gates/v1/allow-list?since=" + since.ToString(CultureInfo.InvariantCulture);
            return (await _connection.TryGet(path, ForAList, stop)).Content;
        }
        catch (GateRefusedException)
        {
            return null;
        }
    }

    /// <summary>
    /// Goes over to a new key: asks for it, keeps it, and uses it as soon as nothing is left to tell under the one
    /// before. It can be cut at any point and goes on from there.
    /// </summary>
    public async Task<bool> ChangeKey(CancellationToken stop)
    {
        if (_store.Fact("next_key") is null)
        {
            var nonce = _store.Fact("key_nonce") ?? NewNonce();
            _store.Keep("key_nonce", nonce);
            var (next, _) = await Try<NextKey>("/api/gates/v1/key", new { nonce }, Usual, stop);
            if (next is null)
            {
                return false;
            }

            _store.Together(() =>
            {
                _store.Set("next_key", next.Key);
                _store.Set("key_nonce", null);
            });
        }

        var key = _store.Fact("next_key")!;
        if (!await Report(stop) || !_store.TryChangeKey(key))
        {
            return false;
        }

        Identity = Identity with { Key = key };
        _connection = Connect(key);
        return true;
    }

    /// <summary>A mark that makes a repeated request the same one.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        ClubKey.Dispose();
    }

    private GateConnection Connect(string key)
    {
        var sequence = new GateSequence(
            (ulong)_store.Number("sequence"),
            reserved => _store.Keep("sequence", reserved.ToString(CultureInfo.InvariantCulture)),
            _clock);
        return new GateConnection(
            _http, Identity.Id, Convert.FromBase64String(key), sequence, new RetryPolicy(), _clock);
    }

    private async Task<(TAnswer? Answer, string? Cause)> Try<TAnswer>(
        string path, object request, TimeSpan patience, CancellationToken stop)
        where TAnswer : class
    {
        try
        {
            var tried = await _connection.Try<TAnswer>(path, request, patience, stop);
            _isRefused &= tried.Answer is null;
            return tried;
        }
        catch (GateRefusedException refused)
        {
            // Of a key that ended only staff can help; meanwhile the list counts until it ends too.
            _isRefused = refused.Status == 401;
            return (null, refused.Code);
        }
    }

    private sealed record NextKey(string Key, int KeyVersion);
}
