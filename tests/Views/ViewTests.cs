using SmartClub.Grains.Model;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Views;

/// <summary>Views follow the journal, miss nothing, and come out equal when they are built anew.</summary>
public sealed class ViewTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Rebuild_GivesWhatWasThere()
    {
        var silo = await Busy(seats: 300);
        var before = await Tables(silo.Get<ViewStore>());
        Assert.Contains(before, r => r.StartsWith("test_seats", StringComparison.Ordinal));
        await silo.Get<Verifier>().Run(default);
        await silo.Stop();

        await using var database = new Database(world.Database.Uri());
        var journal = new PostgresJournalStore(database);
        var keys = ClubKeys.Open(world.DataFolder);
        var codec = new Codec(TestSilo.Modules, new KeyRing(journal, keys));
        var reader = new JournalReader(journal, new RowCodec(codec));
        var store = new ViewStore(TestSilo.Modules, database, reader, new ViewSeal(keys));
        await world.Database.Run("delete from views.test_halls; insert into views.test_seats values ('stray', 'x')");
        await store.Rebuild(store.Views, await store.Reached(default), default);
        Assert.Equal(before, await Tables(store));
    }

    [Fact]
    public async Task WaitFor_ShowsOnesOwnWrite_AtOnce()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 2_000), "open");
        for (var i = 0; i < 40; i++)
        {
            // The clock stands still, so only the hurry of who waits can end the runner's rest.
            var seat = await silo.Send(new TakeSeat(Hall, $"guest {i}"), $"{i}");
            await silo.Views.WaitFor(seat.Position!.Value, default).Happens("the view shows the seat");
            Assert.Equal(i + 1, await world.Database.Scalar<long>("select taken from views.test_halls"));
        }

        await Task.WhenAll(Enumerable.Range(40, 400).Select(i => Task.Run(async () =>
        {
            var seat = await silo.Send(new TakeSeat(Hall, "x"), $"{i}");
            await silo.Views.WaitFor(seat.Position!.Value, default);
            Assert.True(silo.Views.Reached >= seat.Position);
        }))).Happens("all see their own write");
    }

    [Fact]
    public async Task WaitFor_GivesUp_WhenTheViewsStandStill()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 5), "open");
        var behind = silo.Views.WaitFor(silo.Writer.DurablePosition + 1, default);
        world.Clock.Advance(SmartClub.Silo.Limits.ViewWait);
        await Assert.ThrowsAsync<ViewBehindException>(() => behind.Happens("it gives up"));
    }

    [Fact]
    public async Task SecondRunner_IsFenced_AndWritesNothing()
    {
        var silo = await Busy(seats: 5);
        var store = silo.Get<ViewStore>();
        var at = await store.Reached(default);
        var batch = new ViewBatch(store.Tables);
        batch.Add(new RowChange("test_seats", "stranger", new Dictionary<string, object?> { ["guest"] = "x" }));

        await Assert.ThrowsAsync<FencedException>(() => store.Advance(batch, at - 1, at + 1, default));
        Assert.Equal(0, await world.Database.Scalar<long>(
            "select count(*) from views.test_seats where key = 'stranger'"));
        Assert.Equal(at, await store.Reached(default));
    }

    [Fact]
    public async Task Silo_Ends_WhenSomebodyElseMovedItsViews()
    {
        var silo = await Busy(seats: 5);
        var ended = silo.Ended;
        await world.Database.Run("update views.checkpoints set position = position + 1");
        await silo.Send(new TakeSeat(Hall, "x"), "x");
        await world.Drive(ended, "the silo ends");
        Assert.IsType<FencedException>(silo.Host.Fault);
    }

    [Fact]
    public async Task Views_CatchUpFromTheDatabase_WhenFurtherBehindThanTheRing()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 100_000), "open");
        var rows = SmartClub.Silo.Limits.FeedRows + 3_000;
        long last;
        await using (var slow = await world.Database.Open())
        {
            await using var transaction = await slow.BeginTransactionAsync();
            await using var hold = new Npgsql.NpgsqlCommand(
                "lock table views.checkpoints in exclusive mode", slow, transaction);
            await hold.ExecuteNonQueryAsync();
            last = (await silo.Fill(Hall, rows)).Max(a => a.Position!.Value);
            Assert.True(silo.Views.Reached < last - SmartClub.Silo.Limits.FeedRows);
        }

        await silo.Views.WaitFor(last, default).Happens("the views catch up");
        Assert.Equal(rows, await world.Database.Scalar<long>("select taken from views.test_halls"));
        await silo.Get<Verifier>().Run(default);
    }

    [Fact]
    public async Task Silo_ShowsAllRows_ThatWereCommittedJustBeforeItsPredecessorDied()
    {
        var silo = await Busy(seats: 3);
        await using (var slow = await world.Database.Open())
        {
            await using var transaction = await slow.BeginTransactionAsync();
            await using var hold = new Npgsql.NpgsqlCommand(
                "lock table views.checkpoints in exclusive mode", slow, transaction);
            await hold.ExecuteNonQueryAsync();
            await silo.Send(new TakeSeat(Hall, "late"), "late");
            await silo.Kill();
        }

        silo = await world.Start();
        await silo.Views.WaitFor(silo.Writer.DurablePosition, default).Happens("the views are there");
        Assert.Equal("late", await world.Database.Scalar<string>("select guest from views.test_halls"));
        Assert.True(silo.Host.IsReady);
    }

    [Fact]
    public async Task View_IsForgotten_WhenNobodyKeepsItAnyMore()
    {
        var silo = await Busy(seats: 3);
        await silo.Stop();
        await world.Database.Run(
            "create table views.old_guests (key text primary key); insert into views.old_guests values ('x'); "
            + "insert into views.checkpoints select 'old_guests', 1, max(position) from views.checkpoints");

        silo = await world.Start();
        await silo.Send(new TakeSeat(Hall, "y"), "y");
        await silo.Views.WaitFor(silo.Writer.DurablePosition, default).Happens("the views are there");
        Assert.Equal(0, await world.Database.Scalar<long>(
            "select count(*) from pg_tables where schemaname = 'views' and tablename = 'old_guests'"));
        Assert.Equal(0, await world.Database.Scalar<long>(
            "select count(*) from views.checkpoints where name = 'old_guests'"));
        Assert.Equal(4, await world.Database.Scalar<long>("select taken from views.test_halls"));
    }

    [Fact]
    public async Task View_IsBuiltAnew_WhenItsVersionRises()
    {
        var silo = await Busy(seats: 9);
        var before = await world.Database.Rows("select * from views.test_halls");
        await silo.Stop();
        await world.Database.Run(
            "update views.checkpoints set version = version - 1 where name = 'test_halls'; "
            + "drop table views.test_seats; update views.test_halls set guest = 'old shape'");

        silo = await world.Start();
        Assert.Equal(before, await world.Database.Rows("select * from views.test_halls"));
        await silo.Get<Verifier>().Run(default);
        Assert.Equal(1, await world.Database.Scalar<int>(
            "select version from views.checkpoints where name = 'test_halls'"));
    }

    [Fact]
    public async Task View_ThatIsNew_IsBuiltFromTheWholeJournal()
    {
        var silo = await Busy(seats: 9);
        await silo.Stop();
        silo = await world.Start(new FeatureModule("more", [], [new CountingView()], []));
        Assert.Equal(10, await world.Database.Scalar<long>("select count(*) from views.test_numbers"));
        await silo.Get<Verifier>().Run(default);
    }

    private async Task<TestSilo> Busy(int seats)
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 10_000), "open");
        var last = (await silo.Fill(Hall, seats)).Max(a => a.Position!.Value);
        await silo.Views.WaitFor(last, default).Happens("the views are there");
        return silo;
    }

    private async Task<List<string>> Tables(ViewStore store)
    {
        var all = new List<string>();
        foreach (var table in store.Tables.Keys.Order(StringComparer.Ordinal))
        {
            var rows = await world.Database.Rows($"select * from views.{table} order by key");
            all.AddRange(rows.Select(r => $"{table} {r}"));
        }

        return all;
    }

    private sealed class CountingView : IView
    {
        public string Name => "test_numbers";

        public int Version => 1;

        public IReadOnlyList<ViewTable> Tables { get; } =
            [new("test_numbers", new Dictionary<string, ColumnType> { ["at"] = ColumnType.Time })];

        public IReadOnlySet<Type> Events { get; } = new HashSet<Type> { typeof(HallOpened), typeof(SeatGiven) };

        public IEnumerable<RowChange> Map(Recorded recorded) =>
            [new("test_numbers", $"{recorded.Position}", new Dictionary<string, object?> { ["at"] = recorded.At })];
    }
}
