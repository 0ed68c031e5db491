using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Staff;

/// <summary>Decides the commands of an account. Passwords and codes are checked at the gateway.</summary>
public static class StaffRules
{
    /// <summary>Makes the account.</summary>
    public static Decision Decide(StaffState staff, CreateStaff create, Facts facts)
    {
        _ = facts;
        return !Limits.IsName(create.DisplayName) ? Refuse(StaffRefusal.InvalidName)
            : staff.Exists ? Refuse(StaffRefusal.StaffExists)
            : Accept(
                new Created<StaffTag>(create.StaffId),
                new StaffCreated(
                    create.Email, create.DisplayName, create.PasswordHash, create.TotpSecret, create.Role));
    }

    /// <summary>Opens a session and clears away those that ran out or are too many.</summary>
    public static Decision Decide(StaffState staff, OpenSession open, Facts facts)
    {
        if (!staff.Exists)
        {
            return RefuseUnkept(StaffRefusal.NotFound);
        }

        if (open.ExpiresAt <= facts.Now || open.ExpiresAt > facts.Now + Limits.SessionLife)
        {
            return Refuse(StaffRefusal.InvalidExpiry);
        }

        if (staff.IsUsed(open.CodeStep))
        {
            return Refuse(StaffRefusal.CodeAlreadyUsed);
        }

        var live = staff.Sessions.Count(s => s.ExpiresAt > facts.Now);
        var tooMany = live + 1 - Limits.SessionsPerStaff;
        var events = new List<IEvent>();
        foreach (var session in staff.Sessions)
        {
            if (session.ExpiresAt <= facts.Now || tooMany-- > 0)
            {
                events.Add(new SessionClosed(session.Id));
            }
        }

        events.Add(new CodeUsed(open.CodeStep));
        events.Add(new SessionOpened(open.SessionId, open.TokenHash, facts.Now, open.ExpiresAt));
        return Accept(new Created<SessionTag>(open.SessionId), [.. events]);
    }

    /// <summary>Ends a session.</summary>
    public static Decision Decide(StaffState staff, CloseSession close, Facts facts)
    {
        _ = facts;
        return !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
            : staff.Sessions.Exists(s => s.Id == close.SessionId) ? Accept(new SessionClosed(close.SessionId))
            : Accept();
    }
}
