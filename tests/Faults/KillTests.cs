using System.Globalization;
using SmartClub.Devices.Staff;
using SmartClub.Grains;
using SmartClub.Grains.Members;
using SmartClub.Silo.Journal;
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
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{silo.Port}") };
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

        var other = await load.Repeat(CancellationToken.None);
        Assert.True(other.Count == 0, $"seed {Seed}: {string.Join('\n', other.Take(10))}");
        await silo.Stop();
        var (code, said) = await silo.Run("verify");
        Assert.True(code == 0, said);
        await CheckJournal(load);
        Assert.DoesNotContain(silo.Lines, l => l.Contains("Unhandled exception", StringComparison.Ordinal));
        output.WriteLine(
            $"{load.Scans.Count} scans, {load.Members.Count} members; the silo ended by itself: "
            + $"[{string.Join(' ', silo.EndedByItself)}]; {said}");
    }

    private static async Task Kill(SiloProcess silo, Progress progress)
    {
        var random = new Random(Seed);
        var kills = Enumerable.Repeat(true, SiloKills).Concat(Enumerable.Repeat(false, DatabaseKills)).ToArray();
        random.Shuffle(kills);
        foreach (var isSilo in kills)
        {
            await progress.After(random.Next(20, 300));
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
                await PostgresProcess.KillAndRestart();
            }
        }

        await progress.After(300);
    }

    // What the clients know, against what the journal holds: each fact that was told is there, and there once.
    private async Task CheckJournal(Load load)
    {
        await using var own = new Database(database.Uri());
        using var keys = ClubKeys.Open(folder);
        var store = new PostgresJournalStore(own);
        var reader = new JournalReader(store, new RowCodec(new Codec(Modules.All, new KeyRing(store, keys))));
        var registered = new List<string>();
        var moves = new Dictionary<string, (int Ins, int Outs, int Visits)>();
        await foreach (var (row, _, _) in reader.All(0, int.MaxValue))
        {
            var member = new MemberId(row.Grain.Key).ToString();
            var (ins, outs, visits) = moves.GetValueOrDefault(member);
            foreach (var happened in row.Events)
            {
                registered.AddRange(happened is MemberRegistered ? [member] : []);
                ins += happened is Entered ? 1 : 0;
                outs += happened is Left ? 1 : 0;
                visits = happened is Entered entered ? entered.VisitsUsed : visits;
            }

            moves[member] = (ins, outs, visits);
        }

        Assert.Equal(load.Members.Select(m => m.Answer.Id).Order(), registered.Order());
        Assert.All(load.Passages, p => Assert.Equal((p.Ins, p.Outs, p.Ins), moves[p.Member]));
    }
}
