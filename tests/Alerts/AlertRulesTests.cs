using SmartClub.Grains.Alerts;
using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Alerts;

public sealed class AlertRulesTests
{
    private static readonly GateId Gate = Town.Id<GateTag>("gate");
    private static readonly MemberId Ann = Town.Id<MemberTag>("ann");
    private static readonly Caller Desk = Caller.Staff(Town.Id<StaffTag>("desk"), Town.Id<SessionTag>("morning"));
    private static readonly Caller Later = Caller.Staff(Town.Id<StaffTag>("desk"), Town.Id<SessionTag>("evening"));
    private readonly Town town = new();
    private readonly SiteId site;
    private readonly Given<AlertBookState> book;

    public AlertRulesTests()
    {
        site = town.AddSite("Gombe").Id;
        book = new Given<AlertBookState>(AlertsModule.Module.Grains[0], town) { Caller = Desk };
    }

    [Fact]
    public void Commands_AreRefused_InOrder()
    {
        var alert = Town.Id<AlertTag>("none");
        foreach (var command in new ICommand[]
        {
            new TakeAlert(site, alert), new SnoozeAlert(site, alert, 0), new ResolveAlert(site, alert, ""),
        })
        {
            book.When(command).IsRefused(AlertRefusal.NotFound);
        }

        alert = Raised(AlertKind.DoorForced);
        book.When(new ResolveAlert(site, alert, " ")).IsRefused(AlertRefusal.InvalidReason);
        book.When(new ResolveAlert(site, alert, new string('x', Limits.TextLength + 1)))
            .IsRefused(AlertRefusal.InvalidReason);
        book.When(new SnoozeAlert(site, alert, 0)).IsRefused(AlertRefusal.InvalidMinutes);
        book.When(new SnoozeAlert(site, alert, Limits.SnoozeMinutes + 1)).IsRefused(AlertRefusal.InvalidMinutes);
        book.When(Raise(AlertKind.Tamper) with { SiteId = Town.Id<SiteTag>("none") })
            .IsRefused(AlertRefusal.UnknownSite);
    }

    [Fact]
    public void Raise_IsRefused_WhenTooManyAreOpen()
    {
        for (var i = 0; i < Limits.OpenAlertsPerSite; i++)
        {
            book.When(Raise(AlertKind.Tamper) with { GateId = Town.Id<GateTag>($"{i}") }).Tells<AlertOpened>();
        }

        book.When(Raise(AlertKind.Tamper)).IsRefused(AlertRefusal.TooManyAlerts);
        book.When(Raise(AlertKind.Tamper) with { GateId = Town.Id<GateTag>("0") }).Tells<AlertRepeated>();
    }

    [Fact]
    public void Raise_OpensOneAlert_ForEachKindAndSubject()
    {
        var first = Raised(AlertKind.DoorForced);
        book.Now += TimeSpan.FromSeconds(5);
        var late = book.When(Raise(AlertKind.DoorForced) with { At = book.Now.AddHours(-1), Count = 3 });
        Assert.Equal(new AlertRepeated(first, book.Now.AddSeconds(-5), 4), late.Tells<AlertRepeated>());
        Assert.Empty(late.Reminders);
        Raised(AlertKind.Tamper);
        book.When(Raise(AlertKind.DoorForced) with { GateId = null, MemberId = Ann }).Tells<AlertOpened>();
        Assert.Equal(3, book.State.Alerts.Length);
    }

    [Fact]
    public void Take_GivesAnOwner_AndStopsEscalation()
    {
        var alert = Raised(AlertKind.DoorHeld);
        var taken = book.When(new TakeAlert(site, alert));
        Assert.Equal(Caller.Staff(Town.Id<StaffTag>("desk")).Principal, taken.Tells<AlertTaken>().Owner);
        Assert.Equal($"alert:{alert}", Assert.Single(taken.CancelledReminders));
        book.Caller = Later;
        book.When(new TakeAlert(site, alert)).TellsNothing();
        book.When(new EscalateAlert(site, alert)).TellsNothing();
        book.Caller = Caller.Staff(Town.Id<StaffTag>("manager"));
        book.When(new TakeAlert(site, alert)).Tells<AlertTaken>();
    }

    [Fact]
    public void Escalation_TellsOneRoleAfterTheOther_AndEndsThere()
    {
        var opened = book.When(Raise(AlertKind.DoorForced));
        var alert = opened.Tells<AlertOpened>().AlertId;
        Assert.Equal(book.Now + Limits.UrgentAlertPatience, Assert.Single(opened.Reminders).Due);
        var next = book.When(new EscalateAlert(site, alert));
        Assert.Equal(AlertLevel.Manager, next.Tells<AlertEscalated>().Level);
        Assert.Equal(new EscalateAlert(site, alert), Assert.Single(next.Reminders).Command);
        var last = book.When(new EscalateAlert(site, alert));
        Assert.Equal(AlertLevel.Administrator, last.Tells<AlertEscalated>().Level);
        Assert.Empty(last.Reminders);
        book.When(new EscalateAlert(site, alert)).TellsNothing();
    }

    [Fact]
    public void Snooze_EndsByItself_AndTheNextRoleIsToldAgain()
    {
        var alert = Raised(AlertKind.DoorHeld);
        var snoozed = book.When(new SnoozeAlert(site, alert, 30));
        Assert.Equal(book.Now.AddMinutes(30), snoozed.Tells<AlertSnoozed>().Until);
        Assert.Equal(book.Now.AddMinutes(30), Assert.Single(snoozed.Reminders).Due);
        book.When(new EscalateAlert(site, alert)).TellsNothing();
        book.When(new WakeAlert(site, alert)).TellsNothing();
        book.Now += TimeSpan.FromMinutes(30);
        var woke = book.When(new WakeAlert(site, alert));
        Assert.False(woke.Tells<AlertWoke>().HasOwner);
        Assert.Equal(new EscalateAlert(site, alert), Assert.Single(woke.Reminders).Command);
        book.When(new WakeAlert(site, alert)).TellsNothing();
    }

    [Fact]
    public void Snooze_LeavesTheOwner_AndWakesWithoutEscalation()
    {
        var alert = Raised(AlertKind.DoorHeld);
        book.When(new TakeAlert(site, alert));
        book.When(new SnoozeAlert(site, alert, 5));
        book.Now += TimeSpan.FromMinutes(5);
        var woke = book.When(new WakeAlert(site, alert));
        Assert.True(woke.Tells<AlertWoke>().HasOwner);
        Assert.Empty(woke.Reminders);
    }

    [Fact]
    public void Resolve_EndsIt_AndTheSameMayHappenAnew()
    {
        var alert = Raised(AlertKind.DoorForced);
        var resolved = book.When(new ResolveAlert(site, alert, "A delivery"));
        Assert.Equal("A delivery", resolved.Tells<AlertResolved>().Reason);
        Assert.Equal($"alert:{alert}", Assert.Single(resolved.CancelledReminders));
        book.When(new ResolveAlert(site, alert, "Again")).IsRefused(AlertRefusal.NotFound);
        Assert.NotEqual(alert, Raised(AlertKind.DoorForced));
    }

    [Fact]
    public void Settle_EndsWhatIsGoneByItself()
    {
        book.Caller = Caller.System;
        Raised(AlertKind.GateSilent);
        var settled = book.When(new SettleAlert(site, AlertKind.GateSilent, Gate)).Tells<AlertResolved>();
        Assert.Equal(("system", null), (settled.By, settled.Reason));
        book.When(new SettleAlert(site, AlertKind.GateSilent, Gate)).TellsNothing();
    }

    [Fact]
    public void Rows_ShowEachStep()
    {
        var alert = Raised(AlertKind.DoorForced);
        var view = new AlertView();
        var rows = view.Map(Recorded(book.When(new TakeAlert(site, alert)).Tells<AlertTaken>())).ToList();
        Assert.Equal("taken", rows[0].Columns!["state"]);
        Assert.Equal(("alert_steps", "taken"), (rows[1].Table, rows[1].Columns!["step"]));
        var resolved = view.Map(Recorded(new AlertResolved(alert, "system", null))).First().Columns!;
        Assert.Equal(("resolved", book.Now), (resolved["state"], (DateTimeOffset)resolved["resolved_at"]!));
    }

    private Recorded Recorded(IEvent happened) =>
        new(9, new AlertBookId(site.Value).Grain, 1, book.Now, "system", happened);

    private AlertId Raised(AlertKind kind) => book.When(Raise(kind)).Tells<AlertOpened>().AlertId;

    private RaiseAlert Raise(AlertKind kind) => new(site, kind, Gate, null, book.Now, 1);
}
