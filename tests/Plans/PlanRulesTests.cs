using SmartClub.Grains.Model;
using SmartClub.Grains.Plans;
using SmartClub.Grains.Plans.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Plans;

public sealed class PlanRulesTests
{
    private static readonly PlanId Plan = Town.Id<PlanTag>("plan");
    private readonly Town town = new();
    private readonly Given<PlanState> plan;
    private readonly CreatePlan good;

    public PlanRulesTests()
    {
        var zone = town.AddZone(town.AddSite("Gombe"), "Weights");
        plan = new Given<PlanState>(PlansModule.Module.Grains[0], town);
        good = new CreatePlan(
            Plan, "Premium", new PlanLength(1, null), new Money(3_000, "USD"), [new Entitlement(zone.Id, null)], 8);
    }

    [Fact]
    public void Create_IsRefused_InOrder()
    {
        var unknown = new Entitlement(Town.Id<ZoneTag>("none"), null);
        var create = new CreatePlan(Plan, " ", new PlanLength(1, 1), new Money(-1, "XXX"), [], 0);
        plan.When(create).IsRefused(PlanRefusal.InvalidName);
        plan.When(create = create with { Name = "Premium" }).IsRefused(PlanRefusal.InvalidLength);
        plan.When(create = create with { Length = new PlanLength(1, null) }).IsRefused(PlanRefusal.InvalidPrice);
        plan.When(create = create with { Price = new Money(0, "XXX") }).IsRefused(PlanRefusal.UnknownCurrency);
        plan.When(create = create with { Price = new Money(0, "CDF") }).IsRefused(PlanRefusal.InvalidEntitlements);
        plan.When(create = create with { Entitlements = [unknown] }).IsRefused(PlanRefusal.InvalidVisits);
        plan.When(create with { VisitsPerPeriod = null }).IsRefused(PlanRefusal.UnknownZone);
        plan.When(good).Tells<PlanCreated>();
        plan.When(good).IsRefused(PlanRefusal.PlanExists);
    }

    [Fact]
    public void Change_IsRefused_InOrder()
    {
        var unknown = new Entitlement(Town.Id<ZoneTag>("none"), null);
        var change = new ChangePlan(Plan, " ", new PlanLength(1, 1), new Money(-1, "XXX"), [], 0);
        plan.When(change).IsRefused(PlanRefusal.NotFound);
        plan.When(good);
        plan.When(change).IsRefused(PlanRefusal.InvalidName);
        plan.When(change = change with { Name = "Gold" }).IsRefused(PlanRefusal.InvalidLength);
        plan.When(change = change with { Length = new PlanLength(null, 90) }).IsRefused(PlanRefusal.InvalidPrice);
        plan.When(change = change with { Price = new Money(9_000, "XXX") }).IsRefused(PlanRefusal.UnknownCurrency);
        plan.When(change = change with { Price = new Money(9_000, "CDF") })
            .IsRefused(PlanRefusal.InvalidEntitlements);
        plan.When(change = change with { Entitlements = [unknown] }).IsRefused(PlanRefusal.InvalidVisits);
        plan.When(change = change with { VisitsPerPeriod = null }).IsRefused(PlanRefusal.UnknownZone);
        var changed = plan.When(change with { Entitlements = good.Entitlements }).Tells<PlanChanged>();
        Assert.Equal(
            ("Gold", new PlanLength(null, 90), new Money(9_000, "CDF"), (int?)null),
            (changed.Name, changed.Length, changed.Price, changed.VisitsPerPeriod));
    }

    [Fact]
    public void RetireAndReinstate_ActOnce()
    {
        plan.When(new RetirePlan(Plan)).IsRefused(PlanRefusal.NotFound);
        plan.When(new ReinstatePlan(Plan)).IsRefused(PlanRefusal.NotFound);
        plan.When(good);
        plan.When(new ReinstatePlan(Plan)).TellsNothing();
        plan.When(new RetirePlan(Plan)).Tells<PlanRetired>();
        plan.When(new RetirePlan(Plan)).TellsNothing();

        // What is retired can still be put right, and its guests still come.
        plan.When(new ChangePlan(
            Plan, "Old gold", good.Length, good.Price, good.Entitlements, null)).Tells<PlanChanged>();
        plan.When(new SetPlanGuests(Plan, 2)).Tells<PlanGuestsSet>();
        Assert.True(plan.State.IsRetired);
        plan.When(new ReinstatePlan(Plan)).Tells<PlanReinstated>();
    }

    [Fact]
    public void Guests_AreSet_Once_WithinBounds()
    {
        var set = new SetPlanGuests(Plan, -1);
        plan.When(set).IsRefused(PlanRefusal.NotFound);
        plan.When(good);
        plan.When(set).IsRefused(PlanRefusal.InvalidGuests);
        plan.When(set with { GuestsPerPeriod = Limits.GuestsPerPeriod + 1 }).IsRefused(PlanRefusal.InvalidGuests);
        Assert.Equal(4, plan.When(set with { GuestsPerPeriod = 4 }).Tells<PlanGuestsSet>().GuestsPerPeriod);
        plan.When(set with { GuestsPerPeriod = 4 }).TellsNothing();
        plan.When(set with { GuestsPerPeriod = 0 }).Tells<PlanGuestsSet>();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(1, 1)]
    [InlineData(0, null)]
    [InlineData(null, 0)]
    [InlineData(Limits.PlanMonths + 1, null)]
    [InlineData(null, Limits.PlanDays + 1)]
    public void Length_IsMonthsOrDays_WithinBounds(int? months, int? days) =>
        plan.When(good with { Length = new PlanLength(months, days) }).IsRefused(PlanRefusal.InvalidLength);

    [Fact]
    public void Entitlements_AreRefused_WhenTheyMakeNoSense()
    {
        var zone = good.Entitlements[0].ZoneId;
        IReadOnlyList<Entitlement>[] wrong =
        [
            [new Entitlement(zone, null), new Entitlement(zone, null)],
            [new Entitlement(zone, [])],
            [new Entitlement(zone, [new ScheduleWindow([], default, default)])],
            [new Entitlement(zone, [new ScheduleWindow([(DayOfWeek)7], default, default)])],
            [.. Enumerable.Range(0, Limits.EntitlementsPerPlan + 1)
                .Select(i => new Entitlement(Town.Id<ZoneTag>($"{i}"), null))],
        ];
        Assert.All(wrong, e => plan.When(good with { Entitlements = e }).IsRefused(PlanRefusal.InvalidEntitlements));
    }

    [Fact]
    public void Facts_SurviveTheirRow()
    {
        var window = new ScheduleWindow([DayOfWeek.Monday, DayOfWeek.Friday], new TimeOnly(6, 30), new TimeOnly(22, 0));
        var created = new PlanCreated(
            "Premium", new PlanLength(null, 30), new Money(3_000, "USD"),
            [new Entitlement(good.Entitlements[0].ZoneId, [window])], null);
        var row = Assert.Single(new PlanView().Map(new Recorded(1, Plan.Grain, 1, plan.Now, "system", created)));
        var facts = PlanView.Facts((string)row.Columns!["facts"]!);
        Assert.Equal(Stored.Text(created.ToFacts(Plan)), Stored.Text(facts));
        Assert.True(facts.Entitlements[0].Schedule![0].Covers(new DateTime(2026, 11, 23, 6, 30, 0)));

        var changed = new PlanChanged("Gold", created.Length, created.Price, created.Entitlements, 3);
        row = Assert.Single(new PlanView().Map(new Recorded(2, Plan.Grain, 2, plan.Now, "system", changed)));
        Assert.Equal(
            Stored.Text(changed.ToFacts(Plan)), Stored.Text(PlanView.Facts((string)row.Columns!["facts"]!)));
        Assert.Equal(["name", "facts"], row.Columns.Keys);
    }
}
