using System.Globalization;
using SmartClub.Simulated;
using Xunit.Abstractions;

namespace SmartClub.Tests.Engines;

/// <summary>
/// The production silo in one thread, on a virtual clock, with a simulated database and network and faults by a seed.
/// The oracle is in the simulator: a run that ends without a fault has kept every promise.
/// </summary>
public sealed class SimulatedClubTests(ITestOutputHelper output)
{
    public static TheoryData<string> Mutations => [.. Mutation.All.Select(m => m.Name)];

    [Fact]
    public void FewClubs_KeepTheirPromises() => Hold(KeptSeeds.All.Concat(Enumerable.Range(1, 40)));

    [Fact]
    [Trait("Category", "Slow")]
    public void ThousandClubs_KeepTheirPromises() => Hold(Enumerable.Range(41, 960));

    [Fact]
    public void SameSeed_GivesTheSameRun()
    {
        foreach (var seed in (int[])[7, 8, 9])
        {
            var (first, again) = (Simulator.Run(seed), Simulator.Run(seed));
            Assert.Equal((first.Trace, first.Steps, first.Rows), (again.Trace, again.Steps, again.Rows));
            Assert.NotEqual(first.Trace, Simulator.Run(seed + 100).Trace);
        }
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void BrokenPromise_IsFound(string mutation)
    {
        const int enough = 400;
        var campaign = Simulator.Try(Enumerable.Range(1, enough), Mutation.Named(mutation));
        Assert.NotNull(campaign.Failure);
        output.WriteLine(
            $"{mutation}: seed {campaign.Failure.Seed} after {campaign.Elapsed.TotalSeconds:F1} s: "
            + campaign.Failure.Fault);
    }

    private void Hold(IEnumerable<int> seeds)
    {
        var campaign = Simulator.Try(seeds);
        Assert.True(campaign.Failure is null, $"seed {campaign.Failure?.Seed}: {campaign.Failure?.Fault}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{campaign.Runs} clubs, {campaign.Rows} rows, {campaign.HoursPerHour:F0} simulated hours an hour"));
        Assert.True(campaign.HoursPerHour > 1_000);
    }
}
