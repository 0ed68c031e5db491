using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Checks;

/// <summary>
/// What is made of the journal, and what opens it, is compared with it: <c>verify</c> names what was changed in
/// snapshots, views and keys.
/// </summary>
public sealed class DamagedCopiesTests : IAsyncLifetime
{
    private DamagedClub club = null!;

    public async Task InitializeAsync() => club = await DamagedClub.Make();

    public async Task DisposeAsync() => await club.DisposeAsync();

    [Fact]
    public async Task ChangedSnapshot_IsNamed()
    {
        var count = await club.World.Database.Scalar<long>("select count(*) from journal.snapshots");
        for (var done = 0; done < 100;)
        {
            var column = ((string[])["kind", "stream", "version", "position", "state_version", "body"])[done % 6];
            var nth = club.Random.NextInt64(count);
            if (await club.TryFlip(
                "journal.snapshots", column,
                $"ctid = (select ctid from journal.snapshots order by kind, stream offset {nth} limit 1)"))
            {
                Assert.Contains("The snapshot of", await club.Fault(), StringComparison.Ordinal);
                await club.UndoSnapshots();
                done++;
            }
        }

        await club.IsWhole();
    }

    [Fact]
    public async Task Snapshot_IsNamed_WhenItWasSealedAnewWithAnotherState()
    {
        var snapshots = club.Parts.GetRequiredService<Snapshots>();
        var definitions = TestSilo.Modules.SelectMany(m => m.Grains).ToDictionary(g => g.Kind);
        foreach (var grain in (await club.Raw()).Select(r => r.Grain).Distinct().Where(_ => club.Random.Next(4) == 0))
        {
            var definition = definitions[grain.Kind];
            if (await snapshots.Find(grain, definition.StateVersion, default) is not var (found, _)
                || Empty(definition) is not { } empty)
            {
                continue;
            }

            await snapshots.Save(
                [snapshots.Seal(grain, found.Version, found.Position, definition, empty)], default);
            Assert.Equal(
                $"The snapshot of {grain} at version {found.Version} differs from the fold of its events.",
                await club.Fault());
            await club.UndoSnapshots();
        }

        await club.IsWhole();
    }

    [Fact]
    public async Task ChangedViewRow_IsNamed_InEveryColumnOfEveryTable()
    {
        foreach (var table in club.Parts.GetRequiredService<ViewStore>().Tables.Values)
        {
            if (await club.World.Database.Scalar<long>($"select count(*) from views.{table.Name}") == 0)
            {
                continue;
            }

            var key = await club.World.Database.Scalar<string>(
                $"select key from views.{table.Name} order by key limit 1");
            await club.World.Database.Run($"create table kept_view as table views.{table.Name}");
            foreach (var (column, type) in table.Columns)
            {
                await club.World.Database.Run(
                    $"update views.{table.Name} set {column} = {Other(column, type)} where key = '{key}'");
                Assert.Equal($"View {table.Name}, row {key}, column {column} differs from the journal.",
                    await club.Fault());
                await club.UndoView(table.Name);
            }

            await club.World.Database.Run($"delete from views.{table.Name} where key = '{key}'");
            Assert.Equal($"View {table.Name} lacks row {key}.", await club.Fault());
            await club.UndoView(table.Name);
            await club.World.Database.Run($"insert into views.{table.Name} (key) values ('stray')");
            Assert.Equal($"View {table.Name} has a row stray that the journal does not give.", await club.Fault());
            await club.UndoView(table.Name);
            await club.World.Database.Run("drop table kept_view");
        }

        await club.World.Database.Run("update views.checkpoints set position = position + 1 where name = 'members'");
        Assert.Equal($"View members has reached {club.Head + 1}; the journal ends at {club.Head}.", await club.Fault());
        await club.World.Database.Run("update views.checkpoints set position = position - 1 where name = 'members'");
        await club.IsWhole();
        await club.World.Database.Run("drop table views.members");
        Assert.Contains("views.members", await club.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyOfAPerson_IsNamed_WhenItWasChanged()
    {
        var people = await club.World.Database.Rows("select person from vault.person_keys order by person");
        foreach (var person in people.Select(p => p.Trim('(', ')')))
        {
            await club.TryFlip("vault.person_keys", "wrapped", $"person = '{person}'");

            // Keys that are in memory would hide it.
            await club.Renew();
            var fault = await club.Fault();
            Assert.True(
                fault.Contains(person.Replace("-", ""), StringComparison.Ordinal)
                || fault.Contains("The snapshot of", StringComparison.Ordinal), fault);
            await club.World.Database.Run(
                "truncate vault.person_keys; insert into vault.person_keys select * from kept_keys");
        }

        await club.IsWhole();
    }

    // A state in which nothing has happened yet.
    private static byte[]? Empty(GrainDefinition definition)
    {
        var state = definition.NewState();
        var json = System.Text.Json.JsonSerializer.Serialize(state, state.GetType(), ActivationSnapshot.Json);
        return Encoding.UTF8.GetBytes($$"""{"state":{{json}}}""");
    }

    private static string Other(string column, ColumnType type) => type switch
    {
        ColumnType.Number => $"coalesce({column}, 0) + 1",
        ColumnType.Flag => $"not coalesce({column}, false)",
        ColumnType.Time => $"coalesce({column}, now()) + interval '1 ms'",
        ColumnType.Day => $"coalesce({column}, '2026-01-01') + 1",
        ColumnType.Json => """'{"other":1}'""",
        _ => $"coalesce({column}, '') || 'x'",
    };
}
