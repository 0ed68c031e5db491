using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Alerts;

/// <summary>
/// What becomes of an alert: somebody takes it, puts it aside or ends it; while nobody does, the next role is told.
/// </summary>
public static class AlertRules
{
    /// <summary>How long an alert may wait for somebody before the next role is told.</summary>
    public static TimeSpan Patience(AlertKind kind) => kind switch
    {
        AlertKind.DoorForced or AlertKind.Tamper or AlertKind.FireAlarm => Limits.UrgentAlertPatience,
        _ => Limits.AlertPatience,
    };

    /// <summary>Opens an alert, or counts it again.</summary>
    public static Decision Decide(AlertBookState book, RaiseAlert raise, Facts facts)
    {
        if (facts.Reference.Site(raise.SiteId) is null)
        {
            return RefuseUnkept(AlertRefusal.UnknownSite);
        }

        if (book.Find(raise.Kind, raise.GateId, raise.MemberId) is { } open)
        {
            var last = raise.At > open.LastAt ? raise.At : open.LastAt;
            return Accept(new AlertRepeated(open.Id, last, open.Count + raise.Count));
        }

        if (book.Alerts.Length >= Limits.OpenAlertsPerSite)
        {
            return Refuse(AlertRefusal.TooManyAlerts);
        }

        var id = facts.NewId<AlertTag>();
        return Accept(new AlertOpened(id, raise.Kind, raise.GateId, raise.MemberId, raise.At, raise.Count))
            .Reminding(Name(id), facts.Now + Patience(raise.Kind), new EscalateAlert(raise.SiteId, id));
    }

    /// <summary>Ends an alert whose cause is gone.</summary>
    public static Decision Decide(AlertBookState book, SettleAlert settle, Facts facts) =>
        book.Find(settle.Kind, settle.GateId, null) is { } open
            ? Accept(new AlertResolved(open.Id, Person(facts.Caller), null)).Forgetting(Name(open.Id))
            : Accept();

    /// <summary>Gives it an owner; another one may take it over.</summary>
    public static Decision Decide(AlertBookState book, TakeAlert take, Facts facts) =>
        book.Find(take.AlertId) is not { } open ? RefuseUnkept(AlertRefusal.NotFound)
        : open.Owner == Person(facts.Caller) && open.SnoozedUntil is null ? Accept()
        : Accept(new AlertTaken(open.Id, Person(facts.Caller))).Forgetting(Name(open.Id));

    /// <summary>Puts it aside.</summary>
    public static Decision Decide(AlertBookState book, SnoozeAlert snooze, Facts facts)
    {
        if (book.Find(snooze.AlertId) is not { } open)
        {
            return RefuseUnkept(AlertRefusal.NotFound);
        }

        if (snooze.Minutes is < 1 or > Limits.SnoozeMinutes)
        {
            return Refuse(AlertRefusal.InvalidMinutes);
        }

        var until = facts.Now.AddMinutes(snooze.Minutes);
        return Accept(new AlertSnoozed(open.Id, until, Person(facts.Caller)))
            .Reminding(Name(open.Id), until, new WakeAlert(snooze.SiteId, open.Id));
    }

    /// <summary>Ends it.</summary>
    public static Decision Decide(AlertBookState book, ResolveAlert resolve, Facts facts) =>
        book.Find(resolve.AlertId) is not { } open ? RefuseUnkept(AlertRefusal.NotFound)
        : string.IsNullOrWhiteSpace(resolve.Reason) || resolve.Reason.Length > Limits.TextLength
            ? Refuse(AlertRefusal.InvalidReason)
        : Accept(new AlertResolved(open.Id, Person(facts.Caller), resolve.Reason)).Forgetting(Name(open.Id));

    /// <summary>Tells the next role, unless somebody has taken it or put it aside.</summary>
    public static Decision Decide(AlertBookState book, EscalateAlert escalate, Facts facts)
    {
        if (book.Find(escalate.AlertId) is not { Owner: null, SnoozedUntil: null } open
            || open.Level == AlertLevel.Administrator)
        {
            return Accept();
        }

        var level = open.Level + 1;
        var decision = Accept(new AlertEscalated(open.Id, level));
        return level == AlertLevel.Administrator
            ? decision
            : decision.Reminding(
                Name(open.Id), facts.Now + Patience(open.Kind), new EscalateAlert(escalate.SiteId, open.Id));
    }

    /// <summary>Opens it again; without an owner it can wait as long as at first.</summary>
    public static Decision Decide(AlertBookState book, WakeAlert wake, Facts facts)
    {
        if (book.Find(wake.AlertId) is not { SnoozedUntil: { } until } open || until > facts.Now)
        {
            return Accept();
        }

        var decision = Accept(new AlertWoke(open.Id, open.Owner is not null));
        return open.Owner is not null
            ? decision
            : decision.Reminding(
                Name(open.Id), facts.Now + Patience(open.Kind), new EscalateAlert(wake.SiteId, open.Id));
    }

    // The same person in another session is the same person.
    private static string Person(Caller caller) => caller.Principal.Split('/')[0];

    private static string Name(AlertId id) => $"alert:{id}";
}
