using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Gates;

public sealed class GateRulesTests
{
    private static readonly GateId Gate = Town.Id<GateTag>("gate");
    private static readonly MemberId Ann = Town.Id<MemberTag>("ann");
    private static readonly string Ticket = new Ticket(Ann, 7).ToString();
    private readonly Town town = new();
    private readonly SiteFacts site;
    private readonly ZoneFacts zone;
    private readonly Given<GateState> gate;

    public GateRulesTests()
    {
        site = town.AddSite("Gombe");
        zone = town.AddZone(site, "Weights");
        gate = new Given<GateState>(GatesModule.Module.Grains[0], town);
    }

    [Fact]
    public void Create_IsRefused_InOrder()
    {
        var elsewhere = town.AddZone(town.AddSite("Ngaliema"), "Pool");
        var create = new CreateGate(
            Gate, "", Town.Id<SiteTag>("none"), elsewhere.Id, GateDirection.Both, true, null);
        gate.When(create).IsRefused(GateRefusal.InvalidName);
        gate.When(create = create with { Name = "Door" }).IsRefused(GateRefusal.InvalidKey);
        gate.When(create = create with { Key = "a2V5" }).IsRefused(GateRefusal.UnknownSite);
        gate.When(create = create with { SiteId = site.Id }).IsRefused(GateRefusal.UnknownZone);
        gate.When(create = create with { ZoneId = zone.Id }).Tells<GateCreated>();
        gate.When(create).IsRefused(GateRefusal.GateExists);
        Assert.Equal(("a2V5", 1), (gate.State.Key, gate.State.KeyVersion));
    }

    [Fact]
    public void Change_IsRefused_InOrder()
    {
        var elsewhere = town.AddZone(town.AddSite("Ngaliema"), "Pool");
        var pool = town.AddZone(site, "Small pool");
        var change = new ChangeGate(Gate, "", elsewhere.Id, GateDirection.Out, false);
        gate.When(change).IsRefused(GateRefusal.NotFound);
        Installed();
        town.Put(Created().ToFacts(Gate));
        gate.Events(new GateEnrolled("h", 2), new GateKeyChanged(2, "bmV3"));
        gate.When(change).IsRefused(GateRefusal.InvalidName);
        gate.When(change = change with { Name = "Back door" }).IsRefused(GateRefusal.UnknownZone);
        gate.When(change with { ZoneId = pool.Id, ConfirmsPassage = true }).IsRefused(GateRefusal.DeviceInPlace);
        gate.When(change with { ZoneId = zone.Id }).IsRefused(GateRefusal.DeviceInPlace);

        var changed = gate.When(change with { ZoneId = zone.Id, ConfirmsPassage = true }).Tells<GateChanged>();
        Assert.Equal(new GateChanged("Back door", site.Id, zone.Id, GateDirection.Out, true), changed);
        town.Put(changed.ToFacts(Gate) with { IsDisabled = true });
        gate.When(change with { ZoneId = zone.Id, ConfirmsPassage = true }).TellsNothing();
    }

    [Fact]
    public void Change_OfWhereItLeads_WaitsUntilItsDeviceIsShutOut()
    {
        var change = new ChangeGate(Gate, "Door", town.AddZone(site, "Pool").Id, GateDirection.Both, false);
        Installed();
        town.Put(Created().ToFacts(Gate));
        Assert.False(gate.State.HasDevice);

        // Whoever reports something is there, under whichever key, until another key is given by hand.
        Report(Alarm(1));
        gate.When(change).IsRefused(GateRefusal.DeviceInPlace);
        gate.When(new ReplaceGateKey(Gate, "bmV3"));
        gate.When(change).Tells<GateChanged>();

        // Enrolled by a code; the device's own next key changes nothing about it.
        gate.When(new OpenEnrolment(Gate, "h"));
        gate.When(new EnrolGate(Gate, "h", "ZGV2"));
        gate.When(change).IsRefused(GateRefusal.DeviceInPlace);
        gate.When(new PrepareGateKey(Gate, "bmV4dA=="));
        gate.When(new ConfirmGateKey(Gate, 4)).Tells<GateKeyChanged>();
        gate.When(change).IsRefused(GateRefusal.DeviceInPlace);

        // A key that was prepared and never used ends with its device.
        gate.When(new PrepareGateKey(Gate, "bGF0ZXI="));
        gate.When(new ReplaceGateKey(Gate, "c3RhZmY="));
        gate.When(change).Tells<GateChanged>();
    }

    [Fact]
    public void Commands_ToNoGate_AreNotFound()
    {
        foreach (var command in new ICommand[]
        {
            new DisableGate(Gate), new EnableGate(Gate), new ReplaceGateKey(Gate, "k"), new ReportReturn(Gate),
            new ReportSilence(Gate, null), new ReportGateEvents(Gate, 1, []),
        })
        {
            gate.When(command).IsRefused(GateRefusal.NotFound);
        }
    }

    [Fact]
    public void DisableAndEnable_ActOnce()
    {
        Installed();
        gate.When(new EnableGate(Gate)).TellsNothing();
        gate.When(new DisableGate(Gate)).Tells<GateDisabled>();
        gate.When(new DisableGate(Gate)).TellsNothing();
        gate.When(new EnableGate(Gate)).Tells<GateEnabled>();
    }

    [Fact]
    public void Silence_IsToldOnce_UntilTheReturn()
    {
        Installed();
        gate.When(new ReportReturn(Gate)).TellsNothing();
        Assert.Equal(gate.Now, gate.When(new ReportSilence(Gate, gate.Now)).Tells<GateFellSilent>().LastSeenAt);
        gate.When(new ReportSilence(Gate, gate.Now)).TellsNothing();
        gate.When(new ReportReturn(Gate)).Tells<GateReturned>();
    }

    [Fact]
    public void Events_AreTakenOverInOrder_UpToAGap()
    {
        Installed();
        var decision = Report(Alarm(2, GateEventType.Tamper), Alarm(1, GateEventType.DoorHeld), Alarm(4));
        Assert.Equal(new GateEventsAcked(2), decision.IsAccepted<GateEventsAcked>());
        Assert.Equal(
            [new DoorHeldOpen(1, gate.Now), new TamperDetected(2, gate.Now), new GateEventsTakenOver(2)],
            decision.Events);
        Assert.Equal(4, Report(Alarm(3), Alarm(4)).IsAccepted<GateEventsAcked>().Acked);
    }

    [Fact]
    public void Alarms_GoToTheSite_OnceForEachKind()
    {
        Installed();
        town.Put(Created().ToFacts(Gate));
        var decision = Report(
            Alarm(1), Alarm(2, GateEventType.DoorHeld), Alarm(3), Alarm(4, GateEventType.Tamper),
            Alarm(5, GateEventType.FireAlarm));
        Assert.Equal(
            [
                new RaiseAlert(site.Id, AlertKind.DoorForced, Gate, null, gate.Now, 2),
                new RaiseAlert(site.Id, AlertKind.DoorHeld, Gate, null, gate.Now, 1),
                new RaiseAlert(site.Id, AlertKind.Tamper, Gate, null, gate.Now, 1),
                new RaiseAlert(site.Id, AlertKind.FireAlarm, Gate, null, gate.Now, 1),
            ],
            decision.Sends);
        Assert.Equal(
            new RaiseAlert(site.Id, AlertKind.GateSilent, Gate, null, gate.Now, 1),
            gate.When(new ReportSilence(Gate, null)).Sends<RaiseAlert>());
        Assert.Equal(
            new SettleAlert(site.Id, AlertKind.GateSilent, Gate),
            gate.When(new ReportReturn(Gate)).Sends<SettleAlert>());
    }

    [Fact]
    public void Events_AreIgnored_WhenRepeated_WhateverTheySay()
    {
        Installed();
        Report(Alarm(1));
        var repeated = Report(Alarm(1, GateEventType.FireAlarm), Alarm(1));
        Assert.Equal(1, repeated.IsAccepted<GateEventsAcked>().Acked);
        Assert.Empty(repeated.Events);
        Assert.Equal(0, new Given<GateState>(GatesModule.Module.Grains[0], town).Events(Created())
            .When(new ReportGateEvents(Gate, 1, [Alarm(0), Alarm(-1)])).IsAccepted<GateEventsAcked>().Acked);
    }

    [Fact]
    public void Events_StartAgainAtOne_UnderANewKey()
    {
        Installed();
        Report(Alarm(1));
        Assert.Equal(2, gate.When(new ReplaceGateKey(Gate, "bmV3")).IsAccepted<GateKeyReplaced>().KeyVersion);
        Report(Alarm(2)).IsRefused(GateRefusal.KeyReplaced);
        var first = gate.When(new ReportGateEvents(Gate, 2, [Alarm(1)]));
        Assert.Equal(1, first.IsAccepted<GateEventsAcked>().Acked);
        first.Tells<DoorForced>();
        gate.When(new ReplaceGateKey(Gate, "")).IsRefused(GateRefusal.InvalidKey);
    }

    [Fact]
    public void Events_AreRefused_WhenTooMany()
    {
        Installed();
        Report([.. Enumerable.Range(1, Limits.EventsPerRequest + 1).Select(n => Alarm(n))])
            .IsRefused(GateRefusal.TooManyEvents);
        Assert.Equal(
            Limits.EventsPerRequest,
            Report([.. Enumerable.Range(1, Limits.EventsPerRequest).Select(n => Alarm(n))])
                .IsAccepted<GateEventsAcked>().Acked);
    }

    [Fact]
    public void Passages_GoToTheMemberOfTheTicket()
    {
        Installed();
        var decision = Report(
            new GateEvent(1, GateEventType.AccessPassed, gate.Now, Ticket),
            new GateEvent(2, GateEventType.AccessNotPassed, gate.Now, Ticket),
            new GateEvent(3, GateEventType.AccessPassed, gate.Now, "nonsense"),
            new GateEvent(4, GateEventType.AccessPassed, gate.Now));
        Assert.Equal(
            [new RecordPassage(Ann, 7, Gate, gate.Now), new RecordNonPassage(Ann, 7, Gate)], decision.Sends);
        Assert.Equal(4, decision.IsAccepted<GateEventsAcked>().Acked);
    }

    [Fact]
    public void OfflineAccess_GoesToTheMember_OrStaysHere()
    {
        Installed();
        var badge = Town.Id<CredentialTag>("badge");
        var decision = Report(
            new GateEvent(
                1, GateEventType.OfflineAccess, gate.Now, null, "s", Direction.Out, true, Ann, badge),
            new GateEvent(2, GateEventType.OfflineAccess, gate.Now, null, "t", Direction.In, false));
        Assert.Equal(
            [new RecordDoorDecision(Ann, badge, Gate, "s", Direction.Out, true, gate.Now, null)], decision.Sends);
        Assert.Equal(
            new UnknownOfflineAccess(2, gate.Now, Direction.In, false), decision.Tells<UnknownOfflineAccess>());
    }

    [Fact]
    public void Events_CannotComeFromTheFuture()
    {
        Installed();
        var ahead = new GateEvent(1, GateEventType.FireAlarm, gate.Now.AddDays(1));
        Assert.Equal(gate.Now, Report(ahead).Tells<FireAlarmRaised>().At);
    }

    [Fact]
    public void Rows_HoldNoKey_AndGiveTheFactsBack()
    {
        var row = Assert.Single(new GateView().Map(new Recorded(1, Gate.Grain, 1, gate.Now, "system", Created())));
        Assert.DoesNotContain("a2V5", Stored.Text(row));
        Assert.Equal(
            Created().ToFacts(Gate) with { IsDisabled = true },
            GateView.Facts((string)row.Columns!["facts"]!, disabled: true));

        var changed = new GateChanged("Back door", site.Id, zone.Id, GateDirection.Out, false);
        row = Assert.Single(new GateView().Map(new Recorded(2, Gate.Grain, 2, gate.Now, "system", changed)));
        Assert.Equal(changed.ToFacts(Gate), GateView.Facts((string)row.Columns!["facts"]!, disabled: false));
        Assert.DoesNotContain("disabled", row.Columns.Keys);
        Assert.DoesNotContain("silent", row.Columns.Keys);
    }

    private GateCreated Created() => new("Door", site.Id, zone.Id, GateDirection.Both, true, "a2V5");

    private void Installed() => gate.Events(Created());

    private Decision Report(params GateEvent[] events) => gate.When(new ReportGateEvents(Gate, 1, events));

    private GateEvent Alarm(long n, GateEventType type = GateEventType.AccessForced) => new(n, type, gate.Now);
}
