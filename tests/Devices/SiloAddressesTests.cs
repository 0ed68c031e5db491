using System.Net;
using System.Text;
using SmartClub.Devices.Protocol;

namespace SmartClub.Tests.Devices;

/// <summary>A gate that knows two silos goes to the one that answers.</summary>
public sealed class SiloAddressesTests
{
    private static readonly Uri First = new("http://first.test:8080");
    private static readonly Uri Second = new("http://second.test:8081");

    [Fact]
    public async Task Request_StaysWhereItWasAnswered_WhateverTheAnswer()
    {
        var (http, seen) = Club((_, _) => Answer(200), (_, _) => Answer(503, "journal_late"), (_, _) => Answer(500));

        await Ask(http, times: 3);

        Assert.Equal([First, First, First], seen);
    }

    [Theory]
    [InlineData(503, "not_active")]
    [InlineData(502, null)]
    [InlineData(504, null)]
    public async Task NextRequest_GoesToTheOther_WhenASiloIsNotActive(int status, string? code)
    {
        var (http, seen) = Club((_, _) => Answer(status, code), (_, _) => Answer(200), (_, _) => Answer(200));

        var answer = await http.PostAsync("/api/gates/v1/access?x=1", null);
        await Ask(http, times: 2);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains($"\"{code}!\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal([First, Second, Second], seen);
    }

    [Fact]
    public async Task NextRequest_GoesRound_WhenConnectionsFail()
    {
        var (http, seen) = Club(
            (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError),
            (_, _) => throw new IOException("reset"),
            (_, _) => Answer(200));

        await Assert.ThrowsAsync<HttpRequestException>(() => Ask(http));
        await Assert.ThrowsAsync<IOException>(() => Ask(http));
        await Ask(http);

        Assert.Equal([First, Second, First], seen);
    }

    [Fact]
    public async Task NextRequest_StaysWithTheSiloThatWillTakeOver_WhileTheOtherIsSilent()
    {
        var clock = new Stopped();
        var (http, seen) = Club(
            clock,
            (_, _) => throw new IOException("silence"),
            (_, _) => Answer(503, "not_active"),
            (_, _) => Answer(503, "not_active"),
            (_, _) => Answer(200));

        await Assert.ThrowsAsync<IOException>(() => Ask(http));
        await Ask(http);
        clock.Now += 2 * clock.TimestampFrequency;
        await Ask(http, times: 2);

        // Nobody took over for so long: the first may have come back.
        Assert.Equal([First, Second, Second, First], seen);
    }

    [Fact]
    public async Task ManyRequests_MoveOnOnce_WhenASiloHangs()
    {
        var arrived = new SemaphoreSlim(0);
        async Task<HttpResponseMessage> Hang(HttpRequestMessage request, CancellationToken cancel)
        {
            arrived.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            throw new InvalidOperationException();
        }

        var (http, seen) = Club(Hang, Hang, (_, _) => Answer(200));
        using var patience = new CancellationTokenSource();
        var both = new[] { http.GetAsync("/a", patience.Token), http.GetAsync("/b", patience.Token) };
        await arrived.WaitAsync();
        await arrived.WaitAsync();
        await patience.CancelAsync();
        foreach (var one in both)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        }

        await Ask(http);

        Assert.Equal([First, First, Second], seen);
    }

    private static async Task Ask(HttpClient http, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await http.GetAsync("/");
        }
    }

    private static Task<HttpResponseMessage> Answer(int status, string? code = null) =>
        Task.FromResult(new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent($$"""{"code":"{{code}}","detail":"{{code}}!"}""", Encoding.UTF8),
        });

    private static (HttpClient Http, List<Uri> Seen) Club(
        params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] answers) =>
        Club(TimeProvider.System, answers);

    private static (HttpClient Http, List<Uri> Seen) Club(
        TimeProvider clock, params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] answers)
    {
        var network = new Network(answers);
        var addresses = new SiloAddresses([First, Second], network, clock);
        return (new HttpClient(addresses) { BaseAddress = First }, network.Seen);
    }

    private sealed class Stopped : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long GetTimestamp() => Now;
    }

    private sealed class Network(
        IReadOnlyList<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> answers)
        : HttpMessageHandler
    {
        public List<Uri> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add(new Uri(request.RequestUri!.GetLeftPart(UriPartial.Authority)));
            return answers[Seen.Count - 1](request, cancellationToken);
        }
    }
}
