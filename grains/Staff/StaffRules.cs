using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Staff;

/// <summary>Decides about accounts: who has one, and what they are allowed.</summary>
public static class StaffRules
{
    /// <summary>The template of the mail that invites somebody.</summary>
    public const string InvitationTemplate = "staff_invitation";

    /// <summary>The field that names whose account the link opens.</summary>
    public const string StaffField = "staff";

    /// <summary>The field that names the command that made the link.</summary>
    public const string IntentField = "intent";

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

    /// <summary>Invites somebody.</summary>
    public static Decision Decide(StaffState staff, InviteStaff invite, Facts facts)
    {
        if (!Limits.IsName(invite.DisplayName) || !Limits.IsName(invite.Email))
        {
            return Refuse(StaffRefusal.InvalidName);
        }

        if (Wrong(invite.Grants, facts) is { } wrong)
        {
            return Refuse(wrong);
        }

        var expires = facts.Now + Limits.InvitationLife;
        return staff.Exists
            ? Refuse(StaffRefusal.StaffExists)
            : Accept(
                new Invitation(invite.StaffId, expires),
                new StaffInvited(invite.Email, invite.DisplayName, invite.TokenHash, expires),
                new GrantsSet(invite.Grants))
                .Sending(Mail(invite.StaffId, invite.Email, invite.DisplayName, invite.Language, expires, facts));
    }

    /// <summary>Sends another link.</summary>
    public static Decision Decide(StaffState staff, RenewInvitation renew, Facts facts)
    {
        var expires = facts.Now + Limits.InvitationLife;
        return !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
            : staff.IsDisabled ? Refuse(StaffRefusal.StaffDisabled)
            : Accept(new Invitation(renew.StaffId, expires), new InvitationRenewed(renew.TokenHash, expires))
                .Sending(Mail(renew.StaffId, staff.Email, staff.DisplayName, renew.Language, expires, facts));
    }

    /// <summary>Takes a link up. Whoever had the password before it is out.</summary>
    public static Decision Decide(StaffState staff, AcceptInvitation accept, Facts facts) =>
        !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
        : staff.IsDisabled ? Refuse(StaffRefusal.StaffDisabled)
        : staff.Invitation?.TokenHash != accept.TokenHash || staff.Invitation.ExpiresAt <= facts.Now
            ? Refuse(StaffRefusal.InvitationEnded)
        : Accept([new InvitationAccepted(accept.PasswordHash), .. SessionRules.Closing(staff)]);

    /// <summary>Says what somebody is allowed.</summary>
    public static Decision Decide(StaffState staff, SetGrants set, Facts facts) =>
        !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
        : facts.Caller.Is(set.StaffId) ? Refuse(StaffRefusal.OwnAccess)
        : Wrong(set.Grants, facts) is { } wrong ? Refuse(wrong)
        : staff.Grants.SequenceEqual(set.Grants) ? Accept()
        : Accept(new GrantsSet(set.Grants));

    /// <summary>Locks an account.</summary>
    public static Decision Decide(StaffState staff, DisableStaff disable, Facts facts) =>
        !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
        : facts.Caller.Is(disable.StaffId) ? Refuse(StaffRefusal.OwnAccess)
        : disable.Reason?.Length > Limits.TextLength ? Refuse(StaffRefusal.InvalidReason)
        : staff.IsDisabled ? Accept()
        : Accept([.. SessionRules.Closing(staff), new StaffLocked(disable.Reason)]);

    /// <summary>Opens an account again.</summary>
    public static Decision Decide(StaffState staff, EnableStaff enable, Facts facts)
    {
        _ = (enable, facts);
        return !staff.Exists ? RefuseUnkept(StaffRefusal.NotFound)
            : staff.IsDisabled ? Accept(new StaffUnlocked(staff.PasswordHash is not null))
            : Accept();
    }

    private static StaffRefusal? Wrong(IReadOnlyList<StaffGrant> grants, Facts facts) =>
        grants.Count > Limits.GrantsPerStaff || !grants.All(IsWellFormed) ? StaffRefusal.InvalidGrants
        : grants.Any(g => g.SiteId is { } site && facts.Reference.Site(site) is null) ? StaffRefusal.UnknownSite
        : null;

    private static bool IsWellFormed(StaffGrant grant) =>
        (grant.Role, grant.OwnRole, grant.Right) switch
        {
            ({ } role, null, null) => Enum.IsDefined(role),
            (null, not null, null) => true,
            (null, null, { } right) => Rights.All.Contains(right),
            _ => false,
        };

    // The link is in no message: it is derived from the command when the mail is written.
    private static QueueMessage Mail(
        StaffId staff, string? email, string? name, string language, DateTimeOffset until, Facts facts)
    {
        var fields = new List<MessageField>
        {
            new("name", name ?? ""),
            new(StaffField, staff.ToString()),
            new(IntentField, facts.CommandId.Value.ToString("N")),
        };
        var mail = new QueueMessage(
            facts.NewId<MessageTag>(), staff.Value, InvitationTemplate, language, email, fields, until);
        return mail;
    }
}
