using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace SmartClub.Bench;

/// <summary>What one request came to.</summary>
internal readonly record struct Told(int Status, bool HasRetryAfter);

/// <summary>Gates and staff at one level of load.</summary>
internal sealed record OverloadPhase(string Name, TimeSpan Length)
{
    public OverloadSide Gates { get; } = new(Length);

    public OverloadSide Staff { get; } = new(Length);

    public override string ToString() => $"{Name}: gates {Gates}; staff {Staff}";
}

/// <summary>
/// Requests at fixed times, whether or not earlier ones were answered, and what came of them. Who comes while
/// every connection is busy turns round: that is the limit of those who ask, not of the silo.
/// </summary>
internal sealed class OverloadSide(TimeSpan length)
{
    /// <summary>An answer later than this is as good as none.</summary>
    public static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(10);

    private readonly int[] goodBySecond = new int[(int)length.TotalSeconds + 1];
    private readonly List<double> goodMilliseconds = [];
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, int> unexplained = [];
    private int offered;
    private int sent;
    private int good;
    private int shed;
    private int slow;

    public TimeSpan Slowest { get; private set; }

    /// <summary>Answers that were neither good nor "come again later, at this time".</summary>
    public int Unexplained => unexplained.Values.Sum() + slow;

    public double GoodPerSecond => good / length.TotalSeconds;

    public Latencies Good => Latencies.Of(goodMilliseconds);

    /// <summary>Seconds until so many a second were served, for good.</summary>
    public double SecondsUntil(double perSecond)
    {
        var last = Array.FindLastIndex(goodBySecond[..^1], count => count < perSecond);
        return last + 1;
    }

    public async Task Offer(int perSecond, IReadOnlyList<GateLoad.Connection> doors)
    {
        await Offer(perSecond, doors, async door =>
        {
            await door.Scan();
            return new Told(door.Status, door.HasRetryAfter);
        });
        foreach (var door in doors)
        {
            door.Dispose();
        }
    }

    public async Task Offer<TCaller>(int perSecond, IReadOnlyList<TCaller> callers, Func<TCaller, Task<Told>> ask)
    {
        var idle = Channel.CreateUnbounded<TCaller>();
        foreach (var caller in callers)
        {
            idle.Writer.TryWrite(caller);
        }

        var clock = Stopwatch.StartNew();
        var running = new List<Task>();
        for (; clock.Elapsed < length; offered++)
        {
            var planned = TimeSpan.FromSeconds((double)offered / perSecond);
            if (planned - clock.Elapsed is var wait && wait > TimeSpan.FromMilliseconds(2))
            {
                await Task.Delay(wait);
            }

            if (idle.Reader.TryRead(out var free))
            {
                sent++;
                running.Add(One(free));
            }
        }

        await Task.WhenAll(running);

        async Task One(TCaller caller)
        {
            await Task.Yield();
            var began = clock.Elapsed;
            try
            {
                var told = await ask(caller);
                Note(told, clock.Elapsed, clock.Elapsed - began);
                idle.Writer.TryWrite(caller);
            }
            catch (Exception broken) when (broken is IOException or System.Net.Sockets.SocketException
                or HttpRequestException or OperationCanceledException)
            {
                lock (gate)
                {
                    Count(broken.GetType().Name);
                }
            }
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{offered / length.TotalSeconds:N0}/s offered, {sent / length.TotalSeconds:N0}/s sent, "
        + $"{GoodPerSecond:N0}/s good (p50 {Good.P50:N1}, p99 {Good.P99:N1} ms), "
        + $"{shed / length.TotalSeconds:N0}/s told to come again, slowest {Slowest.TotalMilliseconds:N0} ms"
        + $"{string.Concat(unexplained.Select(u => $", {u.Value} {u.Key}"))}");

    private void Note(Told told, TimeSpan at, TimeSpan took)
    {
        lock (gate)
        {
            Slowest = took > Slowest ? took : Slowest;
            slow += took > HangsAfter ? 1 : 0;
            switch (told)
            {
                case { Status: 200 }:
                    good++;
                    goodBySecond[Math.Min((int)at.TotalSeconds, goodBySecond.Length - 1)]++;
                    goodMilliseconds.Add(took.TotalMilliseconds);
                    break;
                case { Status: 503 or 429, HasRetryAfter: true }:
                    shed++;
                    break;
                default:
                    Count($"{told.Status}");
                    break;
            }
        }
    }

    private void Count(string what) => unexplained[what] = unexplained.GetValueOrDefault(what) + 1;
}

/// <summary>Members of staff who look people up and register them.</summary>
internal sealed class StaffLoad(HttpClient http) : IDisposable
{
    private int number;

    public static async Task<StaffLoad> SignIn(int port, string folder)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = OverloadSide.HangsAfter * 2,
        };
        using var login = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "first-login.json")));
        string Field(string name) => login.RootElement.GetProperty(name).GetString()!;
        var code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(Field("totpSecret"))).ComputeTotp();
        var body = JsonSerializer.Serialize(new { email = Field("email"), password = Field("password"), code });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/api/auth/login", content);
        answer.EnsureSuccessStatusCode();
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", told.GetProperty("accessToken").GetString());
        return new StaffLoad(http);
    }

    /// <summary>So many desks, each with one call at a time.</summary>
    public IReadOnlyList<Func<Task<Told>>> Callers(int times) =>
        [.. Enumerable.Repeat<Func<Task<Told>>>(Call, 10 * times)];

    public void Dispose() => http.Dispose();

    private async Task<Told> Call()
    {
        var n = Interlocked.Increment(ref number);
        using var request = n % 4 == 0
            ? new HttpRequestMessage(HttpMethod.Post, "/api/members")
            {
                Content = new StringContent(
                    $$"""{"firstName":"Ruth","lastName":"Lukusa {{n}}"}""", Encoding.UTF8, "application/json"),
            }
            : new HttpRequestMessage(HttpMethod.Get, $"/api/members?query=Lukusa%20{n - (n % 4)}");
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return new Told((int)answer.StatusCode, answer.Headers.RetryAfter is not null);
    }
}
