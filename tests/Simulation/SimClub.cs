using System.Security.Cryptography;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support.TestGrains;

namespace SmartClub.Simulated;

/// <summary>What all simulated clubs have in common: the grains, and secrets that are none.</summary>
internal static class SimClub
{
    public static IReadOnlyList<FeatureModule> Modules { get; } = [.. SmartClub.Grains.Modules.All, TestModule.Module];

    public static IReadOnlyDictionary<short, GrainDefinition> Definitions { get; } =
        Modules.SelectMany(m => m.Grains).ToDictionary(g => g.Kind);

    /// <summary>The same keys in every run, so that the same seed gives the same hashes.</summary>
    public static ClubKeys Keys { get; } = MakeKeys();

    private static ClubKeys MakeKeys()
    {
        var folder = Directory.CreateTempSubdirectory("smartclub-simulated-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "keys"));
            File.WriteAllBytes(
                Path.Combine(folder.FullName, "keys", "master.key"), SHA256.HashData("a simulated club"u8));
            return ClubKeys.Open(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
