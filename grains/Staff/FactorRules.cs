using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Staff;

/// <summary>Decides about what somebody signs in with. That they know the present password is checked before.</summary>
public static class FactorRules
{
    /// <summary>Sets another password.</summary>
    public static Decision Decide(StaffState staff, SetPassword set, Facts facts)
    {
        _ = facts;
        return !staff.Exists
            ? RefuseUnkept(StaffRefusal.NotFound)
            : Accept([new PasswordSet(set.PasswordHash), .. SessionRules.Closing(staff, set.SessionId)]);
    }

    /// <summary>Sets the secret of the one-time codes. The code that proved it is used up.</summary>
    public static Decision Decide(StaffState staff, SetTotp set, Facts facts)
    {
        _ = facts;
        return !staff.Exists
            ? RefuseUnkept(StaffRefusal.NotFound)
            : Accept(
                new TotpSet(set.TotpSecret), new CodeUsed(set.CodeStep), new RecoveryCodesSet(set.RecoveryHashes));
    }

    /// <summary>Takes the one-time codes away.</summary>
    public static Decision Decide(StaffState staff, RemoveTotp remove, Facts facts)
    {
        _ = remove;
        return !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
            : staff.TotpSecret is null ? Accept()
            : staff.Passkeys.Count == 0 && staff.MustHaveSecondFactor(facts.Now)
                ? Refuse(StaffRefusal.SecondFactorObligatory)
            : Accept(new TotpRemoved());
    }

    /// <summary>Sets new recovery codes.</summary>
    public static Decision Decide(StaffState staff, SetRecoveryCodes set, Facts facts)
    {
        _ = facts;
        return !staff.Exists
            ? RefuseUnkept(StaffRefusal.NotFound)
            : Accept(new RecoveryCodesSet(set.RecoveryHashes));
    }

    /// <summary>Adds a passkey.</summary>
    public static Decision Decide(StaffState staff, AddPasskey add, Facts facts)
    {
        if (!staff.Exists)
        {
            return RefuseUnkept(StaffRefusal.NotFound);
        }

        if (!Limits.IsName(add.Name))
        {
            return Refuse(StaffRefusal.InvalidName);
        }

        if (staff.Passkeys.Count >= Limits.PasskeysPerStaff)
        {
            return Refuse(StaffRefusal.TooManyPasskeys);
        }

        var added = new PasskeyAdded(add.Key, add.Name, add.Record, facts.Now);
        return staff.Passkeys.Exists(p => p.Key == add.Key) ? Accept(new PasskeyTaken(false))
            : staff.RecoveryHashes.Count > 0 ? Accept(new PasskeyTaken(false), added)
            : Accept(new PasskeyTaken(true), added, new RecoveryCodesSet(add.RecoveryHashes));
    }

    /// <summary>Takes a passkey away.</summary>
    public static Decision Decide(StaffState staff, RemovePasskey remove, Facts facts) =>
        !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
        : !staff.Passkeys.Exists(p => p.Key == remove.Key) ? Refuse(StaffRefusal.UnknownPasskey)
        : staff is { TotpSecret: null, Passkeys.Count: 1 } && staff.MustHaveSecondFactor(facts.Now)
            ? Refuse(StaffRefusal.SecondFactorObligatory)
        : Accept(new PasskeyRemoved(remove.Key));

    /// <summary>Takes every second factor away from somebody else.</summary>
    public static Decision Decide(StaffState staff, ResetSecondFactor reset, Facts facts) =>
        !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
        : facts.Caller.Is(reset.StaffId) ? Refuse(StaffRefusal.OwnAccess)
        : reset.Reason?.Length > Limits.TextLength ? Refuse(StaffRefusal.InvalidReason)
        : Accept([new SecondFactorReset(reset.Reason), .. SessionRules.Closing(staff)]);
}
