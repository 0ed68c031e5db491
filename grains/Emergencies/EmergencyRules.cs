using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Emergencies;

/// <summary>
/// Tells all doors of a site one thing. An evacuation comes before everything: nothing locks a door while it lasts.
/// </summary>
public static class EmergencyRules
{
    private const string Renewal = "renew";

    /// <summary>Opens the doors.</summary>
    public static Decision Decide(EmergencyState site, BeginEvacuation begin, Facts facts) =>
        Refusal(begin.SiteId, begin.Reason, facts) is { } no ? no
        : Ordering(
            site.Kind == EmergencyKind.Evacuation
                ? Accept()
                : Accept(new EvacuationBegun(
                    facts.Now, facts.Caller.Principal, Count(begin.SiteId, facts), begin.Reason)),
            begin.SiteId, GateOrderKind.Evacuate, facts.Caller.Principal, begin.Reason, facts)
            .Reminding(Renewal, facts.Now + Limits.EmergencyRenewal, new RenewEmergency(begin.SiteId));

    /// <summary>Locks the doors.</summary>
    public static Decision Decide(EmergencyState site, BeginLockDown begin, Facts facts) =>
        Refusal(begin.SiteId, begin.Reason, facts) is { } no ? no
        : site.Kind == EmergencyKind.Evacuation ? Refuse(EmergencyRefusal.EvacuationUnderWay)
        : Ordering(
            site.Kind == EmergencyKind.LockDown
                ? Accept()
                : Accept(new LockDownBegun(
                    facts.Now, facts.Caller.Principal, Count(begin.SiteId, facts), begin.Reason)),
            begin.SiteId, GateOrderKind.Lock, facts.Caller.Principal, begin.Reason, facts)
            .Reminding(Renewal, facts.Now + Limits.EmergencyRenewal, new RenewEmergency(begin.SiteId));

    /// <summary>Ends an evacuation; where there is none, nothing happens.</summary>
    public static Decision Decide(EmergencyState site, EndEvacuation end, Facts facts) =>
        Refusal(end.SiteId, end.Reason, facts) is { } no ? no
        : site.Kind != EmergencyKind.Evacuation ? Accept()
        : Ordering(
            Accept(new EvacuationEnded(facts.Now, facts.Caller.Principal, site.Outside.Length, end.Reason)),
            end.SiteId, GateOrderKind.Unlock, facts.Caller.Principal, end.Reason, facts).Forgetting(Renewal);

    /// <summary>Ends a lock-down; where there is none, nothing happens.</summary>
    public static Decision Decide(EmergencyState site, EndLockDown end, Facts facts) =>
        Refusal(end.SiteId, end.Reason, facts) is { } no ? no
        : site.Kind != EmergencyKind.LockDown ? Accept()
        : Ordering(
            Accept(new LockDownEnded(facts.Now, facts.Caller.Principal, end.Reason)),
            end.SiteId, GateOrderKind.Unlock, facts.Caller.Principal, end.Reason, facts).Forgetting(Renewal);

    /// <summary>Notes who was seen outside; saying it twice changes nothing.</summary>
    public static Decision Decide(EmergencyState site, MarkOutside mark, Facts facts) =>
        site.Kind != EmergencyKind.Evacuation ? RefuseUnkept(EmergencyRefusal.NoEvacuation)
        : site.Outside.Contains(mark.MemberId) == mark.IsOutside ? Accept()
        : !mark.IsOutside ? Accept(new PersonNotSeenOutside(mark.MemberId, facts.Caller.Principal))
        : site.Outside.Length >= Limits.PeopleOutside ? Refuse(EmergencyRefusal.TooManyPeople)
        : Accept(new PersonSeenOutside(mark.MemberId, facts.Caller.Principal));

    /// <summary>Tells the doors again while the emergency lasts: also those that were away or are new.</summary>
    public static Decision Decide(EmergencyState site, RenewEmergency renew, Facts facts) =>
        site.Kind == EmergencyKind.None ? Accept()
        : Ordering(
            Accept(), renew.SiteId,
            site.Kind == EmergencyKind.Evacuation ? GateOrderKind.Evacuate : GateOrderKind.Lock,
            site.Operator!, site.Reason, facts)
            .Reminding(Renewal, facts.Now + Limits.EmergencyRenewal, renew);

    private static Decision? Refusal(SiteId site, string? reason, Facts facts) =>
        facts.Reference.Site(site) is null ? RefuseUnkept(EmergencyRefusal.UnknownSite)
        : string.IsNullOrWhiteSpace(reason) || reason.Length > Limits.TextLength
            ? RefuseUnkept(EmergencyRefusal.InvalidReason)
        : null;

    private static int Count(SiteId site, Facts facts) => facts.Reference.GatesAt(site).Count;

    private static Decision Ordering(
        Decision decision, SiteId site, GateOrderKind kind, string by, string? reason, Facts facts)
    {
        foreach (var gate in facts.Reference.GatesAt(site))
        {
            decision.Sending(new DirectGate(gate.Id, kind, by, reason));
        }

        return decision;
    }
}
