using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Gates;

/// <summary>Takes over what a device reports: alarms stay here, passages go to the member they are about.</summary>
public static class GateReportRules
{
    /// <summary>Takes over the events that follow on the last one, in the order of their counter.</summary>
    public static Decision Decide(GateState gate, ReportGateEvents report, Facts facts) =>
        TakeOver(gate, report.GateId, report.KeyVersion, report.Events, [], facts);

    /// <summary>The same, with what the gateway has found out.</summary>
    public static Decision Decide(GateState gate, ReportDoorEvents report, Facts facts) =>
        TakeOver(gate, report.GateId, report.KeyVersion, report.Events, report.Then, facts);

    private static Decision TakeOver(
        GateState gate, GateId id, int keyVersion, IReadOnlyList<GateEvent> reports, IReadOnlyList<ReasonThen> then,
        Facts facts)
    {
        if (!gate.Exists)
        {
            return RefuseUnkept(GateRefusal.NotFound);
        }

        if (reports.Count > Limits.EventsPerRequest)
        {
            return Refuse(GateRefusal.TooManyEvents);
        }

        if (keyVersion != gate.KeyVersion)
        {
            return Refuse(GateRefusal.KeyReplaced);
        }

        var acked = gate.LastEvent;
        var events = new List<IEvent>();
        var sends = new List<ICommand>();
        var alarms = new List<(AlertKind Kind, DateTimeOffset At)>();
        foreach (var reported in reports.OrderBy(e => e.N))
        {
            if (reported.N == acked + 1)
            {
                acked++;
                var reason = then.FirstOrDefault(t => t.N == reported.N)?.Reason;
                TakeOver(id, reported, reason, facts, events, sends, alarms);
            }
        }

        if (acked > gate.LastEvent)
        {
            events.Add(new GateEventsTakenOver(acked));
        }

        var decision = Accept(new GateEventsAcked(acked), [.. events]);
        sends.ForEach(send => decision.Sending(send));
        SendAlarms(decision, id, alarms, facts);
        return decision;
    }

    // A door that was forced ten times is one alert that counts ten.
    private static void SendAlarms(
        Decision decision, GateId gate, List<(AlertKind Kind, DateTimeOffset At)> alarms, Facts facts)
    {
        if (alarms.Count > 0 && facts.Reference.Gate(gate) is { } door)
        {
            foreach (var alarm in alarms.GroupBy(a => a.Kind))
            {
                decision.Sending(new RaiseAlert(
                    door.SiteId, alarm.Key, gate, null, alarm.Max(a => a.At), alarm.Count()));
            }
        }
    }

    private static void TakeOver(
        GateId gate, GateEvent reported, AccessReason? then, Facts facts, List<IEvent> events, List<ICommand> sends,
        List<(AlertKind Kind, DateTimeOffset At)> alarms)
    {
        // A device whose clock runs ahead must not date anything into the future.
        var at = reported.At < facts.Now ? reported.At : facts.Now;
        switch (reported.Type)
        {
            case GateEventType.AccessPassed when Ticket.TryParse(reported.TicketId, out var ticket):
                sends.Add(new RecordPassage(ticket.MemberId, ticket.Number, gate, at));
                break;
            case GateEventType.AccessPassed:
                // Under a ticket that is none: taken over, so that the device can forget it; somebody went in unasked.
                alarms.Add((AlertKind.Tailgating, at));
                break;
            case GateEventType.AccessNotPassed when Ticket.TryParse(reported.TicketId, out var ticket):
                sends.Add(new RecordNonPassage(ticket.MemberId, ticket.Number, gate));
                break;
            case GateEventType.OfflineAccess when reported is { MemberId: { } member, CredentialId: { } credential }:
                sends.Add(new RecordDoorDecision(
                    member, credential, gate, reported.ScanId ?? "", reported.Direction, reported.IsGranted, at,
                    then, reported.Pass));
                break;
            case GateEventType.OfflineAccess:
                events.Add(new UnknownOfflineAccess(reported.N, at, reported.Direction, reported.IsGranted));
                break;
            case GateEventType.AccessForced:
                events.Add(new DoorForced(reported.N, at));
                alarms.Add((AlertKind.DoorForced, at));
                break;
            case GateEventType.DoorHeld:
                events.Add(new DoorHeldOpen(reported.N, at));
                alarms.Add((AlertKind.DoorHeld, at));
                break;
            case GateEventType.Tamper:
                events.Add(new TamperDetected(reported.N, at));
                alarms.Add((AlertKind.Tamper, at));
                break;
            case GateEventType.FireAlarm:
                events.Add(new FireAlarmRaised(reported.N, at));
                alarms.Add((AlertKind.FireAlarm, at));
                break;
            default:
                // Nobody passed under a ticket that is none: taken over, so that the device can forget it.
                break;
        }
    }
}
