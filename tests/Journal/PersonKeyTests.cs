using SmartClub.Grains.Model;
using SmartClub.Silo.Checks;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Journal;

/// <summary>
/// What somebody said about themselves is readable as long as their key is there, and not a moment longer.
/// </summary>
public sealed class PersonKeyTests : IAsyncLifetime
{
    private static readonly Id<DiaryTag> Diary = TestModule.Named<DiaryTag>("diary");
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Key_IsStored_InTheTransactionOfTheFirstRowThatNeedsIt()
    {
        var silo = await world.Start();
        await using (await world.HoldCommits())
        {
            var written = silo.Begin(new WriteDiary(Diary, 1, "secret words"), "1");
            Assert.False(written.IsCompleted);
            Assert.Equal(0, await world.Database.Scalar<long>("select count(*) from vault.person_keys"));
        }

        await silo.Commits.Row(r => r.Grain == Diary.Grain).Happens("the row is durable");
        var stamps = await world.Database.Rows(
            "select count(distinct x) from (select xmin::text x from journal.rows union all "
            + "select xmin::text from vault.person_keys) t");
        Assert.Equal("(1)", Assert.Single(stamps));
    }

    [Fact]
    public async Task Words_AreNowhereInTheDatabase_InClear()
    {
        var silo = await world.Start();
        await silo.Send(new WriteDiary(Diary, 1, "secret words"), "1");
        await silo.SnapshotAll();
        foreach (var table in (string[])["journal.rows", "journal.snapshots"])
        {
            Assert.Equal(0, await world.Database.Scalar<long>(
                $"select count(*) from {table} where position('secret'::bytea in body) > 0"));
        }
    }

    [Fact]
    public async Task Words_AreGone_OnceTheKeyIsDestroyed_AndTheRestStays()
    {
        var silo = await world.Start();
        await silo.Send(new WriteDiary(Diary, 1, "secret words"), "1");
        await silo.Send(new WriteDiary(TestModule.Named<DiaryTag>("other"), 1, "others' words"), "2");
        await silo.SnapshotAll();
        var answer = await silo.Send(new WriteDiary(Diary, 1, "secret words"), "1");
        await silo.Stop();
        await world.Database.Run($"delete from vault.person_keys where person = '{Diary.Value}'");

        silo = await world.Start();
        Assert.Equal([null], await Texts(silo, Diary));
        Assert.Equal(["others' words"], await Texts(silo, TestModule.Named<DiaryTag>("other")));
        Assert.Equal(answer, await silo.Send(new WriteDiary(Diary, 1, "secret words"), "1"));
        await silo.CheckJournal();
    }

    [Fact]
    public async Task ErasedPerson_CanGoOn_UnderAnotherKey()
    {
        var silo = await world.Start();
        await silo.Send(new WriteDiary(Diary, 1, "old"), "1");
        await silo.Stop();
        await world.Database.Run("delete from vault.person_keys");

        silo = await world.Start();
        await silo.Send(new WriteDiary(Diary, 2, "new"), "2");
        Assert.Equal([null, "new"], await Texts(silo, Diary));
        await silo.Kill();
        silo = await world.Start();
        Assert.Equal([null, "new"], await Texts(silo, Diary));
        await silo.Get<Verifier>().Run(default);
    }

    private static Task<List<string?>> Texts(TestSilo silo, Id<DiaryTag> diary) =>
        silo.Grains.Read<DiaryState, List<string?>>(diary.Grain, d => [.. d.Texts]).Happens("a read");
}
