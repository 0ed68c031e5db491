using System.Globalization;
using SmartClub.Devices.Staff;
using SmartClub.Tests.Support;
using Xunit.Abstractions;

namespace SmartClub.Tests.Faults;

/// <summary>These kill the database that the other tests use, so they run alone.</summary>
[CollectionDefinition(nameof(Faults), DisableParallelization = true)]
public sealed class Faults;

/// <summary>kill -9 of the silo and of PostgreSQL while members are registered and badges are held to doors.</summary>
[Collection(nameof(Faults))]
[Trait("Category", "Slow")]
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int SiloKills = 10;
    private const int DatabaseKills = 3;
    private const StringComparison Exactly = StringComparison.Ordinal;
    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("SMARTCLUB_TEST_SEED") ?? "20261124", CultureInfo.InvariantCulture);

    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-faults-").FullName;
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.Create();

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task NothingAcknowledged_IsLostOrDoubled_ByKillsOfSiloAndDatabase()
    {
        var progress = new Progress();
        await using var silo = new SiloProcess(database.Uri(), folder);
        using var log = new CallLog(Path.Combine(folder, "calls.log"));
        using var http = new HttpClient(log) { BaseAddress = new Uri($"http://127.0.0.1:{silo.Port}") };
        await silo.Active.Happens("the silo becomes active");
        var login = FirstLogin.Load(Path.Combine(folder, "first-login.json"));
        using var staff = new StaffClient(http, login, Path.Combine(folder, "token"), TimeProvider.System);
        var load = new Load(http, staff, folder, progress);
        await load.SetUp(CancellationToken.None).Happens("the club is set up");

        var enough = new TaskCompletionSource();
        var running = load.Run(Seed, enough.Task);
        await Task.WhenAny(running, Kill(silo, progress)).Unwrap().Happens("all kills are done", minutes: 3);
        enough.SetResult();
        await running.Happens("everybody has an answer");

        await Task.WhenAll(load.Everybody.Select(p => p.Look())).Happens("everybody has looked once more");
        await Backlog.IsSettled(http).Happens("all sends are delivered");
        await silo.Stop();
        var (code, said) = await silo.Run("verify");
        Assert.True(code == 0, said);
        var judgement = await Oracle.Judge(database.Uri(), folder, log.Calls);
        Assert.True(
            judgement.Faults.Count == 0, $"seed {Seed}: {string.Join('\n', judgement.Faults.Take(10))}");
        await OracleNotices(log.Calls);
        Assert.DoesNotContain(silo.Lines, l => l.Contains("Unhandled exception", StringComparison.Ordinal));
        output.WriteLine($"{judgement}; the silo ended by itself: [{string.Join(' ', silo.EndedByItself)}]; {said}");
    }

    // A judge who finds nothing proves something only if he would have found it: an answer that was never given, one
    // that was another, a row that nobody asked for.
    private async Task OracleNotices(IReadOnlyCollection<Call> calls)
    {
        var scan = calls.First(c => c.Path.EndsWith("/access", Exactly) && c.Status == 200);
        var told = System.Text.Encoding.UTF8.GetString(scan.Answer);
        var asked = System.Text.Encoding.UTF8.GetString(scan.Body);
        var other = scan with { Answer = Bytes(told.Replace("\"reason\":\"", "\"reason\":\"un", Exactly)) };
        var unheard = scan with { Body = Bytes(asked.Replace("\"scanId\":\"", "\"scanId\":\"un", Exactly)) };
        await Notices([.. calls.Except([scan]), other], "says");
        await Notices([.. calls, unheard], "does not know of it");
        await Notices([.. calls.Where(c => c.Path != scan.Path || !c.Body.AsSpan().SequenceEqual(scan.Body))],
            "was never asked for");
    }

    private async Task Notices(IReadOnlyCollection<Call> calls, string fault)
    {
        var judgement = await Oracle.Judge(database.Uri(), folder, calls);
        Assert.Contains(judgement.Faults, f => f.Contains(fault, StringComparison.Ordinal));
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static async Task Kill(SiloProcess silo, Progress progress)
    {
        var random = new Random(Seed);
        var kills = Enumerable.Repeat(true, SiloKills).Concat(Enumerable.Repeat(false, DatabaseKills)).ToArray();
        random.Shuffle(kills);
        foreach (var isSilo in kills)
        {
            await progress.After(random.Next(20, 120));
            if (isSilo && random.Next(3) > 0)
            {
                _ = silo.Kill();
            }
            else if (isSilo)
            {
                // Once more while the next one starts, before it is of use to anybody.
                await silo.Kill();
                _ = silo.Kill();
            }
            else
            {
                await PostgresProcess.OfRun.KillAndRestart();
            }
        }

        await progress.After(300);
    }
}
