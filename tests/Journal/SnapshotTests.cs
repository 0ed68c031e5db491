using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Journal;

/// <summary>
/// Snapshots make starting fast and change nothing else: without them, or with bad ones, all is the same.
/// </summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData("select 1")]
    [InlineData("delete from journal.snapshots")]
    [InlineData("update journal.snapshots set body = set_byte(body, 40, 255 - get_byte(body, 40))")]
    [InlineData("update journal.snapshots set body = set_byte(body, 0, 1 - get_byte(body, 0))")]
    [InlineData("update journal.snapshots set body = ''")]
    [InlineData("update journal.snapshots set state_version = state_version - 1")]
    [InlineData("update journal.snapshots set version = version - 1")]
    [InlineData("update journal.snapshots set position = position - 1")]
    [InlineData("update journal.snapshots t set stream = s.stream from journal.snapshots s where s.kind <> t.kind")]
    public async Task State_IsTheSame_WhateverBecameOfTheSnapshots(string damage)
    {
        var silo = await Busy();
        await silo.SnapshotAll();
        var taken = await silo.Send(new TakeSeat(Hall, "after"), "after");
        var before = await silo.States();
        await silo.Kill();
        await world.Database.Run(damage);

        silo = await world.Start();
        Assert.Equal(before, await silo.States());
        Assert.Equal(taken, await silo.Send(new TakeSeat(Hall, "after"), "after"));
    }

    [Fact]
    public async Task Snapshot_IsReallyUsed()
    {
        var silo = await Busy();
        await silo.SnapshotAll();
        await silo.Views.WaitFor(silo.Writer.DurablePosition, default).Happens("the views are there");
        await silo.Kill();

        // What a snapshot holds is not read again from the journal: with its rows unreadable, it is still there.
        await world.Database.Run(
            $"update journal.rows set body = '' where kind = {Hall.Grain.Kind} and version between 2 and 50");
        silo = await world.Start();
        Assert.Equal(40, await silo.Taken(Hall));
    }

    [Fact]
    public async Task BusyGrain_GetsItsSnapshot_ThoughItIsNeverAtRest()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 1_000), "open");
        await silo.Fill(Hall, 300);
        await using var watch = await world.Database.Open();
        await world.Database.Run(
            """
            create function test_told() returns trigger language plpgsql as
              $$ begin notify test_snapshots; return null; end $$;
            create trigger test_told after insert on journal.snapshots
              for each statement execute function test_told()
            """);
        await using var listen = new Npgsql.NpgsqlCommand("listen test_snapshots", watch);
        await listen.ExecuteNonQueryAsync();

        await using var hold = await world.HoldCommits();
        var seat = silo.Begin(new TakeSeat(Hall, "on its way"), "on its way");
        silo.Catalogue.SnapshotBusy();
        await hold.Release();
        await seat.Happens("the seat");
        await watch.WaitAsync().Happens("the snapshot is written once its last row is durable");
        await silo.Kill();

        silo = await world.Start();
        Assert.Equal(301, await silo.Taken(Hall));
        Assert.Equal(302, await world.Database.Scalar<int>("select version from journal.snapshots"));
    }

    [Fact]
    public async Task Snapshot_OfStateThatWasDropped_IsNeverWritten()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 1_000), "open");
        await silo.Fill(Hall, 300);
        await world.Database.Run(
            """
            create function test_no() returns trigger language plpgsql as
              $$ begin raise exception using errcode = '53100'; end $$;
            create trigger test_no before insert on journal.rows for each row execute function test_no()
            """);
        Task seat;
        await using (await world.HoldCommits())
        {
            seat = silo.Begin(new TakeSeat(Hall, "lost"), "lost");
            silo.Catalogue.SnapshotBusy();
        }

        await Assert.ThrowsAsync<JournalUnavailableException>(() => seat.Happens("an outage"));
        await world.Database.Run("drop trigger test_no on journal.rows");
        await silo.Send(new TakeSeat(Hall, "kept"), "kept");
        Assert.Equal(301, await silo.Taken(Hall));
        Assert.Equal(0, await world.Database.Scalar<long>(
            "select count(*) from journal.snapshots where version > 301"));
    }

    private async Task<TestSilo> Busy()
    {
        var silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 40), "open");
        await silo.Fill(Hall, 60);
        var echo = TestModule.Named<EchoTag>("echo");
        _ = silo.Begin(new Ask(echo, "?"), "ask");
        await silo.Send(new SetAlarm(echo, "tea", world.Clock.GetUtcNow().AddDays(1)), "tea");
        await silo.Send(new WriteDiary(TestModule.Named<DiaryTag>("diary"), 1, "mine"), "write");
        return silo;
    }
}
