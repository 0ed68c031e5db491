using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Gates;

/// <summary>How a device comes to its key, and to the next one.</summary>
public static class GateKeyRules
{
    /// <summary>Opens the gate to a device; an earlier code ends.</summary>
    public static Decision Decide(GateState gate, OpenEnrolment open, Facts facts)
    {
        var until = facts.Now + Limits.EnrolmentLife;
        return !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
            : string.IsNullOrEmpty(open.CodeHash) ? Refuse(GateRefusal.InvalidCode)
            : Accept(new EnrolmentOpened(until), new GateEnrolmentOpened(open.CodeHash, until));
    }

    /// <summary>Takes the device, once.</summary>
    public static Decision Decide(GateState gate, EnrolGate enrol, Facts facts)
    {
        var version = gate.KeyVersion + 1;
        return !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
            : string.IsNullOrEmpty(enrol.Key) ? Refuse(GateRefusal.InvalidKey)
            : gate.EnrolmentCode != enrol.CodeHash || facts.Now >= gate.EnrolmentUntil
                ? RefuseUnkept(GateRefusal.InvalidCode)
            : Accept(
                new GateKeyReplaced(version),
                new GateEnrolled(enrol.CodeHash, version),
                new GateKeyChanged(version, enrol.Key));
    }

    /// <summary>Hands out the next key; asking again gives another one, and the one before was never used.</summary>
    public static Decision Decide(GateState gate, PrepareGateKey prepare, Facts facts)
    {
        _ = facts;
        var version = gate.KeyVersion + 1;
        return !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
            : string.IsNullOrEmpty(prepare.Key) ? Refuse(GateRefusal.InvalidKey)
            : Accept(new GateKeyReplaced(version), new GateKeyPrepared(version, prepare.Key));
    }

    /// <summary>The next key counts from now on.</summary>
    public static Decision Decide(GateState gate, ConfirmGateKey confirm, Facts facts)
    {
        _ = facts;
        return !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
            : gate.NextKey is null || confirm.KeyVersion != gate.KeyVersion + 1 ? Accept()
            : Accept(new GateKeyChanged(confirm.KeyVersion, gate.NextKey));
    }
}
