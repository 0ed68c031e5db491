using System.Reflection;
using SmartClub.Grains.Model;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Journal;
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
    public async Task Keys_AreAskedForBeforeRowsAreDecoded_WhereNotAllFitInMemory()
    {
        var silo = await world.Start();
        List<string?> words = [.. Enumerable.Range(0, 30).Select(i => $"words {i}")];
        foreach (var word in words)
        {
            await silo.Send(new WriteDiary(TestModule.Named<DiaryTag>(word!), 1, word), word!);
        }

        var store = DispatchProxy.Create<IJournalStore, WatchedStore>();
        var watched = (WatchedStore)(object)store;
        watched.Watch(new PostgresJournalStore(world.Connect()));
        var keys = new KeyRing(store, ClubKeys.Open(world.DataFolder), keysMax: 4);
        await keys.Preload(default);
        var reader = new JournalReader(store, new RowCodec(new Codec(TestSilo.Modules, keys)));
        var read = new List<string?>();
        await foreach (var stored in reader.All(0, int.MaxValue))
        {
            read.AddRange(stored.Row.Events.OfType<DiaryWritten>().Select(written => written.Text));
        }

        Assert.Equal(words, read);
        Assert.Equal(0, watched.AskedInATurn);
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

/// <summary>A store that counts who holds up its thread for a key.</summary>
public class WatchedStore : DispatchProxy
{
    private IJournalStore store = null!;

    public int AskedInATurn { get; private set; }

    public void Watch(IJournalStore watched) => store = watched;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        AskedInATurn += targetMethod!.Name == nameof(IJournalStore.FindPersonKeyNow) ? 1 : 0;
        return targetMethod.Invoke(store, args);
    }
}
