using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SmartClub.Tests.Faults;

/// <summary>One request and what came of it: an answer, or the name of what broke.</summary>
/// <param name="Number">Order in which requests went out.</param>
/// <param name="Sender">The gate, or nothing for staff.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">The path.</param>
/// <param name="Key">The Idempotency-Key, if there is one.</param>
/// <param name="Body">What was asked.</param>
internal sealed record Call(long Number, string? Sender, string Method, string Path, string? Key, byte[] Body)
{
    public int? Status { get; init; }

    /// <summary>What <c>X-Journal-Position</c> said.</summary>
    public long? Position { get; init; }

    public byte[] Answer { get; init; } = [];

    public string? Broken { get; init; }

    /// <summary>When it was over, on the clock of <see cref="Stopwatch"/>.</summary>
    public long Ended { get; init; }

    /// <summary>Whether the silo gave an answer that a client may rely on: not a "try again".</summary>
    public bool IsAnswered => Status is >= 200 and < 300 or (>= 400 and < 500 and not (401 or 408 or 429));

    public JsonElement Json => JsonDocument.Parse(Answer).RootElement;

    /// <summary>The code of a problem.</summary>
    public string? Code => Status >= 400 && Answer.Length > 0 && Answer[0] == '{'
        && Json.TryGetProperty("code", out var code) ? code.GetString() : null;
}

/// <summary>
/// The clients' own log: every request before it goes out, every answer when it is there whole. What stands here was
/// seen by a client, whatever the client made of it, so it is what the journal is held against.
/// </summary>
internal sealed class CallLog : DelegatingHandler
{
    private readonly TextWriter file;
    private readonly Lock gate = new();
    private long number;

    public CallLog(string path)
        : base(new SocketsHttpHandler { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) =>
        file = new StreamWriter(path);

    public ConcurrentQueue<Call> Calls { get; } = new();

    /// <summary>Raised after each answer that a client may rely on.</summary>
    public event Action<Call>? Answered;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = new Call(
            Interlocked.Increment(ref number),
            Header(request, "X-Gate-Device"),
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            Header(request, "Idempotency-Key"),
            request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : []);
        Write($"{call.Number} ? {call.Sender} {call.Method} {call.Path} {call.Key} {Text(call.Path, call.Body)}");
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            // Whoever reads the answer finds it here; a connection that breaks in its middle breaks the call.
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Note(call with
            {
                Status = (int)response.StatusCode,
                Position = response.Headers.TryGetValues("X-Journal-Position", out var position)
                    ? long.Parse(position.Single(), CultureInfo.InvariantCulture)
                    : null,
                Answer = await response.Content.ReadAsByteArrayAsync(cancellationToken),
            });
            return response;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            Note(call with { Broken = broken.GetType().Name });
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            file.Dispose();
        }
    }

    private void Note(Call call)
    {
        call = call with { Ended = Stopwatch.GetTimestamp() };
        Calls.Enqueue(call);
        var result = call.Broken ?? Text(call.Path, call.Answer);
        Write($"{call.Number} = {call.Status} {call.Position} {result}");
        if (call.IsAnswered)
        {
            Answered?.Invoke(call);
        }
    }

    private void Write(FormattableString line)
    {
        lock (gate)
        {
            file.Write(TimeProvider.System.GetUtcNow().ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
            file.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }
    }

    // What a log-in carries is nobody's business, and pages of the app say nothing.
    private static string Text(string path, byte[] content) =>
        path.StartsWith("/api/auth/", StringComparison.Ordinal) ? "…" : System.Text.Encoding.UTF8.GetString(content);

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
