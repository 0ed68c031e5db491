using Microsoft.Extensions.DependencyInjection;
using SmartClub.Grains.Model;
using SmartClub.Silo;
using SmartClub.Silo.Backups;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Backups;

/// <summary>The two files of a backup, in memory.</summary>
internal sealed record Backup(byte[] File, byte[] Keys, BackupManifest Manifest)
{
    public static async Task<Backup> Of(TestSilo silo)
    {
        var (file, keys) = (new MemoryStream(), new MemoryStream());
        var manifest = await silo.Get<BackupWriter>().Write(file, keys, default).Happens("a backup");
        return new Backup(file.ToArray(), keys.ToArray(), manifest);
    }

    /// <summary>Restores into a world that nobody has used yet.</summary>
    public Task<Restored> Into(World world, DateTimeOffset? until = null) => Into(world, TestSilo.Modules, until);

    public async Task<Restored> Into(
        World world, IReadOnlyList<FeatureModule> modules, DateTimeOffset? until = null)
    {
        var keysFile = KeysFile.Read(new MemoryStream(Keys));
        keysFile.Unpack(world.DataFolder);
        await using var parts = new ServiceCollection().AddLogging()
            .AddSilo(new SiloSettings(world.Database.Uri(), world.DataFolder, 0, null, null, null), modules)
            .BuildServiceProvider();
        return await parts.GetRequiredService<Restorer>().Run(new MemoryStream(File), keysFile, until, default);
    }
}
