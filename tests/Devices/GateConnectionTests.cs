using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SmartClub.Devices.Protocol;

namespace SmartClub.Tests.Devices;

public sealed class GateConnectionTests : IDisposable
{
    private const string Granted =
        """{"decision":"grant","reason":"ok","ticketId":"tkt_1","position":7,"openMs":3000,"display":{}}""";

    private static readonly byte[] Key = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");

    private readonly string _folder = Directory.CreateTempSubdirectory("devices").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 17, 5, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Scan_IsSignedWithKeyTimeAndSequence()
    {
        using var silo = new ScriptedSilo((200, Granted));

        var answer = await Show(silo);

        Assert.Equal(
            new AccessAnswer(GateDecision.Grant, "ok", "tkt_1", 7, 3000),
            answer with { Display = null });
        AssertSigned(silo.Seen.Single());
        Assert.Equal("/api/gates/v1/access", silo.Seen.Single().Path);
    }

    [Theory]
    [InlineData(503, "journal_late")]
    [InlineData(503, "not_active")]
    [InlineData(500, null)]
    [InlineData(429, "too_many_requests")]
    public async Task Scan_IsRepeatedWithTheSameScanIdAndANewSequence_WhenTheSiloCannotAnswer(int status, string? code)
    {
        var problem = $$"""{"code":{{SmartClub.Devices.Wire.Text(code)}}}""";
        using var silo = new ScriptedSilo((status, problem), (200, Granted));

        await Show(silo);

        Assert.Equal(2, silo.Seen.Count);
        Assert.Equal(silo.Seen[0].Body, silo.Seen[1].Body);
        Assert.Equal(Sequence(silo.Seen[0]) + 1, Sequence(silo.Seen[1]));
        Assert.All(silo.Seen, AssertSigned);
    }

    [Fact]
    public async Task Scan_IsRepeated_WhenTheConnectionBreaksOrTheAnswerIsCut()
    {
        var attempts = 0;
        using var silo = new ScriptedSilo((_, _) => ++attempts switch
        {
            1 => throw new HttpRequestException(HttpRequestError.ConnectionError),
            2 => throw new IOException("reset"),
            3 => Task.FromResult((200, Granted[..20])),
            _ => Task.FromResult((200, Granted)),
        });

        Assert.Equal("tkt_1", (await Show(silo)).TicketId);
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task Scan_IsRepeated_WhenNoAnswerComesInTime()
    {
        var firstArrived = new TaskCompletionSource();
        var attempts = 0;
        using var silo = new ScriptedSilo(async (_, stop) =>
        {
            if (++attempts == 1)
            {
                firstArrived.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            }

            return (200, Granted);
        });

        var scan = Show(silo);
        await firstArrived.Task;
        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("tkt_1", (await scan).TicketId);
    }

    [Fact]
    public async Task Time_IsTakenFromTheSilo_AfterClockSkew()
    {
        using var silo = new ScriptedSilo(
            (401, """{"code":"clock_skew","serverTime":"2026-11-24T18:05:00.000Z"}"""), (200, Granted));

        await Show(silo);

        var ahead = Time(silo.Seen[1]) - Time(silo.Seen[0]);
        Assert.Equal(3_600, ahead);
        AssertSigned(silo.Seen[1]);
    }

    [Fact]
    public async Task Sequence_JumpsAhead_WhenItWasUsedBefore()
    {
        using var silo = new ScriptedSilo((401, """{"code":"replayed"}"""), (200, Granted));

        await Show(silo);

        Assert.True(Sequence(silo.Seen[1]) - Sequence(silo.Seen[0]) > 1_024);
    }

    [Theory]
    [InlineData(401, "unknown_device")]
    [InlineData(401, "bad_signature")]
    [InlineData(400, "malformed")]
    public async Task Scan_IsNotRepeated_WhenTheRequestItselfIsRefused(int status, string code)
    {
        using var silo = new ScriptedSilo((status, $$"""{"code":"{{code}}"}"""));

        var refusal = await Assert.ThrowsAsync<GateRefusedException>(() => Show(silo));

        Assert.Equal((code, status), (refusal.Code, refusal.Status));
    }

    [Fact]
    public async Task Scan_CountsAsUnanswered_AfterTheLastAttempt()
    {
        using var silo = new ScriptedSilo((_, _) => Task.FromResult((503, """{"code":"not_active"}""")));
        using var gate = Open(silo, attemptsMax: 3);

        var unanswered = await Assert.ThrowsAsync<GateUnansweredException>(
            () => gate.Show(Request(), CancellationToken.None));

        Assert.Equal("not_active", unanswered.LastCause);
        Assert.Equal(3, silo.Seen.Count);
        Assert.Equal(3, gate.Retries["not_active"]);
    }

    [Fact]
    public async Task Passage_IsSentUntilAcknowledged()
    {
        var calls = 0;
        using var silo = new ScriptedSilo((request, _) => Task.FromResult(request.Path switch
        {
            "/api/gates/v1/heartbeat" => (200, """{"commands":[]}"""),
            _ when ++calls == 1 => (503, """{"code":"journal_late"}"""),
            _ => (200, """{"acked":1}"""),
        }));
        using var gate = Open(silo);
        using var stopping = new CancellationTokenSource();
        var run = gate.Run(stopping.Token);

        await gate.Report(
            GateEvent.Passed, new AccessAnswer(GateDecision.Grant, "ok", "tkt_1", 7, 3000), "scan-1");

        var events = silo.Seen.Where(request => request.Path == "/api/gates/v1/events").ToList();
        Assert.Equal(2, events.Count);
        Assert.Equal(events[0].Body, events[1].Body);
        Assert.Contains("\"n\":1,\"type\":\"access.passed\"", events[0].Body, StringComparison.Ordinal);
        Assert.Contains("\"ticketId\":\"tkt_1\"", events[0].Body, StringComparison.Ordinal);
        Assert.Equal(0, gate.QueueLength);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static AccessRequest Request() =>
        new("scan-1", new Credential("rfid", "04AB"), Direction.In, new DateTimeOffset(2026, 1, 1, 0, 0, 0, default));

    private async Task<AccessAnswer> Show(ScriptedSilo silo)
    {
        using var gate = Open(silo);
        return await gate.Show(Request(), CancellationToken.None);
    }

    private GateClient Open(ScriptedSilo silo, int attemptsMax = 10)
    {
        var identity = new GateIdentity("gat_1", Convert.ToBase64String(Key), "Entrée", "zon_1", "both", true);
        var policy = new RetryPolicy
        {
            AttemptsMax = attemptsMax,
            FirstDelay = TimeSpan.Zero,
            DelayMax = TimeSpan.Zero,
        };
        return GateClient.Open(silo.Client(), identity, _folder, policy, _clock);
    }

    private static long Time(SeenRequest request) =>
        long.Parse(request.Headers["X-Gate-Time"], CultureInfo.InvariantCulture);

    private static ulong Sequence(SeenRequest request) =>
        ulong.Parse(request.Headers["X-Gate-Seq"], CultureInfo.InvariantCulture);

    private static void AssertSigned(SeenRequest request)
    {
        var expected = GateSignature.Sign(
            Key, request.Method, request.Path, Time(request), Sequence(request), Encoding.UTF8.GetBytes(request.Body));
        Assert.Equal("gat_1", request.Headers["X-Gate-Device"]);
        Assert.Equal(expected, request.Headers["X-Gate-Signature"]);
    }
}
