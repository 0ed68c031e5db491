using SmartClub.Grains.Alerts;
using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Alerts;

public sealed class DoorPatternsTests
{
    private static readonly MemberId Ann = Town.Id<MemberTag>("ann");
    private static readonly MemberId Ben = Town.Id<MemberTag>("ben");
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly Town town = new();
    private readonly DoorPatterns patterns = new();
    private readonly GateFacts here;
    private readonly GateFacts there;

    public DoorPatternsTests()
    {
        here = town.AddGate(town.AddZone(town.AddSite("Gombe"), "Gym"), "front", confirms: true);
        there = town.AddGate(town.AddZone(town.AddSite("Limete"), "Hall"), "side");
    }

    [Fact]
    public void RefusalsOfOnePerson_AreFoundAtTheThreshold_AndNotInAFlood()
    {
        var found = Many(100, i => See(Ann, here, DoorStepKind.Refused, i * 0.1));
        Assert.Equal(
            [Limits.RefusalsOfPerson - 1, Limits.RefusalsAtGate - 1],
            found.Select(f => (int)Math.Round((f.At - Noon).TotalSeconds * 10)));
        Assert.Equal(
            [(here.SiteId, (GateId?)null, (MemberId?)Ann), (here.SiteId, here.Id, null)],
            found.Select(f => (f.SiteId, f.GateId, f.MemberId)));
        Assert.All(found, f => Assert.Equal(AlertKind.ManyRefusals, f.Kind));
    }

    [Fact]
    public void RefusalsThatGoOn_AreFoundAgain_AfterAWhile() => Assert.Equal(
        2,
        Many(20, i => See(Ann, here, DoorStepKind.Refused, i * Limits.PatternPause.TotalSeconds / 10))
            .Count(f => f.MemberId == Ann));

    [Fact]
    public void RefusalsFarApart_AreNoPattern() => Assert.Empty(
        Many(50, i => See(Ann, here, DoorStepKind.Refused, i * Limits.PatternWindow.TotalSeconds / 3)));

    [Fact]
    public void GrantsThatNobodyUsed_AreFound_AndAPassageForgetsThem()
    {
        Assert.Empty(Many(Limits.UnusedGrants - 1, i => See(Ann, here, DoorStepKind.Ticketed, i)));
        See(Ann, here, DoorStepKind.Passed, 10);
        Assert.Empty(Many(Limits.UnusedGrants - 1, i => See(Ann, here, DoorStepKind.Ticketed, 20 + i)));
        var found = Assert.Single(See(Ann, here, DoorStepKind.Ticketed, 30));
        Assert.Equal(new DoorFinding(here.SiteId, AlertKind.Loitering, here.Id, Ann, Noon.AddSeconds(30)), found);
        Assert.Empty(Many(20, i => See(Ben, there, DoorStepKind.Granted, i)));
    }

    [Fact]
    public void OnePassAtTwoSites_IsFound_WhenNobodyTravelsThatFast()
    {
        See(Ann, here, DoorStepKind.Granted, 0);
        Assert.Empty(See(Ben, there, DoorStepKind.Granted, 1));
        var found = Assert.Single(See(Ann, there, DoorStepKind.Refused, 2));
        Assert.Equal(new DoorFinding(there.SiteId, AlertKind.TwoSites, there.Id, Ann, Noon.AddSeconds(2)), found);
        Assert.Empty(See(Ann, here, DoorStepKind.Granted, 3));
        See(Ben, here, DoorStepKind.Granted, 1 + Limits.BetweenSites.TotalSeconds);
        Assert.Empty(See(Ben, there, DoorStepKind.Granted, 2 + (2 * Limits.BetweenSites.TotalSeconds)));
    }

    [Fact]
    public void OnePassAtTwoSites_IsMeasuredAgainstTheWay_WherePlacesAreKnown()
    {
        // A hundred kilometres: an hour and seven minutes at least.
        town.Locate(town.Site(here.SiteId)!, 0, 15);
        town.Locate(town.Site(there.SiteId)!, 0.8993, 15);
        See(Ann, here, DoorStepKind.Granted, 0);
        See(Ben, here, DoorStepKind.Granted, 0);
        Many(100, i => See(Town.Id<MemberTag>($"{i}"), here, DoorStepKind.Granted, i * 36));
        Assert.Single(See(Ann, there, DoorStepKind.Granted, 65 * 60));
        Assert.Empty(See(Ben, there, DoorStepKind.Granted, 68 * 60));

        // Two names for one building.
        town.Locate(town.Site(there.SiteId)!, 0, 15);
        See(Ben, here, DoorStepKind.Granted, 70 * 60);
        Assert.Empty(See(Ben, there, DoorStepKind.Granted, (70 * 60) + 1));
    }

    private IReadOnlyList<DoorFinding> See(MemberId member, GateFacts gate, DoorStepKind kind, double seconds) =>
        patterns.See(new DoorStep(member, gate.Id, Noon.AddSeconds(seconds), kind), town);

    private static List<DoorFinding> Many(int count, Func<int, IReadOnlyList<DoorFinding>> step) =>
        [.. Enumerable.Range(0, count).SelectMany(step)];
}
