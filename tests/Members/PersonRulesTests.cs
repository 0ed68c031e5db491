using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>Staff and suppliers: rights that nobody buys, with hours, gates and days.</summary>
public sealed class PersonRulesTests
{
    private readonly Hall hall = new Hall().AtLocal(2026, 2, 2, 8);

    private GrantRights Good => new(
        Hall.Member, hall.Site.Id, "Livraisons", [new Entitlement(hall.Zone.Id, Mornings)], [hall.Gate.Id],
        hall.Today, hall.Today.AddDays(30));

    // 2 February 2026 is a Monday.
    private static ScheduleWindow[] Mornings =>
        [new ScheduleWindow([DayOfWeek.Monday, DayOfWeek.Thursday], new TimeOnly(6, 0), new TimeOnly(10, 0))];

    [Fact]
    public void Register_SaysWhatSomebodyIs_AndMembersNeedNoWord()
    {
        var supplier = new Given<MemberState>(MembersModule.Module.Grains[0], hall.Town);
        var register = new RegisterPerson(
            Town.Id<MemberTag>("supplier"), PersonKind.Supplier, "Jo", "Mbuyi", null, null);
        supplier.When(register with { FirstName = " " }).IsRefused(MemberRefusal.InvalidName);
        Assert.Equal(PersonKind.Supplier, supplier.When(register).Tells<PersonClassified>().Kind);
        Assert.Equal(PersonKind.Supplier, supplier.State.Kind);
        supplier.When(register).IsRefused(MemberRefusal.MemberExists);
        Assert.Equal(PersonKind.Member, hall.State.Kind);
    }

    [Fact]
    public void Classify_ActsOnce()
    {
        var nobody = new Given<MemberState>(MembersModule.Module.Grains[0], hall.Town);
        nobody.When(new ClassifyPerson(Hall.Member, PersonKind.Staff)).IsRefused(MemberRefusal.NotFound);
        hall.Grain.When(new ClassifyPerson(Hall.Member, PersonKind.Staff)).Tells<PersonClassified>();
        hall.Grain.When(new ClassifyPerson(Hall.Member, PersonKind.Staff)).TellsNothing();
    }

    [Fact]
    public void Grant_IsRefused_InOrder()
    {
        var nobody = new Given<MemberState>(MembersModule.Module.Grains[0], hall.Town);
        nobody.When(Good).IsRefused(MemberRefusal.NotFound);
        hall.Grain.When(Good with { Name = "" }).IsRefused(MemberRefusal.NotStaffOrSupplier);
        hall.Grain.Events(new PersonClassified(PersonKind.Visitor));
        hall.Grain.When(Good).IsRefused(MemberRefusal.NotStaffOrSupplier);
        hall.Grain.Events(new PersonClassified(PersonKind.Supplier));
        var nowhere = Town.Id<SiteTag>("none");
        hall.Grain.When(Good with { Name = " ", SiteId = nowhere }).IsRefused(MemberRefusal.InvalidRights);
        hall.Grain.When(Good with { Entitlements = [] }).IsRefused(MemberRefusal.InvalidRights);
        hall.Grain.When(Good with { Gates = [] }).IsRefused(MemberRefusal.InvalidRights);
        hall.Grain.When(Good with { LastDay = hall.Today.AddDays(-1) }).IsRefused(MemberRefusal.InvalidRights);
        hall.Grain.When(Good with { SiteId = nowhere }).IsRefused(MemberRefusal.UnknownSite);
        var far = hall.Town.AddZone(hall.Town.AddSite("Limete"), "Far");
        hall.Grain.When(Good with { Entitlements = [new Entitlement(far.Id, null)] })
            .IsRefused(MemberRefusal.UnknownZone);
        hall.Grain.When(Good with { Gates = [hall.PoolGate.Id] }).IsRefused(MemberRefusal.UnknownGate);
        hall.Grain.When(Good with { StartsOn = hall.Today.AddDays(5_000), LastDay = hall.Today.AddDays(5_001) })
            .IsRefused(MemberRefusal.InvalidStart);
        Assert.Equal(hall.Today.AddDays(30), hall.Grain.When(Good).IsAccepted<MembershipTerm>().ExpiresOn);
    }

    [Fact]
    public void Supplier_ComesIn_AtTheirHours_AtTheirGate_OnTheirDays()
    {
        var back = hall.Town.AddGate(hall.Zone, "Back door");
        hall.Grain.Events(new PersonClassified(PersonKind.Supplier));
        hall.Grain.When(Good);

        Assert.Equal(AccessReason.Ok, hall.In().Reason);
        hall.Out();
        Assert.Equal(AccessReason.WrongZone, hall.In(back).Reason);
        Assert.Equal(AccessReason.WrongZone, hall.In(hall.PoolGate).Reason);
        hall.AtLocal(2026, 2, 2, 10);
        var late = hall.In();
        Assert.Equal((AccessReason.OutsideHours, "06:00-10:00"), (late.Reason, late.Detail?.Hours));
        hall.AtLocal(2026, 2, 3, 8);
        Assert.Equal(AccessReason.OutsideHours, hall.In().Reason);
        hall.AtLocal(2026, 3, 5, 8);
        Assert.Equal(AccessReason.Expired, hall.In().Reason);
    }

    [Fact]
    public void Staff_OnANightShift_StayWithinIt()
    {
        hall.Grain.Events(new PersonClassified(PersonKind.Staff));
        ScheduleWindow[] nights = [new([DayOfWeek.Monday], new TimeOnly(22, 0), new TimeOnly(6, 0))];
        hall.Grain.When(Good with { Gates = null, Entitlements = [new Entitlement(hall.Zone.Id, nights)] });
        Assert.Equal(AccessReason.OutsideHours, hall.In().Reason);
        hall.AtLocal(2026, 2, 3, 5);
        Assert.Equal(AccessReason.Ok, hall.In().Reason);
    }

    [Fact]
    public void Door_ThatIsAlone_IsLentWhatItsGateOpens_AndNothingOfGuests()
    {
        var back = hall.Town.AddGate(hall.Zone, "Back door");
        var right = new DoorRight(
            [new Entitlement(hall.Zone.Id, Mornings)], hall.Today, hall.Today.AddDays(30), true, false, false, null, 0)
        {
            Gates = [hall.Gate.Id],
        };
        var step = OfflineRights.StepOf(hall.Grain.Now);
        Assert.Equal(Mornings[0].From, OfflineRights.Of([right], hall.Gate, hall.Site, step, 0)?.Schedule?[0].From);
        Assert.Null(OfflineRights.Of([right], back, hall.Site, step, 0));

        var hosted = new MembershipHosted(Hall.First, Hall.Member);
        var row = Assert.Single(new DoorRightsView().Map(new Recorded(
            1, Hall.Member.Grain, 1, hall.Grain.Now, "system", hosted)));
        Assert.Equal("[]", row.Columns!["entitlements"]);
    }
}
