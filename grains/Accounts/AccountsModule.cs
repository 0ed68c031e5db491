using SmartClub.Grains.Accounts.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Accounts;

/// <summary>All that the feature "accounts" owns: how members sign in on their phones.</summary>
public static class AccountsModule
{
    /// <summary>The module.</summary>
    public static FeatureModule Module { get; } = new(
        "accounts",
        [
            new GrainDefinition<AccountState>(kind: 10, "account", isPerson: true)
                .Command<RequestSignIn, Done>("account.request_sign_in", AccountRules.Decide)
                .Command<RedeemSignIn, SignInRedeemed>("account.redeem_sign_in", AccountRules.Decide)
                .Command<CloseMemberSession, Done>("account.close_session", AccountRules.Decide)
                .Command<CloseMemberSessions, Done>("account.close_sessions", AccountRules.Decide)
                .Command<ChooseLanguage, Done>("account.choose_language", AccountRules.Decide)
                .Event<SignInRequested>("account.sign_in_requested.v1")
                .Event<SignInFailed>("account.sign_in_failed.v1")
                .Event<SignInUsed>("account.sign_in_used.v1")
                .Event<MemberSessionOpened>("account.session_opened.v1")
                .Event<MemberSessionClosed>("account.session_closed.v1")
                .Event<LanguageChosen>("account.language_chosen.v1"),
        ],
        [new AccountView()],
        [typeof(AccountRefusal)]);
}
