using System.Text;
using SmartClub.Grains.Model;
using SmartClub.Silo.Checks;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Backups;

/// <summary>
/// A backup of a club that goes on working holds everything that was answered before it began, and restored it is the
/// same club.
/// </summary>
public sealed class BackupTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private static readonly Id<DiaryTag> Diary = TestModule.Named<DiaryTag>("diary");
    private World world = null!;
    private World other = null!;

    public async Task InitializeAsync() => (world, other) = (await World.Create(), await World.Create());

    public async Task DisposeAsync()
    {
        await world.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Backup_HoldsAllThatWasAnsweredBefore_WhileMoreIsComing()
    {
        var silo = await world.Start();
        await new RandomClub(5).Live(silo, 60);
        await silo.Send(new OpenHall(Hall, 100_000), "open");
        var answered = (await silo.Fill(Hall, 500)).Max(a => a.Position!.Value);
        var more = Task.WhenAll(Enumerable.Range(0, 20).Select(lane => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await silo.Send(new TakeSeat(Hall, $"more {lane} {i}"), $"more {lane} {i}");
            }
        })));
        var backup = await Backup.Of(silo);
        await more.Happens("all have an answer");
        var head = backup.Manifest.Position;
        Assert.InRange(head, answered, silo.Writer.DurablePosition);

        var restored = await backup.Into(other);
        Assert.Equal(head, restored.Found.Rows);
        const string all = "select * from journal.rows";
        Assert.Equal(
            await world.Database.Rows($"{all} where position <= {head} order by position"),
            await other.Database.Rows($"{all} order by position"));
        Assert.Equal(
            await world.Database.Rows("select * from vault.person_keys order by person"),
            await other.Database.Rows("select * from vault.person_keys order by person"));

        // The restored club knows its answers, and goes on.
        var second = await Restarted();
        var first = (await silo.Send(new TakeSeat(Hall, "guest 7"), "guest 7")).Answer;
        Assert.Equal(first, (await second.Send(new TakeSeat(Hall, "guest 7"), "guest 7")).Answer);
        await second.Send(new TakeSeat(Hall, "new here"), "new here");
        await second.Views.WaitFor(second.Writer.DurablePosition, default).Happens("the views are there");
        await second.Get<Verifier>().Run(default);
    }

    [Fact]
    public async Task Restore_GivesWhatHadHappenedByAMoment()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 10), "open");
        await silo.Send(new TakeSeat(Hall, "early"), "early");
        var moment = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await silo.Send(new TakeSeat(Hall, "late"), "late");
        await silo.Send(new WriteDiary(Diary, 1, "later"), "later");

        var restored = await (await Backup.Of(silo)).Into(other, moment);
        Assert.Equal(2, restored.Found.Rows);
        Assert.Equal(1, await (await Restarted()).Taken(Hall));
    }

    [Fact]
    public async Task Restore_GivesAnEmptyClub_WhereThereIsNothingYet()
    {
        var restored = await (await Backup.Of(await world.Start())).Into(other);
        Assert.Equal(0, restored.Found.Rows);
        await Restarted();
    }

    [Fact]
    public async Task EitherFile_TellsNothingAlone()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 10), "open");
        await silo.Send(new TakeSeat(Hall, "Kabongo"), "seat");
        await silo.Send(new WriteDiary(Diary, 1, "secret words"), "write");
        var backup = await Backup.Of(silo);
        foreach (var words in (string[])["Kabongo", "secret words", "test.hall", "staff:test"])
        {
            Assert.Equal(-1, backup.File.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)));
            Assert.Equal(-1, backup.Keys.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)));
        }

        var master = await File.ReadAllBytesAsync(Path.Combine(world.DataFolder, "keys", "master.key"));
        Assert.Equal(-1, backup.File.AsSpan().IndexOf(master));
        Assert.True(backup.Keys.AsSpan().IndexOf(master) > 0);
    }

    [Fact]
    public async Task WhoWasErased_StaysErased_WhenAnOlderBackupIsRestoredWithNewerKeys()
    {
        var silo = await world.Start();
        await silo.Send(new WriteDiary(Diary, 1, "secret words"), "write");
        await silo.Send(new WriteDiary(TestModule.Named<DiaryTag>("other"), 1, "others' words"), "others");
        var old = await Backup.Of(silo);
        await world.Database.Run($"delete from vault.person_keys where person = '{Diary.Value}'");
        var late = await Backup.Of(silo);
        Assert.Equal(-1, late.Keys.AsSpan().IndexOf(Diary.Value.ToByteArray(bigEndian: true)));

        await (old with { Keys = late.Keys }).Into(other);
        var restored = await Restarted();
        Assert.Equal([null], await Texts(restored, Diary));
        Assert.Equal(["others' words"], await Texts(restored, TestModule.Named<DiaryTag>("other")));
    }

    [Fact]
    public async Task DamagedJournal_HasNoBackup()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 10), "open");
        await silo.Fill(Hall, 5);
        await silo.Stop();
        await world.Database.Run("update journal.rows set body = body || 'x' where position = 3");
        var fault = await Assert.ThrowsAsync<FaultFoundException>(() => Write());
        Assert.Contains("position 3", fault.Message, StringComparison.Ordinal);
        await world.Database.Run("delete from journal.rows where position >= 3");
        fault = await Assert.ThrowsAsync<FaultFoundException>(() => Write());
        Assert.Contains("The tail was cut", fault.Message, StringComparison.Ordinal);
    }

    // Later than all that is in the journal.
    private Task<TestSilo> Restarted()
    {
        other.Clock.SetUtcNow(world.Clock.GetUtcNow());
        return other.Start();
    }

    private async Task Write()
    {
        // The silo refuses to start on it; its parts alone are enough for a backup.
        await using var silo = new TestSilo(world, []);
        await silo.Get<SmartClub.Silo.Backups.BackupWriter>().Write(new MemoryStream(), new MemoryStream(), default);
    }

    private static Task<List<string?>> Texts(TestSilo silo, Id<DiaryTag> diary) =>
        silo.Grains.Read<DiaryState, List<string?>>(diary.Grain, d => [.. d.Texts]).Happens("a read");
}
