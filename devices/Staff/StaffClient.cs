using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Staff;

/// <summary>The staff API refused; the code is stable, the text of the silo is not repeated.</summary>
public sealed class StaffRefusedException(string path, int status, string code, string? fields = null)
    : Exception($"{path} was refused with {status} {code}{fields}.")
{
    /// <summary>For whoever started the program.</summary>
    public FormattableString Sentence { get; } = $"{path} was refused with {status} {code}{fields}.";

    public int Status { get; } = status;

    public string Code { get; } = code;
}

/// <summary>
/// The staff API as a member of staff uses it: signs in with password and one-time code, repeats what got no
/// answer under the same Idempotency-Key, signs in again when the session ends.
/// </summary>
public sealed class StaffClient(HttpClient http, FirstLogin login, string tokenFile, TimeProvider clock)
    : IDisposable
{
    private static readonly RetryPolicy Policy = new() { AttemptsMax = 60, AttemptTimeout = TimeSpan.FromSeconds(15) };

    private readonly SemaphoreSlim _signIn = new(1);
    private string? _token = File.Exists(tokenFile) ? File.ReadAllText(tokenFile) : null;

    public Task<TAnswer> Create<TRequest, TAnswer>(
        string path, string idempotencyKey, TRequest request, CancellationToken stop) =>
        Send<TAnswer>(HttpMethod.Post, path, idempotencyKey, Wire.Bytes(request), stop);

    public Task<TAnswer> Get<TAnswer>(string path, CancellationToken stop) =>
        Send<TAnswer>(HttpMethod.Get, path, null, null, stop);

    public void Dispose() => _signIn.Dispose();

    private async Task<TAnswer> Send<TAnswer>(
        HttpMethod method, string path, string? idempotencyKey, byte[]? body, CancellationToken stop)
    {
        var signedInAgain = false;
        while (true)
        {
            var token = await Token(stop);
            var (status, content) = await Exchange(
                () => Request(method, path, idempotencyKey, body, token), stop);
            if (status is >= 200 and < 300)
            {
                return Wire.Read<TAnswer>(content);
            }

            if (status == (int)HttpStatusCode.Unauthorized && !signedInAgain)
            {
                signedInAgain = true;
                _token = _token == token ? null : _token;
                continue;
            }

            throw Refused(path, status, content);
        }
    }

    private static HttpRequestMessage Request(
        HttpMethod method, string path, string? idempotencyKey, byte[]? body, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        request.Headers.AcceptLanguage.ParseAdd("en");
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private async Task<string> Token(CancellationToken stop)
    {
        if (_token is { } known)
        {
            return known;
        }

        await _signIn.WaitAsync(stop);
        try
        {
            return _token ??= await SignIn(stop);
        }
        finally
        {
            _signIn.Release();
        }
    }

    private async Task<string> SignIn(CancellationToken stop)
    {
        // A code counts once. The one before is still taken, and leaves the one that is shown now to a person who signs
        // in with the same account; where it was used, or the clocks differ, the present one and the next follow.
        var secret = Totp.DecodeSecret(login.TotpSecret);
        for (var attempt = 1; ; attempt++)
        {
            var stepsBack = attempt == 1 ? 1 : 0;
            var code = Totp.Code(secret, clock.GetUtcNow().AddSeconds(-stepsBack * Totp.StepSeconds));
            var body = Wire.Bytes(new LoginRequest(login.Email, login.Password, code));
            var (status, content) = await Exchange(
                () => Request(HttpMethod.Post, "/api/auth/login", null, body, null), stop);
            if (status == 200)
            {
                var token = Wire.Read<LoginAnswer>(content).AccessToken;
                PrivateFile.Replace(tokenFile, System.Text.Encoding.UTF8.GetBytes(token));
                return token;
            }

            switch (attempt)
            {
                case 1:
                    continue;
                case 2:
                    var intoStep = clock.GetUtcNow().ToUnixTimeSeconds() % Totp.StepSeconds;
                    await Task.Delay(TimeSpan.FromSeconds(Totp.StepSeconds - intoStep + 1), clock, stop);
                    continue;
                default:
                    throw Refused("/api/auth/login", status, content);
            }
        }
    }

    /// <summary>One exchange, repeated while the silo is away, starting or overloaded.</summary>
    private async Task<(int Status, byte[] Content)> Exchange(
        Func<HttpRequestMessage> make, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var timeout = new CancellationTokenSource(Policy.AttemptTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
            var wait = Policy.DelayAfter(attempt, Random.Shared.NextDouble());
            try
            {
                using var request = make();
                using var response = await http.SendAsync(request, either.Token);
                var content = await response.Content.ReadAsByteArrayAsync(either.Token);
                var status = (int)response.StatusCode;
                if (status is < 500 and not 429 || attempt >= Policy.AttemptsMax)
                {
                    return (status, content);
                }

                wait = response.Headers.RetryAfter?.Delta ?? wait;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException
                || (fault is OperationCanceledException && !stop.IsCancellationRequested))
            {
                if (attempt >= Policy.AttemptsMax)
                {
                    throw new DeviceException($"The silo at {http.BaseAddress} does not answer.", fault);
                }
            }

            await Task.Delay(wait, clock, stop);
        }
    }

    private static StaffRefusedException Refused(string path, int status, byte[] content)
    {
        try
        {
            var problem = Wire.Read<JsonElement>(content);
            var code = problem.TryGetProperty("code", out var value) ? value.GetString() : null;
            var fields = problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
                ? " (" + string.Join(", ", errors.EnumerateArray().Select(FieldOf)) + ")"
                : null;
            return new StaffRefusedException(path, status, code ?? "unknown", fields);
        }
        catch (JsonException)
        {
            return new StaffRefusedException(path, status, "unknown");
        }
    }

    private static string? FieldOf(JsonElement error) =>
        error.TryGetProperty("field", out var field) ? field.GetString() : null;
}
