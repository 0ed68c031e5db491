using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Engines;

/// <summary>
/// A batch that the server refuses fails everybody who waits, and the grains come back from the journal.
/// </summary>
public sealed class GenerationTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;
    private TestSilo silo = null!;

    public async Task InitializeAsync()
    {
        world = await World.Create();
        silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 10), "open");
        await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth");
        await world.Database.Run(
            """
            create table test_disk (is_full bool);
            create function test_disk() returns trigger language plpgsql as $$ begin
              if exists (select from test_disk where is_full) then
                raise exception using errcode = '53100', message = 'no space left';
              end if;
              return new;
            end $$;
            create trigger test_disk before insert on journal.rows for each row execute function test_disk()
            """);
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task RefusedBatch_FailsAllWhoWait_AndNothingIsAppliedTwice()
    {
        await world.Database.Run("insert into test_disk values (true)");
        var other = TestModule.Named<HallTag>("other");
        List<Task<SmartClub.Silo.Engines.Answered>> waiting;
        Task<int> read;
        await using (await world.HoldCommits())
        {
            waiting = [.. Enumerable.Range(0, 5).Select(i => silo.Begin(new TakeSeat(Hall, $"{i}"), $"{i}"))];
            waiting.Add(silo.Begin(new TakeSeat(Hall, "Ruth"), "ruth"));
            waiting.Add(silo.Begin(new OpenHall(other, 1), "open other"));
            read = silo.Grains.Read<HallState, int>(Hall.Grain, hall => hall.Taken);
        }

        foreach (var task in waiting.Append<Task>(read))
        {
            var away = await Assert.ThrowsAsync<JournalUnavailableException>(() => task.Happens("an outage"));
            Assert.Equal("journal_unavailable", away.Code);
        }

        Assert.Equal(1, await silo.Taken(Hall));
        Assert.Contains(silo.Log.Lines, l => l.Contains("53100", StringComparison.Ordinal));

        await world.Database.Run("delete from test_disk");
        Assert.Equal(new SeatTaken(1), (await silo.Send(new TakeSeat(Hall, "Ruth"), "ruth")).Answer.Outcome);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(new SeatTaken(i + 2), (await silo.Send(new TakeSeat(Hall, $"{i}"), $"{i}")).Answer.Outcome);
        }

        Assert.Equal(6, await silo.Taken(Hall));
        await silo.CheckJournal();
    }

    [Fact]
    public async Task RefusedBatch_KeepsThePersonsKey_ForTheNextTry()
    {
        var diary = TestModule.Named<DiaryTag>("diary");
        await world.Database.Run("insert into test_disk values (true)");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => silo.Send(new WriteDiary(diary, 1, "mine"), "w"));
        Assert.Equal(0, await world.Database.Scalar<long>("select count(*) from vault.person_keys"));

        await world.Database.Run("delete from test_disk");
        await silo.Send(new WriteDiary(diary, 1, "mine"), "w");
        await silo.Kill();
        silo = await world.Start();
        var texts = await silo.Grains.Read<DiaryState, string?>(diary.Grain, d => d.Texts.Single());
        Assert.Equal("mine", texts);
    }

    [Fact]
    public async Task WaitersForOpenOutcomes_AreToldToTryAgain_AndSendsGoOn()
    {
        var (asker, echo) = (TestModule.Named<EchoTag>("asker"), TestModule.Named<EchoTag>("echo"));
        var asked = silo.Begin(new AskThrough(asker, echo, "?"), "ask");
        await silo.Commits.Row(r => r.Grain == echo.Grain).Happens("the question has come through");

        await world.Database.Run("insert into test_disk values (true)");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => silo.Send(new TakeSeat(Hall, "x"), "x"));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => asked.Happens("the waiter hears of it"));
        await world.Database.Run("delete from test_disk");

        // The delivery waited for the same open outcome; it asks again when its pause is over.
        await silo.Send(new Reply(echo, "me"), "reply");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var answer = await silo.Send(new AskThrough(asker, echo, "?"), "ask");
        Assert.Equal(new Echoed("me"), answer.Answer.Outcome);
    }

    [Fact]
    public async Task Bug_InOneRule_HurtsNobodyElse()
    {
        var echo = TestModule.Named<EchoTag>("echo");
        await silo.Rung(echo);
        await using var hold = await world.HoldCommits();
        var seat = silo.Begin(new TakeSeat(Hall, "Grace"), "grace");
        var asked = silo.Begin(new SetAlarm(echo, "x", world.Clock.GetUtcNow().AddDays(1)), "alarm");
        var stumble = silo.Send(new Stumble(echo), "stumble");
        await Assert.ThrowsAsync<InvalidOperationException>(() => stumble);
        await hold.Release();
        Assert.Equal(new SeatTaken(2), (await seat.Happens("the seat")).Answer.Outcome);
        await asked.Happens("the alarm");
        var named = $"echo {echo.Grain} failed to decide Stumble";
        Assert.Contains(silo.Log.Lines, l => l.Contains(named, StringComparison.Ordinal));
        Assert.Equal(Done.Instance, (await silo.Send(new ForgetAlarm(echo, "x"), "forget")).Answer.Outcome);
    }
}
