using SmartClub.Grains.Model;
using SmartClub.Grains.Zones;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Zones;

public sealed class ZoneRulesTests
{
    private static readonly ZoneId Zone = Town.Id<ZoneTag>("zone");
    private static readonly MemberId Ann = Town.Id<MemberTag>("ann");
    private static readonly MemberId Ben = Town.Id<MemberTag>("ben");
    private readonly Town town = new();
    private readonly SiteFacts site;
    private long move;
    private readonly Given<ZoneState> zone;

    public ZoneRulesTests()
    {
        site = town.AddSite("Gombe");
        zone = new Given<ZoneState>(ZonesModule.Module.Grains[0], town);
    }

    [Fact]
    public void Create_IsRefused_InOrder()
    {
        var nowhere = Town.Id<SiteTag>("nowhere");
        var wrong = new CreateZone(Zone, nowhere, "", AntiPassback.Hard, -1, 0);
        zone.When(wrong).IsRefused(ZoneRefusal.InvalidName);
        zone.When(wrong = wrong with { Name = "Pool" }).IsRefused(ZoneRefusal.InvalidForgiveness);
        zone.When(wrong with { ForgivenessMinutes = Limits.ForgivenessMinutes + 1 })
            .IsRefused(ZoneRefusal.InvalidForgiveness);
        zone.When(wrong = wrong with { ForgivenessMinutes = 0 }).IsRefused(ZoneRefusal.InvalidCapacity);
        zone.When(wrong with { Capacity = Limits.ZoneCapacity + 1 }).IsRefused(ZoneRefusal.InvalidCapacity);
        zone.When(wrong = wrong with { Capacity = 1 }).IsRefused(ZoneRefusal.UnknownSite);
        zone.When(wrong = wrong with { SiteId = site.Id }).Tells<ZoneCreated>();
        zone.When(wrong).IsRefused(ZoneRefusal.ZoneExists);
    }

    [Fact]
    public void Change_IsRefused_InOrder()
    {
        var wrong = new ChangeZone(Zone, "", AntiPassback.Off, -1, 0);
        zone.When(wrong).IsRefused(ZoneRefusal.NotFound);
        With(capacity: null);
        town.AddZone(site, "zone");
        zone.When(wrong).IsRefused(ZoneRefusal.InvalidName);
        zone.When(wrong = wrong with { Name = "Bassin" }).IsRefused(ZoneRefusal.InvalidForgiveness);
        zone.When(wrong = wrong with { ForgivenessMinutes = 0 }).IsRefused(ZoneRefusal.InvalidCapacity);
        var changed = zone.When(wrong with { Capacity = 3 }).Tells<ZoneChanged>();
        Assert.Equal((site.Id, "Bassin", AntiPassback.Off, 3),
            (changed.SiteId, changed.Name, changed.AntiPassback, changed.Capacity));
    }

    [Fact]
    public void Change_CountsOtherwise_FromThenOn()
    {
        With(capacity: 1);
        Capture(Ann, 0);
        Hold(Ben, 1).IsRefused(ZoneRefusal.CapacityFull);
        zone.Events(Changed(capacity: 2));
        Hold(Ben, 1).Tells<PlaceHeld>();

        // Sooner forgiven: who came in before that is over at once.
        Later(3_600);
        zone.Events(Changed(capacity: 1, forgivenessMinutes: 30));
        Assert.Equal(1, Hold(Ben, 2).Tells<PlaceHeld>().Taken);
    }

    [Fact]
    public void Change_ToUncounted_ForgetsWhoWasCounted()
    {
        With(capacity: 1);
        Capture(Ann, 0);
        zone.Events(Changed(capacity: null), Changed(capacity: 1));
        Assert.Empty(zone.When(new ReleaseHold(Zone, Ann, 0)).Events);
        Assert.Equal(1, Hold(Ben, 1).Tells<PlaceHeld>().Taken);
    }

    [Fact]
    public void Places_OfNoZone_AreNotFound()
    {
        foreach (var command in new ICommand[]
        {
            new HoldPlace(Zone, Ann, 1, zone.Now), new CapturePlace(Zone, Ann, 1, 1, zone.Now),
            new ReleaseHold(Zone, Ann, 1), new ReleasePlace(Zone, Ann, ++move),
        })
        {
            zone.When(command).IsRefused(ZoneRefusal.NotFound);
        }
    }

    [Fact]
    public void Hold_IsRefused_WhenAllPlacesAreHeldOrTaken()
    {
        With(capacity: 1);
        Assert.Equal(1, Hold(Ann, 1).Tells<PlaceHeld>().Taken);
        Hold(Ben, 1).IsRefused(ZoneRefusal.CapacityFull);
        Capture(Ann, 1);
        Later(3_600);
        Hold(Ben, 2).IsRefused(ZoneRefusal.CapacityFull);
        zone.When(new ReleasePlace(Zone, Ann, ++move)).Tells<PlaceReleased>();
        Hold(Ben, 3).Tells<PlaceHeld>();
    }

    [Fact]
    public void Hold_RunsOut_ByItself()
    {
        With(capacity: 1);
        Hold(Ann, 1);
        Later(59);
        Hold(Ben, 1).IsRefused(ZoneRefusal.CapacityFull);
        Later(1);
        Assert.Equal(1, Hold(Ben, 2).Tells<PlaceHeld>().Taken);
        Assert.False(zone.State.Places.ContainsKey(Ann.Value));
    }

    [Fact]
    public void Hold_OfTheSameMember_TakesOnePlace()
    {
        With(capacity: 1);
        Hold(Ann, 1);
        Assert.Equal(1, Hold(Ann, 2).Tells<PlaceHeld>().Taken);
        zone.When(new ReleaseHold(Zone, Ann, 1)).TellsNothing();
        zone.When(new ReleaseHold(Zone, Ann, 2)).Tells<HoldReleased>();
        Hold(Ben, 1).Tells<PlaceHeld>();
    }

    [Fact]
    public void ReleasedHold_KeepsThePlaceThatIsTaken()
    {
        With(capacity: 1);
        Hold(Ann, 1);
        Capture(Ann, 1);
        Hold(Ann, 2);
        zone.When(new ReleaseHold(Zone, Ann, 2));
        Hold(Ben, 1).IsRefused(ZoneRefusal.CapacityFull);
        Hold(Ann, 3);
        zone.When(new ReleasePlace(Zone, Ann, ++move));
        Hold(Ben, 2).IsRefused(ZoneRefusal.CapacityFull);
        Later(60);
        Hold(Ben, 3).Tells<PlaceHeld>();
    }

    [Fact]
    public void Capture_IsAFact_AboveCapacity()
    {
        With(capacity: 1);
        Assert.False(Capture(Ann, 1).IsOverCapacity);
        var over = Capture(Ben, 9);
        Assert.Equal((true, 2), (over.IsOverCapacity, over.Taken));
    }

    [Fact]
    public void Capture_OfAnOlderTicket_LeavesTheNewerHold()
    {
        With(capacity: 2);
        Hold(Ann, 1);
        Hold(Ann, 2);
        Assert.Equal(1, Capture(Ann, 1).Taken);
        Assert.NotNull(zone.State.Places[Ann.Value].HeldUntil);
    }

    [Fact]
    public void Occupants_AreForgotten_AfterForgiveness()
    {
        With(capacity: 1, forgivenessMinutes: 30);
        Capture(Ann, 1);
        Later((30 * 60) - 1);
        Hold(Ben, 1).IsRefused(ZoneRefusal.CapacityFull);
        Later(1);
        Hold(Ben, 2).Tells<PlaceHeld>();
        Assert.Equal(1, zone.State.Taken(zone.Now));
    }

    [Fact]
    public void Release_KeepsAHold()
    {
        With(capacity: 1);
        Hold(Ann, 1);
        zone.When(new ReleasePlace(Zone, Ann, ++move));
        Hold(Ben, 1).IsRefused(ZoneRefusal.CapacityFull);
    }

    [Fact]
    public void Messages_MayOvertakeEachOther()
    {
        // In, out, in, out: whatever the order of arrival, nobody is left inside.
        ICommand[] moves =
        [
            new CapturePlace(Zone, Ann, 0, 1, zone.Now), new ReleasePlace(Zone, Ann, 2),
            new CapturePlace(Zone, Ann, 0, 3, zone.Now), new ReleasePlace(Zone, Ann, 4),
        ];
        for (var order = 0; order < 24; order++)
        {
            var arriving = moves.ToList();
            var fresh = new Given<ZoneState>(ZonesModule.Module.Grains[0], town);
            fresh.Events(new ZoneCreated(site.Id, "Pool", AntiPassback.Hard, 0, 1));
            for (int left = 4, rest = order; left > 0; rest /= left, left--)
            {
                fresh.When(arriving[rest % left]);
                arriving.RemoveAt(rest % left);
            }

            Assert.Equal(0, fresh.State.Taken(fresh.Now));
        }
    }

    [Fact]
    public void Departures_AreForgotten_AfterAWhile()
    {
        With(capacity: 5);
        for (var i = 0; i < 200; i++)
        {
            Capture(Town.Id<MemberTag>($"{i}"), 1);
            zone.When(new ReleasePlace(Zone, Town.Id<MemberTag>($"{i}"), ++move));
            Later(30);
        }

        Assert.InRange(zone.State.Departures.Count, 20, 41);
        Assert.Empty(zone.State.Places);
    }

    [Fact]
    public void WithoutCapacity_ThereIsAlwaysAPlace()
    {
        With(capacity: null);
        Hold(Ann, 1).Tells<PlaceHeld>();
        Assert.False(Capture(Ben, 1).IsOverCapacity);
    }

    [Fact]
    public void Facts_SurviveTheirRow()
    {
        var created = new ZoneCreated(site.Id, "Pool", AntiPassback.Soft, 30, 12);
        Assert.Equal(created.ToFacts(Zone), Row(created));
        var changed = new ZoneChanged(site.Id, "Bassin", AntiPassback.Hard, 0, null);
        Assert.Equal(changed.ToFacts(Zone), Row(changed));

        ZoneFacts Row(IEvent happened) => ZoneView.Facts((string)Assert.Single(
            new ZoneView().Map(new Recorded(1, Zone.Grain, 1, zone.Now, "system", happened))).Columns!["facts"]!);
    }

    private ZoneChanged Changed(int? capacity, int forgivenessMinutes = 0) =>
        new(site.Id, "Pool", AntiPassback.Hard, forgivenessMinutes, capacity);

    private void With(int? capacity, int forgivenessMinutes = 0) =>
        zone.Events(new ZoneCreated(site.Id, "Pool", AntiPassback.Hard, forgivenessMinutes, capacity));

    private void Later(double seconds) => zone.Now = zone.Now.AddSeconds(seconds);

    private Decision Hold(MemberId member, long ticket) =>
        zone.When(new HoldPlace(Zone, member, ticket, zone.Now + Limits.TicketLife));

    private PlaceCaptured Capture(MemberId member, long ticket) =>
        zone.When(new CapturePlace(Zone, member, ticket, ++move, zone.Now)).Tells<PlaceCaptured>();
}
