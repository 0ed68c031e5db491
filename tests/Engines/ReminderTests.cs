using SmartClub.Grains.Model;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Engines;

/// <summary>A reminder fires once, at its time or as soon as somebody can, and not when it was taken back.</summary>
public sealed class ReminderTests : IAsyncLifetime
{
    private static readonly Id<EchoTag> Echo = TestModule.Named<EchoTag>("echo");
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Create();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Reminder_FiresAtItsTime_Once()
    {
        var silo = await world.Start();
        await Set(silo, "tea", 10);
        await Set(silo, "later", 20);
        world.Clock.Advance(Minute * 9);
        Assert.DoesNotContain(silo.Commits.Rows, r => r.Events.OfType<Rang>().Any());

        await Rings(silo, "tea", advance: 1);
        var rows = silo.Commits.Rows.Count;
        await Rings(silo, "later", advance: 10);
        Assert.Equal("tea later", await silo.Rung(Echo));
        Assert.Equal(rows + 1, silo.Commits.Rows.Count);
    }

    [Fact]
    public async Task Reminder_FiresOnce_AcrossRestarts()
    {
        var silo = await world.Start();
        await Set(silo, "tea", 10);
        await Set(silo, "far", 300);
        await silo.Kill();

        // It fell due while nobody was there.
        world.Clock.Advance(Minute * 30);
        silo = await world.Start();
        await silo.Commits.Row(r => r.Events.OfType<Rang>().Any()).Happens("the missed alarm rings");
        await silo.Kill();

        silo = await world.Start();
        await Rings(silo, "far", advance: 300);
        Assert.Equal("tea far", await silo.Rung(Echo));
        await silo.CheckJournal();
    }

    [Fact]
    public async Task Reminder_FiresOnce_WhenTheSiloDiesWhileItFires()
    {
        var silo = await world.Start();
        await Set(silo, "tea", 10);
        var head = (await silo.CheckJournal()).Position;
        var committed = silo.Wire.AnswersInVain("PGCOPY");
        world.Clock.Advance(Minute * 10);
        await committed.Happens("the alarm is committed, and nobody was told");
        await silo.Kill();

        silo = await world.Start();
        await Set(silo, "end", 1);
        await Rings(silo, "end", advance: 1);
        Assert.Equal("tea end", await silo.Rung(Echo));
        Assert.Equal(head + 3, (await silo.CheckJournal()).Position);
    }

    [Fact]
    public async Task Reminder_IsReplacedOrCancelled()
    {
        var silo = await world.Start();
        await Set(silo, "tea", 10);
        await Set(silo, "nap", 10);
        await silo.Send(new SetAlarm(Echo, "tea", Due(20)), "tea again");
        await silo.Send(new ForgetAlarm(Echo, "nap"), "forget");
        await Set(silo, "between", 15);
        await Rings(silo, "between", advance: 15);
        await Rings(silo, "tea", advance: 5);
        Assert.Equal("between tea", await silo.Rung(Echo));
    }

    // What is owed is read from a view, and a view may be late: the grain itself must know what still counts.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reminder_DoesNotFire_WhenItWasTakenBackBehindTheViews(bool replaced)
    {
        var silo = await world.Start();
        var set = await silo.Send(new SetAlarm(Echo, "tea", Due(10)), "tea");
        await silo.Views.WaitFor(set.Position!.Value, default).Happens("the view owes the alarm");
        await using (var late = await world.Database.Open())
        {
            await using var transaction = await late.BeginTransactionAsync();
            await using var hold = new Npgsql.NpgsqlCommand(
                "lock table views.checkpoints, views.outstanding in exclusive mode", late, transaction);
            await hold.ExecuteNonQueryAsync();
            ICommand back = replaced ? new SetAlarm(Echo, "tea", Due(60)) : new ForgetAlarm(Echo, "tea");
            await silo.Send(back, "back");
            await silo.Kill();
            silo = await world.Start();
            await Set(silo, "end", 12);
            await Rings(silo, "end", advance: 12);
        }

        Assert.Equal("end", await silo.Rung(Echo));
    }

    private DateTimeOffset Due(int minutes) => world.Clock.GetUtcNow() + (Minute * minutes);

    private Task Set(TestSilo silo, string name, int minutes) =>
        silo.Send(new SetAlarm(Echo, name, Due(minutes)), "set " + name);

    private async Task Rings(TestSilo silo, string name, int advance)
    {
        var rings = silo.Commits.Row(r => r.Events.OfType<Rang>().Any(e => e.Name == name));
        world.Clock.Advance(Minute * advance);

        // After such a jump the silo may have to prove first that it is still the owner: its clock must go on.
        await world.Drive(rings, $"'{name}' rings");
    }
}
