using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SmartClub.Devices.Protocol;

/// <summary>
/// Signed requests of one device, sent again until answered. Every attempt has a new time, sequence and signature;
/// what makes repeating safe is in the body (scanId, n).
/// </summary>
public sealed class GateConnection(
    HttpClient http, string deviceId, byte[] key, GateSequence sequence, RetryPolicy policy, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _retries = new();
    private long _clockOffsetTicks;

    /// <summary>Attempts that had to be repeated, by cause.</summary>
    public IReadOnlyDictionary<string, long> Retries => _retries;

    /// <summary>The present, corrected by what the silo said when it found this clock wrong.</summary>
    public DateTimeOffset Now => clock.GetUtcNow().AddTicks(Interlocked.Read(ref _clockOffsetTicks));

    public async Task<TAnswer> Post<TRequest, TAnswer>(
        string path, TRequest request, CancellationToken stop, int? attemptsMax = null)
    {
        var body = Wire.Bytes(request);
        var limit = attemptsMax ?? policy.AttemptsMax;
        var patience = request is AccessRequest ? policy.ScanTimeout : policy.AttemptTimeout;
        for (var attempt = 1; ; attempt++)
        {
            var (content, cause) = await Attempt(HttpMethod.Post, path, body, patience, stop);
            if (cause is null && TryRead(content!, out TAnswer answer))
            {
                return answer;
            }

            cause ??= "unreadable";

            _retries.AddOrUpdate(cause, 1, (_, count) => count + 1);
            if (attempt >= limit)
            {
                throw new GateUnansweredException(attempt, cause);
            }

            await Task.Delay(policy.DelayAfter(attempt, Random.Shared.NextDouble()), clock, stop);
        }
    }

    /// <summary>One attempt, for who cannot wait: the answer, or why there is none.</summary>
    public async Task<(TAnswer? Answer, string? Cause)> Try<TAnswer>(
        string path, object request, TimeSpan patience, CancellationToken stop)
    {
        var (content, cause) = await Attempt(HttpMethod.Post, path, Wire.Bytes(request), patience, stop);
        return cause is not null ? (default, cause)
            : TryRead(content!, out TAnswer answer) ? (answer, null)
            : (default, "unreadable");
    }

    /// <summary>One attempt to read something, as bytes: what is signed must not be written anew.</summary>
    public Task<(byte[]? Content, string? Cause)> TryGet(string path, TimeSpan patience, CancellationToken stop) =>
        Attempt(HttpMethod.Get, path, [], patience, stop);

    /// <summary>The headers of a request that somebody else sends.</summary>
    public IReadOnlyDictionary<string, string> Headers(HttpMethod method, string pathWithQuery, byte[] body)
    {
        var time = Now.ToUnixTimeSeconds();
        var number = sequence.Take();
        return new Dictionary<string, string>
        {
            ["X-Gate-Device"] = deviceId,
            ["X-Gate-Time"] = time.ToString(CultureInfo.InvariantCulture),
            ["X-Gate-Seq"] = number.ToString(CultureInfo.InvariantCulture),
            ["X-Gate-Signature"] = GateSignature.Sign(key, method.Method, pathWithQuery, time, number, body),
        };
    }

    private async Task<(byte[]? Content, string? Cause)> Attempt(
        HttpMethod method, string path, byte[] body, TimeSpan patience, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            using var request = Sign(method, path, body);
            using var response = await http.SendAsync(request, either.Token);
            var content = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? (content, null)
                : (null, RepeatableCause((int)response.StatusCode, content));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, "timeout");
        }
        catch (HttpRequestException fault)
        {
            return (null, fault.HttpRequestError == HttpRequestError.ConnectionError ? "no_connection" : "broken");
        }
        catch (IOException)
        {
            return (null, "broken");
        }
    }

    // A body cut short by a dying process is no answer.
    private static bool TryRead<TAnswer>(byte[] content, out TAnswer answer)
    {
        try
        {
            answer = Wire.Read<TAnswer>(content);
            return true;
        }
        catch (JsonException)
        {
            answer = default!;
            return false;
        }
    }

    private HttpRequestMessage Sign(HttpMethod method, string path, byte[] body)
    {
        var uri = new Uri(http.BaseAddress!, path);
        var request = new HttpRequestMessage(method, uri);
        if (method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in Headers(method, uri.PathAndQuery, body))
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private string RepeatableCause(int status, byte[] content)
    {
        var problem = ReadProblem(content);
        switch (status, problem.Code)
        {
            case (401, "clock_skew"):
                Resynchronise(problem.ServerTime);
                return "clock_skew";
            case (401, "replayed"):
                sequence.JumpAhead();
                return "replayed";
            case ( >= 500 or 429 or 408, _):
                return problem.Code ?? status.ToString(CultureInfo.InvariantCulture);
            default:
                throw new GateRefusedException(problem.Code ?? "unknown", status);
        }
    }

    private void Resynchronise(JsonElement serverTime)
    {
        DateTimeOffset? time = serverTime.ValueKind switch
        {
            JsonValueKind.String when serverTime.TryGetDateTimeOffset(out var value) => value,
            JsonValueKind.Number when serverTime.TryGetInt64(out var seconds) =>
                DateTimeOffset.FromUnixTimeSeconds(seconds),
            _ => null,
        };
        if (time is { } known)
        {
            Interlocked.Exchange(ref _clockOffsetTicks, (known - clock.GetUtcNow()).Ticks);
        }
    }

    private static Problem ReadProblem(byte[] content)
    {
        try
        {
            return Wire.Read<Problem>(content);
        }
        catch (JsonException)
        {
            return new Problem(null, null);
        }
    }
}
