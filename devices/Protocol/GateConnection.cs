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
            var (answer, cause) = await Attempt<TAnswer>(path, body, patience, stop);
            if (cause is null)
            {
                return answer!;
            }

            _retries.AddOrUpdate(cause, 1, (_, count) => count + 1);
            if (attempt >= limit)
            {
                throw new GateUnansweredException(attempt, cause);
            }

            await Task.Delay(policy.DelayAfter(attempt, Random.Shared.NextDouble()), clock, stop);
        }
    }

    private async Task<(TAnswer? Answer, string? Cause)> Attempt<TAnswer>(
        string path, byte[] body, TimeSpan patience, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            using var request = Sign(path, body);
            using var response = await http.SendAsync(request, either.Token);
            var content = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? (Wire.Read<TAnswer>(content), null)
                : (default, RepeatableCause((int)response.StatusCode, content));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (default, "timeout");
        }
        catch (HttpRequestException fault)
        {
            return (default, fault.HttpRequestError == HttpRequestError.ConnectionError ? "no_connection" : "broken");
        }
        catch (IOException)
        {
            return (default, "broken");
        }
        catch (JsonException)
        {
            // A body cut short by a dying process is no answer.
            return (default, "unreadable");
        }
    }

    private HttpRequestMessage Sign(string path, byte[] body)
    {
        var uri = new Uri(http.BaseAddress!, path);
        var time = Now.ToUnixTimeSeconds();
        var number = sequence.Take();
        var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Gate-Device", deviceId);
        request.Headers.Add("X-Gate-Time", time.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Gate-Seq", number.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "X-Gate-Signature", GateSignature.Sign(key, "POST", uri.PathAndQuery, time, number, body));
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
