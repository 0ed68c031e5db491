using System.Text;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Tests.Backups;

/// <summary>What cannot be restored is refused in a sentence, before anything is written.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private static readonly Id<HallTag> Hall = TestModule.Named<HallTag>("hall");
    private readonly Random random = new(20_261_124);
    private World world = null!;
    private World other = null!;
    private Backup backup = null!;
    private TestSilo silo = null!;

    public async Task InitializeAsync()
    {
        (world, other) = (await World.Create(), await World.Create());
        silo = await world.Start();
        await silo.Send(new OpenHall(Hall, 100), "open");
        await silo.Fill(Hall, 30);
        await silo.Send(new WriteDiary(TestModule.Named<DiaryTag>("diary"), 1, "secret words"), "write");
        backup = await Backup.Of(silo);
    }

    public async Task DisposeAsync()
    {
        await world.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task OtherFiles_AreRefused()
    {
        foreach (var content in (byte[][])[[], [1, 2, 3], new byte[10_240], Encoding.UTF8.GetBytes("hello\n")])
        {
            await Refuses("not a backup of SmartClub", backup with { File = content });
            await Refuses("not a file of keys of SmartClub", backup with { Keys = content });
        }

        await Refuses("the other file", backup with { File = backup.Keys });
        await Refuses("the other file", backup with { Keys = backup.File });
    }

    [Fact]
    public async Task FileThatWasCutShort_IsRefused_WhereverItWasCut()
    {
        for (var i = 0; i < 40; i++)
        {
            await Refuses("", backup with { File = backup.File[..random.Next(backup.File.Length - 2_048)] });
            await Refuses("", backup with { Keys = backup.Keys[..random.Next(backup.Keys.Length - 2_048)] });
        }
    }

    [Fact]
    public async Task FlippedByte_IsRefused_OrChangesNothing()
    {
        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            var (file, keys) = (backup.File.ToArray(), backup.Keys.ToArray());
            var damaged = i % 2 == 0 ? file : keys;
            var at = random.Next(damaged.Length);
            while (damaged[at] == 0)
            {
                at = random.Next(damaged.Length);
            }

            damaged[at] ^= (byte)random.Next(1, 256);
            await using var place = await World.Create();
            try
            {
                // Between the parts of a tar there are bytes that mean nothing.
                var restored = await (backup with { File = file, Keys = keys }).Into(place);
                Assert.Equal(backup.Manifest.Position, restored.Found.Rows);
                Assert.Equal(
                    await world.Database.Rows("select * from vault.person_keys"),
                    await place.Database.Rows("select * from vault.person_keys"));
            }
            catch (RefusesToRunException)
            {
                refused++;
                Assert.True(await place.Database.Scalar<bool>("select to_regclass('journal.rows') is null"));
            }
        }

        Assert.True(refused > 30, $"{refused}");
    }

    [Fact]
    public async Task OtherClubsKeys_AreRefused()
    {
        var stranger = await Backup.Of(await other.Start());
        await using var third = await World.Create();
        var refusal = await Assert.ThrowsAsync<RefusesToRunException>(
            () => (backup with { Keys = stranger.Keys }).Into(third));
        Assert.Contains("another club", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OlderKeys_AreRefused_ForSomeoneMayHaveComeSince()
    {
        await silo.Send(new WriteDiary(TestModule.Named<DiaryTag>("newcomer"), 1, "hello"), "hello");
        var later = await Backup.Of(silo);
        await Refuses("older than the backup", later with { Keys = backup.Keys });
    }

    [Fact]
    public async Task FilesOfANewerVersion_AreRefused()
    {
        await world.Database.Run("insert into public.schema_version values (999)");
        var schema = await Backup.Of(silo);
        await Refuses("made by a newer SmartClub", schema);
    }

    [Fact]
    public async Task DatabaseOrFolderOfAClub_IsLeftAlone()
    {
        await using var folder = await World.Create();
        await backup.Into(folder);
        var refusal = await Assert.ThrowsAsync<RefusesToRunException>(() => backup.Into(folder));
        Assert.Contains("has keys already", refusal.Message, StringComparison.Ordinal);

        await (await other.Start()).Stop();
        Directory.Delete(Path.Combine(other.DataFolder, "keys"), recursive: true);
        refusal = await Assert.ThrowsAsync<RefusesToRunException>(() => backup.Into(other));
        Assert.Contains("holds a club already", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimeBeforeTheFirstRow_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<RefusesToRunException>(
            () => backup.Into(other, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Contains("Nothing in this backup", refusal.Message, StringComparison.Ordinal);
    }

    private async Task Refuses(string why, Backup wrong)
    {
        var keys = Path.Combine(other.DataFolder, "keys");
        var refusal = await Assert.ThrowsAsync<RefusesToRunException>(() => wrong.Into(other));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.True(await other.Database.Scalar<bool>("select to_regclass('journal.rows') is null"));
        if (Directory.Exists(keys))
        {
            Directory.Delete(keys, recursive: true);
        }
    }
}
