using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Staff;

/// <summary>Decides about sessions. Passwords, codes and passkeys are checked at the gateway.</summary>
public static class SessionRules
{
    /// <summary>Opens a session and clears away those that ran out or are too many.</summary>
    public static Decision Decide(StaffState staff, OpenSession open, Facts facts)
    {
        if (!staff.Exists)
        {
            return RefuseUnkept(StaffRefusal.NotFound);
        }

        if (staff.IsDisabled)
        {
            return Refuse(StaffRefusal.StaffDisabled);
        }

        if (open.ExpiresAt <= facts.Now || open.ExpiresAt > facts.Now + Limits.SessionLife)
        {
            return Refuse(StaffRefusal.InvalidExpiry);
        }

        if ((open.CodeStep is { } step && staff.IsUsed(step))
            || (open.RecoveryHash is { } hash && !staff.RecoveryHashes.Contains(hash)))
        {
            return Refuse(StaffRefusal.CodeAlreadyUsed);
        }

        if (open.PasskeyUse is { } use && !staff.Passkeys.Exists(p => p.Key == use.Key))
        {
            return Refuse(StaffRefusal.UnknownPasskey);
        }

        return Accept(
            new Created<SessionTag>(open.SessionId),
            [
                .. MakingRoom(staff, facts.Now),
                .. UsingUp(staff, open),
                new SessionBegun(
                    open.SessionId, open.TokenHash, facts.Now, open.ExpiresAt, open.Device, open.Place),
            ]);
    }

    /// <summary>Ends a session.</summary>
    public static Decision Decide(StaffState staff, CloseSession close, Facts facts)
    {
        _ = facts;
        return !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
            : staff.Sessions.Exists(s => s.Id == close.SessionId) ? Accept(new SessionClosed(close.SessionId))
            : Accept();
    }

    /// <summary>Ends all sessions but one.</summary>
    public static Decision Decide(StaffState staff, CloseOtherSessions close, Facts facts)
    {
        _ = facts;
        return !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound) : Accept([.. Closing(staff, close.SessionId)]);
    }

    /// <summary>Notes that a session is in use.</summary>
    public static Decision Decide(StaffState staff, SeeSession see, Facts facts) =>
        !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
        : staff.Sessions.Exists(s => s.Id == see.SessionId && s.SeenAt < facts.Now)
            ? Accept(new SessionSeen(see.SessionId, facts.Now, see.Place))
        : Accept();

    /// <summary>Begins to see the club as a colleague does.</summary>
    public static Decision Decide(StaffState staff, BeginViewAs begin, Facts facts)
    {
        _ = facts;
        return !staff.Exists || !staff.Sessions.Exists(s => s.Id == begin.SessionId)
                ? RefuseUnkept(StaffRefusal.NotFound)
            : begin.Colleague == begin.StaffId ? Refuse(StaffRefusal.OwnAccess)
            : begin.Reason?.Length > Limits.TextLength ? Refuse(StaffRefusal.InvalidReason)
            : Accept(new ViewAsBegun(begin.SessionId, begin.Colleague, begin.Reason));
    }

    /// <summary>Ends that.</summary>
    public static Decision Decide(StaffState staff, EndViewAs end, Facts facts)
    {
        _ = facts;
        return !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
            : staff.Sessions.Find(s => s.Id == end.SessionId)?.ViewsAs is { } colleague
                ? Accept(new ViewAsEnded(end.SessionId, colleague))
            : Accept();
    }

    /// <summary>Ends every session but one.</summary>
    internal static IEnumerable<IEvent> Closing(StaffState staff, SessionId? except = null) =>
        staff.Sessions.Where(s => s.Id != except).Select(s => new SessionClosed(s.Id));

    private static IEnumerable<IEvent> MakingRoom(StaffState staff, DateTimeOffset now)
    {
        var tooMany = staff.Sessions.Count(s => s.ExpiresAt > now) + 1 - Limits.SessionsPerStaff;
        foreach (var session in staff.Sessions)
        {
            if (session.ExpiresAt <= now || tooMany-- > 0)
            {
                yield return new SessionClosed(session.Id);
            }
        }
    }

    private static IEnumerable<IEvent> UsingUp(StaffState staff, OpenSession open)
    {
        if (open.CodeStep is { } step)
        {
            yield return new CodeUsed(step);
        }

        if (open.RecoveryHash is { } hash)
        {
            yield return new RecoveryCodeUsed(hash, staff.RecoveryHashes.Count - 1);
        }

        if (open.PasskeyUse is { } use)
        {
            yield return new PasskeyUsed(use.Key, use.Record);
        }
    }
}
