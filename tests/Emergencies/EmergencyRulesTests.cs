using SmartClub.Grains.Emergencies;
using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Emergencies;

public sealed class EmergencyRulesTests
{
    private static readonly MemberId Ann = Town.Id<MemberTag>("ann");
    private static readonly Caller Desk = Caller.Staff(Town.Id<StaffTag>("desk"));
    private readonly Town town = new();
    private readonly SiteId site;
    private readonly GateFacts front;
    private readonly GateFacts back;
    private readonly Given<EmergencyState> emergency;

    public EmergencyRulesTests()
    {
        var gombe = town.AddSite("Gombe");
        var zone = town.AddZone(gombe, "Weights");
        (site, front, back) = (gombe.Id, town.AddGate(zone, "front"), town.AddGate(zone, "back"));
        town.AddGate(town.AddZone(town.AddSite("Ngaliema"), "Pool"), "elsewhere");
        emergency = new Given<EmergencyState>(EmergenciesModule.Module.Grains[0], town) { Caller = Desk };
    }

    [Fact]
    public void Commands_AreRefused_InOrder()
    {
        var nowhere = Town.Id<SiteTag>("none");
        foreach (var make in new Func<SiteId, string, ICommand>[]
        {
            (at, why) => new BeginEvacuation(at, why), (at, why) => new EndEvacuation(at, why),
            (at, why) => new BeginLockDown(at, why), (at, why) => new EndLockDown(at, why),
        })
        {
            emergency.When(make(nowhere, "")).IsRefused(EmergencyRefusal.UnknownSite);
            emergency.When(make(site, " ")).IsRefused(EmergencyRefusal.InvalidReason);
            emergency.When(make(site, new string('x', Limits.TextLength + 1)))
                .IsRefused(EmergencyRefusal.InvalidReason);
        }

        emergency.When(new MarkOutside(site, Ann, true)).IsRefused(EmergencyRefusal.NoEvacuation);
        emergency.When(new BeginEvacuation(site, "Fire"));
        emergency.When(new BeginLockDown(site, "Threat")).IsRefused(EmergencyRefusal.EvacuationUnderWay);
    }

    [Fact]
    public void Outside_IsRefused_WhenTheListIsFull()
    {
        emergency.When(new BeginEvacuation(site, "Fire"));
        emergency.Events([.. Enumerable.Range(0, Limits.PeopleOutside)
            .Select(i => new PersonSeenOutside(Town.Id<MemberTag>($"{i}"), "staff:stf_x"))]);
        emergency.When(new MarkOutside(site, Ann, true)).IsRefused(EmergencyRefusal.TooManyPeople);
    }

    [Fact]
    public void Evacuation_OpensEveryDoorOfTheSite_AndEndingItLetsThemDecide()
    {
        var begun = emergency.When(new BeginEvacuation(site, "Fire"));
        Assert.Equal(
            new EvacuationBegun(emergency.Now, Desk.Principal, 2, "Fire"), begun.Tells<EvacuationBegun>());
        Assert.Equal(
            [
                new DirectGate(front.Id, GateOrderKind.Evacuate, Desk.Principal, "Fire"),
                new DirectGate(back.Id, GateOrderKind.Evacuate, Desk.Principal, "Fire"),
            ],
            begun.Sends);
        var again = emergency.When(new BeginEvacuation(site, "Fire"));
        Assert.Empty(again.Events);
        Assert.Equal(2, again.Sends.Count);

        emergency.When(new MarkOutside(site, Ann, true)).Tells<PersonSeenOutside>();
        var ended = emergency.When(new EndEvacuation(site, "Drill over"));
        Assert.Equal(1, ended.Tells<EvacuationEnded>().SeenOutside);
        Assert.All(ended.Sends, s => Assert.Equal(GateOrderKind.Unlock, Assert.IsType<DirectGate>(s).Kind));
        Assert.Equal("renew", Assert.Single(ended.CancelledReminders));
        Assert.Equal((EmergencyKind.None, 0), (emergency.State.Kind, emergency.State.Outside.Length));
        emergency.When(new EndEvacuation(site, "Drill over")).TellsNothing();
    }

    [Fact]
    public void LockDown_GivesWayToAnEvacuation()
    {
        var locked = emergency.When(new BeginLockDown(site, "Threat"));
        Assert.All(locked.Sends, s => Assert.Equal(GateOrderKind.Lock, Assert.IsType<DirectGate>(s).Kind));
        emergency.When(new BeginEvacuation(site, "Fire")).Tells<EvacuationBegun>();
        emergency.When(new EndLockDown(site, "Over")).TellsNothing();
        Assert.Equal(EmergencyKind.Evacuation, emergency.State.Kind);
        emergency.When(new EndEvacuation(site, "Over"));
        emergency.When(new BeginLockDown(site, "Threat")).Tells<LockDownBegun>();
        emergency.When(new EndLockDown(site, "Over")).Tells<LockDownEnded>();
    }

    [Fact]
    public void Renewal_TellsTheDoorsAgain_WhileItLasts()
    {
        var begun = emergency.When(new BeginLockDown(site, "Threat"));
        var reminder = Assert.Single(begun.Reminders);
        Assert.True(Limits.EmergencyRenewal.TotalSeconds < Limits.OrderSeconds);
        Assert.Equal(emergency.Now + Limits.EmergencyRenewal, reminder.Due);
        emergency.Caller = Caller.System;
        var renewed = emergency.When(reminder.Command);
        Assert.Equal(
            new DirectGate(front.Id, GateOrderKind.Lock, Desk.Principal, "Threat"), renewed.Sends[0]);
        Assert.Equal(reminder.Command, Assert.Single(renewed.Reminders).Command);
        emergency.When(new EndLockDown(site, "Over"));
        emergency.When(reminder.Command).TellsNothing();
    }

    [Fact]
    public void Outside_IsNotedOnce_AndCanBeTakenBack()
    {
        emergency.When(new BeginEvacuation(site, "Fire"));
        emergency.When(new MarkOutside(site, Ann, true)).Tells<PersonSeenOutside>();
        emergency.When(new MarkOutside(site, Ann, true)).TellsNothing();
        emergency.When(new MarkOutside(site, Ann, false)).Tells<PersonNotSeenOutside>();
        emergency.When(new MarkOutside(site, Ann, false)).TellsNothing();
        Assert.Empty(emergency.State.Outside);
    }

    [Fact]
    public void Door_ObeysTheLastWordOnly_HoweverManyWait()
    {
        var gate = new Given<GateState>(GatesModule.Module.Grains[0], town);
        gate.When(new DirectGate(front.Id, GateOrderKind.Lock, "staff:x", "Threat"))
            .IsRefused(GateRefusal.NotFound);
        gate.Events(new GateCreated("front", site, front.ZoneId, GateDirection.Both, true, "a2V5"));
        for (var i = 0; i < Limits.OpenOrdersPerGate; i++)
        {
            gate.When(new OrderGate(front.Id, GateOrderKind.OpenOnce, "A guest", 30)).Tells<GateOrderGiven>();
        }

        gate.When(new OrderGate(front.Id, GateOrderKind.Lock, "Threat", 30)).IsRefused(GateRefusal.TooManyOrders);
        var locked = gate.When(new DirectGate(front.Id, GateOrderKind.Lock, "staff:x", "Threat"))
            .Tells<GateOrderGiven>();
        var opened = gate.When(new DirectGate(front.Id, GateOrderKind.Evacuate, "staff:x", "Fire"));
        Assert.Equal(locked.OrderId, opened.Tells<GateOrderExpired>().OrderId);
        Assert.Equal($"order:{locked.OrderId}", Assert.Single(opened.CancelledReminders));
        gate.When(new OrderGate(front.Id, GateOrderKind.Unlock, "Over", 30)).Tells<GateOrderExpired>();
        Assert.Equal(GateOrderKind.Unlock, gate.State.Orders[^1].Kind);
        Assert.Equal(Limits.OpenOrdersPerGate + 1, gate.State.Orders.Length);
    }
}
