using SmartClub.Grains.Model;

namespace SmartClub.Grains.Accounts.Commands;

/// <summary>
/// Somebody wants to sign in with the address of this member: a mail with a link and a code is sent to it. An address
/// that several members share gets one for each of them.
/// </summary>
/// <param name="MemberId">Who has this address.</param>
/// <param name="Address">The address as the member gave it.</param>
/// <param name="FirstName">How the mail greets.</param>
/// <param name="Language">What the asking phone speaks, where the member has not chosen.</param>
[Internal]
public sealed record RequestSignIn(
    MemberId MemberId, [property: Personal] string? Address, [property: Personal] string? FirstName, string Language)
    : ICommand<Done>
{
    GrainId ICommand.Target => Account.Of(MemberId);
}

/// <summary>
/// Somebody showed a code or link of the last mail; the gateway says whether it is the right one. If so a session is
/// opened, and beyond the limit the oldest gives way.
/// </summary>
[Internal]
public sealed record RedeemSignIn(
    MemberId MemberId, ChallengeId ChallengeId, bool IsRight, SessionId SessionId, string TokenHash)
    : ICommand<SignInRedeemed>
{
    GrainId ICommand.Target => Account.Of(MemberId);
}

/// <summary>Whether a session was opened, and how long it lasts.</summary>
public sealed record SignInRedeemed(bool IsOpen, DateTimeOffset? ExpiresAt);

/// <summary>Ends a session of a member; ending it twice changes nothing.</summary>
[Needs(Rights.Member)]
public sealed record CloseMemberSession(MemberId MemberId, SessionId SessionId) : ICommand<Done>
{
    GrainId ICommand.Target => Account.Of(MemberId);
}

/// <summary>Signs a member out everywhere: a phone is lost.</summary>
[Needs(Rights.MembersWrite)]
public sealed record CloseMemberSessions(MemberId MemberId) : ICommand<Done>
{
    GrainId ICommand.Target => Account.Of(MemberId);
}

/// <summary>Speaks to the member in this language from now on.</summary>
[Needs(Rights.Member)]
public sealed record ChooseLanguage(MemberId MemberId, string Language) : ICommand<Done>
{
    GrainId ICommand.Target => Account.Of(MemberId);
}

/// <summary>Where the account of a member is.</summary>
public static class Account
{
    /// <summary>The languages that the club speaks.</summary>
    public static readonly IReadOnlyList<string> Languages = ["fr", "en"];

    /// <summary>The grain.</summary>
    public static GrainId Of(MemberId member) => new Id<MemberAccountTag>(member.Value).Grain;
}

/// <summary>Why a command about an account is refused, in order of precedence.</summary>
public enum AccountRefusal
{
    /// <summary>The club does not speak it.</summary>
    UnknownLanguage,

    /// <summary>There were enough mails for now.</summary>
    TooManyMails,

    /// <summary>No mail is open that this could be the answer to.</summary>
    SignInOver,
}
