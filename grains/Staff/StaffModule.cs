using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;

namespace SmartClub.Grains.Staff;

/// <summary>All that the feature "staff" owns.</summary>
public static class StaffModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "staff",
        [
            Factors(Sessions(Accounts(
                new GrainDefinition<StaffState>(kind: 7, "staff", stateVersion: 3, isPerson: true)))),
        ],
        [new StaffView()],
        [typeof(StaffRefusal)]);

    private static GrainDefinition<StaffState> Accounts(GrainDefinition<StaffState> staff) => staff
        .Command<CreateStaff, Created<StaffTag>>("staff.create", StaffRules.Decide)
        .Command<InviteStaff, Invitation>("staff.invite", StaffRules.Decide)
        .Command<RenewInvitation, Invitation>("staff.renew_invitation", StaffRules.Decide)
        .Command<AcceptInvitation, Done>("staff.accept_invitation", StaffRules.Decide)
        .Command<SetGrants, Done>("staff.set_grants", StaffRules.Decide)
        .Command<DisableStaff, Done>("staff.disable", StaffRules.Decide)
        .Command<EnableStaff, Done>("staff.enable", StaffRules.Decide)
        .Event<StaffCreated>("staff.created.v1")
        .Event<StaffInvited>("staff.invited.v1")
        .Event<InvitationRenewed>("staff.invitation_renewed.v1")
        .Event<InvitationAccepted>("staff.invitation_accepted.v1")
        .Event<GrantsSet>("staff.grants_set.v1")
        .Event<StaffLocked>("staff.locked.v1")
        .Event<StaffUnlocked>("staff.unlocked.v1");

    private static GrainDefinition<StaffState> Sessions(GrainDefinition<StaffState> staff) => staff
        .Command<OpenSession, Created<SessionTag>>("staff.open_session", SessionRules.Decide)
        .Command<CloseSession, Done>("staff.close_session", SessionRules.Decide)
        .Command<CloseOtherSessions, Done>("staff.close_other_sessions", SessionRules.Decide)
        .Command<SeeSession, Done>("staff.see_session", SessionRules.Decide)
        .Command<BeginViewAs, Done>("staff.begin_view_as", SessionRules.Decide)
        .Command<EndViewAs, Done>("staff.end_view_as", SessionRules.Decide)
        .Event<SessionOpened>("staff.session_opened.v1")
        .Event<SessionBegun>("staff.session_opened.v2")
        .Event<SessionSeen>("staff.session_seen.v1")
        .Event<SessionClosed>("staff.session_closed.v1")
        .Event<ViewAsBegun>("staff.view_as_begun.v1")
        .Event<ViewAsEnded>("staff.view_as_ended.v1");

    private static GrainDefinition<StaffState> Factors(GrainDefinition<StaffState> staff) => staff
        .Command<SetPassword, Done>("staff.set_password", FactorRules.Decide)
        .Command<SetTotp, Done>("staff.set_totp", FactorRules.Decide)
        .Command<RemoveTotp, Done>("staff.remove_totp", FactorRules.Decide)
        .Command<SetRecoveryCodes, Done>("staff.set_recovery_codes", FactorRules.Decide)
        .Command<AddPasskey, PasskeyTaken>("staff.add_passkey", FactorRules.Decide)
        .Command<RemovePasskey, Done>("staff.remove_passkey", FactorRules.Decide)
        .Command<ResetSecondFactor, Done>("staff.reset_second_factor", FactorRules.Decide)
        .Event<PasswordSet>("staff.password_set.v1")
        .Event<TotpSet>("staff.totp_set.v1")
        .Event<TotpRemoved>("staff.totp_removed.v1")
        .Event<CodeUsed>("staff.code_used.v1")
        .Event<RecoveryCodesSet>("staff.recovery_codes_set.v1")
        .Event<RecoveryCodeUsed>("staff.recovery_code_used.v1")
        .Event<PasskeyAdded>("staff.passkey_added.v1")
        .Event<PasskeyUsed>("staff.passkey_used.v1")
        .Event<PasskeyRemoved>("staff.passkey_removed.v1")
        .Event<SecondFactorReset>("staff.second_factor_reset.v1");
}
