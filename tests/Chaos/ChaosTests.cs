using Xunit.Abstractions;

namespace SmartClub.Tests.Chaos;

/// <summary>A short slice of what <c>./smartclub chaos</c> does for long: each kind of fault once.</summary>
[Collection(nameof(Faults))]
[Trait("Category", "Slow")]
public sealed class ChaosTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261123;
    private readonly string folder = Directory.CreateTempSubdirectory("smartclub-chaos-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task NothingAcknowledged_IsLostOrDoubled_ByAnyKindOfFault()
    {
        using var campaign = new Campaign(
            new Plan(Seed, 0, TimeSpan.Zero, EachKindOnce: true), folder, output.WriteLine);
        var report = await campaign.Run();
        output.WriteLine(string.Join('\n', report.Lines()));
        Assert.True(report.IsGood, string.Join('\n', report.Faults.Take(10)));
    }
}
