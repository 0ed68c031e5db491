using SmartClub.Grains.Accounts.Commands;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Accounts;

/// <summary>Decides who is signed in. The gateway compares codes and links, which it alone can derive.</summary>
public static class AccountRules
{
    /// <summary>The template of the mail to sign in with.</summary>
    public const string SignInTemplate = "sign_in";

    /// <summary>The field that names the attempt; code and link are derived from it when the mail is sent.</summary>
    public const string ChallengeField = "challenge";

    /// <summary>The field that names whom the link signs in.</summary>
    public const string MemberField = "member";

    /// <summary>Sends the mail.</summary>
    public static Decision Decide(AccountState account, RequestSignIn request, Facts facts)
    {
        if (!Account.Languages.Contains(request.Language))
        {
            return RefuseUnkept(AccountRefusal.UnknownLanguage);
        }

        if (account.Mails.Count(at => at > facts.Now - Limits.SignInMailsWindow) >= Limits.SignInMails)
        {
            return RefuseUnkept(AccountRefusal.TooManyMails);
        }

        var challenge = facts.NewId<ChallengeTag>();
        var until = facts.Now + Limits.SignInLife;
        return Accept(new SignInRequested(challenge, facts.Now, until)).Sending(new QueueMessage(
            facts.NewId<MessageTag>(),
            request.MemberId.Value,
            SignInTemplate,
            account.Language ?? request.Language,
            request.Address,
            [
                new MessageField("name", request.FirstName ?? ""),
                new MessageField(MemberField, request.MemberId.ToString()),
                new MessageField(ChallengeField, challenge.ToString()),
            ],
            until));
    }

    /// <summary>Opens a session for the right code, and counts the wrong ones.</summary>
    public static Decision Decide(AccountState account, RedeemSignIn redeem, Facts facts)
    {
        if (account.Challenge is not { } open || open.Id != redeem.ChallengeId || !open.IsOpenAt(facts.Now))
        {
            return RefuseUnkept(AccountRefusal.SignInOver);
        }

        if (!redeem.IsRight)
        {
            return Accept(new SignInRedeemed(false, null), new SignInFailed(open.Id, open.Failures + 1));
        }

        var until = facts.Now + Limits.MemberSessionLife;
        var tooMany = account.Sessions.Count(s => s.ExpiresAt > facts.Now) + 1 - Limits.SessionsPerMember;
        var events = new List<IEvent> { new SignInUsed(open.Id) };
        foreach (var session in account.Sessions)
        {
            if (session.ExpiresAt <= facts.Now || tooMany-- > 0)
            {
                events.Add(new MemberSessionClosed(session.Id));
            }
        }

        events.Add(new MemberSessionOpened(redeem.SessionId, redeem.TokenHash, facts.Now, until));
        return Accept(new SignInRedeemed(true, until), [.. events]);
    }

    /// <summary>Ends a session.</summary>
    public static Decision Decide(AccountState account, CloseMemberSession close, Facts facts)
    {
        _ = facts;
        return account.Sessions.Exists(s => s.Id == close.SessionId)
            ? Accept(new MemberSessionClosed(close.SessionId))
            : Accept();
    }

    /// <summary>Ends all sessions.</summary>
    public static Decision Decide(AccountState account, CloseMemberSessions close, Facts facts)
    {
        _ = (close, facts);
        return Accept([.. account.Sessions.Select(s => new MemberSessionClosed(s.Id))]);
    }

    /// <summary>Remembers a language.</summary>
    public static Decision Decide(AccountState account, ChooseLanguage choose, Facts facts)
    {
        _ = facts;
        return !Account.Languages.Contains(choose.Language) ? RefuseUnkept(AccountRefusal.UnknownLanguage)
            : account.Language == choose.Language ? Accept()
            : Accept(new LanguageChosen(choose.Language));
    }
}
