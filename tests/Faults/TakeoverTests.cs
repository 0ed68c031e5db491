using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using SmartClub.Devices.Protocol;
using SmartClub.Devices.Staff;
using SmartClub.Tests.Support;
using Xunit.Abstractions;

namespace SmartClub.Tests.Faults;

/// <summary>
/// Two silos under load: the active one is killed, or stopped and woken after the other has taken over. Every answer
/// that anybody ever saw is held against the journal, and a silo that wakes answers nothing.
/// </summary>
[Collection(nameof(Faults))]
[Trait("Category", "Slow")]
public sealed class TakeoverTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);
    private static readonly int Seed = Number("SMARTCLUB_TEST_SEED", 20261124);
    private static readonly int Rounds = Number("SMARTCLUB_TEST_TAKEOVERS", 4);

    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-faults-").FullName;
    private readonly List<TimeSpan> took = [];
    private TestDatabase database = null!;
    private int staleAsked;

    public async Task InitializeAsync() => database = await TestDatabase.Create();

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task NothingIsLostOrToldTwice_WhenOneSiloTakesOverFromAnother()
    {
        await using var first = new SiloProcess(database.Uri(), folder);
        await first.Active.Happens("the first silo becomes active");
        await using var second = new SiloProcess(database.Uri(), folder);
        await second.StandsBy.Happens("the second silo stands by");
        using var log = new CallLog(Path.Combine(folder, "calls.log"));
        using var http = new HttpClient(new SiloAddresses([Address(first), Address(second)], log))
        {
            BaseAddress = Address(first),
        };
        var login = FirstLogin.Load(Path.Combine(folder, "first-login.json"));
        using var staff = new StaffClient(http, login, Path.Combine(folder, "token"), TimeProvider.System);
        var load = new Load(http, staff, folder, new Progress());
        await load.SetUp(CancellationToken.None).Happens("the club is set up");

        var enough = new TaskCompletionSource();
        var running = load.Run(Seed, enough.Task);
        await Task.WhenAny(running, TakeTurns(first, second, load.Progress, log)).Unwrap()
            .Happens("all rounds are over", minutes: 1 + (Rounds * 0.5));
        enough.SetResult();
        await running.Happens("everybody has an answer");

        await Task.WhenAll(load.Everybody.Select(p => p.Look())).Happens("everybody has looked once more");
        await Backlog.IsSettled(http).Happens("all sends are delivered");
        await Task.WhenAll(first.Stop(), second.Stop());
        var (code, said) = await first.Run("verify");
        Assert.True(code == 0, said);
        var judgement = await Oracle.Judge(database.Uri(), folder, log.Calls);
        Assert.True(
            judgement.Faults.Count == 0, $"seed {Seed}: {string.Join('\n', judgement.Faults.Take(10))}");
        Report(judgement.ToString());
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;

    private static Uri Address(SiloProcess silo) => new($"http://127.0.0.1:{silo.Port}");

    // One of four is killed, the others are stopped and woken.
    private async Task TakeTurns(SiloProcess active, SiloProcess standby, Progress progress, CallLog log)
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await progress.After(random.Next(20, 200));
            await (round % 4 == 3 ? Kill(active, standby, log) : StopAndWake(active, standby, log));
            (active, standby) = (standby, active);
        }

        await progress.After(100);
    }

    private async Task Kill(SiloProcess active, SiloProcess standby, CallLog log)
    {
        var began = Stopwatch.GetTimestamp();
        _ = active.Kill();
        await Answers(standby, log, began);
        await active.StandsBy.Happens("the killed silo stands by");
    }

    private async Task StopAndWake(SiloProcess active, SiloProcess standby, CallLog log)
    {
        using var askedLately = new StaleReader(Address(active), await Token());
        var began = Stopwatch.GetTimestamp();
        var stopped = active.Pause()!.Value;
        await Answers(standby, log, began);
        var tookOver = Stopwatch.GetTimestamp();

        // The kernel takes these for the stopped process, which finds them when it wakes.
        askedLately.AskMore();
        Signals.Send(Signals.Continue, stopped);
        await active.StandsBy.Happens("the woken silo stands by");
        staleAsked += await askedLately.EndsWithoutAnswer(tookOver);
    }

    // The first answer that a client may rely on and that can only come from the new one.
    private async Task Answers(SiloProcess standby, CallLog log, long began)
    {
        await standby.Active.Happens("the standby becomes active");
        var since = Stopwatch.GetTimestamp();
        var answered = new TaskCompletionSource<Call>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(Call call) => _ = call.Ended > since && answered.TrySetResult(call);
        log.Answered += Hear;
        var first = await answered.Task.Happens("the standby answers");
        log.Answered -= Hear;
        took.Add(Stopwatch.GetElapsedTime(began, first.Ended));
    }

    private Task<string> Token() => File.ReadAllTextAsync(Path.Combine(folder, "token"));

    private void Report(string judgement)
    {
        took.Sort();
        var median = took[took.Count / 2];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{took.Count} takeovers, first answer after p50 {median.TotalSeconds:F2} s, max {took[^1].TotalSeconds:F2}"
            + $" s; {staleAsked} questions to woken silos, none answered; {judgement}"));

        // A machine that is busy with other tests takes longer; the figure of the promise comes from a quiet one.
        Assert.True(median < 2 * Promised, $"The median takeover took {median}.");
    }

    /// <summary>Asks one silo without end, so that some question is in it whenever it is stopped.</summary>
    private sealed class StaleReader : IDisposable
    {
        private const int Lanes = 8;
        private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
        private readonly Uri address;
        private readonly CancellationTokenSource stop = new();
        private readonly List<Task> lanes;
        private readonly List<(long At, int Status)> answers = [];

        public StaleReader(Uri silo, string token)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            address = new Uri(silo, "/api/live");
            lanes = [.. Enumerable.Range(0, Lanes).Select(_ => Ask())];
        }

        public void AskMore() => lanes.AddRange(Enumerable.Range(0, Lanes).Select(_ => Ask()));

        /// <summary>How many answers it gave after another silo had taken over; each was a "no".</summary>
        public async Task<int> EndsWithoutAnswer(long tookOver)
        {
            await stop.CancelAsync();
            await Task.WhenAll(lanes).Happens("the last question is over");
            var late = answers.Where(a => a.At > tookOver).ToList();
            Assert.All(late, a => Assert.Equal(503, a.Status));
            return late.Count;
        }

        public void Dispose()
        {
            stop.Cancel();
            http.Dispose();
            stop.Dispose();
        }

        private async Task Ask()
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using var answer = await http.GetAsync(address, stop.Token);
                    lock (answers)
                    {
                        answers.Add((Stopwatch.GetTimestamp(), (int)answer.StatusCode));
                    }

                    await Task.Yield();
                }
                catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
                {
                    // No answer is what is wanted; a silo that is not there any more ends the question.
                    return;
                }
            }
        }
    }
}
