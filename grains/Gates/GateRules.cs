using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Gates;

/// <summary>Decides the commands of a gate, except its reports.</summary>
public static class GateRules
{
    /// <summary>Sets up the gate.</summary>
    public static Decision Decide(GateState gate, CreateGate create, Facts facts) =>
        !Limits.IsName(create.Name) ? Refuse(GateRefusal.InvalidName)
        : string.IsNullOrEmpty(create.Key) ? Refuse(GateRefusal.InvalidKey)
        : facts.Reference.Site(create.SiteId) is null ? Refuse(GateRefusal.UnknownSite)
        : facts.Reference.Zone(create.ZoneId)?.SiteId != create.SiteId ? Refuse(GateRefusal.UnknownZone)
        : gate.Exists ? Refuse(GateRefusal.GateExists)
        : Accept(
            new Created<GateTag>(create.GateId),
            new GateCreated(
                create.Name, create.SiteId, create.ZoneId, create.Direction, create.ConfirmsPassage, create.Key));

    /// <summary>Changes the gate. That it is known where it is proves that it was set up.</summary>
    public static Decision Decide(GateState gate, ChangeGate change, Facts facts)
    {
        if (!gate.Exists || facts.Reference.Gate(change.GateId) is not { } before)
        {
            return RefuseUnkept(GateRefusal.NotFound);
        }

        var changed = new GateChanged(
            change.Name, before.SiteId, change.ZoneId, change.Direction, change.ConfirmsPassage);
        var after = changed.ToFacts(change.GateId) with { IsDisabled = before.IsDisabled };
        return !Limits.IsName(change.Name) ? Refuse(GateRefusal.InvalidName)
            : facts.Reference.Zone(change.ZoneId)?.SiteId != before.SiteId ? Refuse(GateRefusal.UnknownZone)
            : gate.HasDevice
                && (after.ZoneId != before.ZoneId || after.ConfirmsPassage != before.ConfirmsPassage)
                ? Refuse(GateRefusal.DeviceInPlace)
            : after == before ? Accept()
            : Accept(changed);
    }

    /// <summary>Changes the key.</summary>
    public static Decision Decide(GateState gate, ReplaceGateKey replace, Facts facts)
    {
        _ = facts;
        var version = gate.KeyVersion + 1;
        return !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
            : string.IsNullOrEmpty(replace.Key) ? Refuse(GateRefusal.InvalidKey)
            : Accept(new GateKeyReplaced(version), new GateKeyChanged(version, replace.Key));
    }

    /// <summary>Takes the gate out of work; doing so twice changes nothing.</summary>
    public static Decision Decide(GateState gate, DisableGate disable, Facts facts)
    {
        _ = (disable, facts);
        return !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
            : gate.IsDisabled ? Accept()
            : Accept(new GateDisabled());
    }

    /// <summary>Puts the gate to work; doing so twice changes nothing.</summary>
    public static Decision Decide(GateState gate, EnableGate enable, Facts facts)
    {
        _ = (enable, facts);
        return !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
            : !gate.IsDisabled ? Accept()
            : Accept(new GateEnabled());
    }

    /// <summary>Notes that the gate is silent.</summary>
    public static Decision Decide(GateState gate, ReportSilence silence, Facts facts) =>
        !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
        : gate.IsSilent ? Accept()
        : Telling(
            Accept(new GateFellSilent(silence.LastSeenAt)),
            facts.Reference.Gate(silence.GateId),
            door => new RaiseAlert(door.SiteId, AlertKind.GateSilent, door.Id, null, facts.Now, 1));

    /// <summary>Notes that the gate is back.</summary>
    public static Decision Decide(GateState gate, ReportReturn returned, Facts facts) =>
        !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
        : !gate.IsSilent ? Accept()
        : Telling(
            Accept(new GateReturned()),
            facts.Reference.Gate(returned.GateId),
            door => new SettleAlert(door.SiteId, AlertKind.GateSilent, door.Id));

    private static Decision Telling(Decision decision, GateFacts? door, Func<GateFacts, ICommand> alert) =>
        door is null ? decision : decision.Sending(alert(door));
}
