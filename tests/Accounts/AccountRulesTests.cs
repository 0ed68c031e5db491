using SmartClub.Grains.Accounts;
using SmartClub.Grains.Accounts.Commands;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Accounts;

/// <summary>How members sign in on their phones.</summary>
public sealed class AccountRulesTests
{
    private static readonly MemberId Member = Town.Id<MemberTag>("ruth");
    private readonly Given<AccountState> account = new(AccountsModule.Module.Grains[0]);
    private int sessions;

    [Fact]
    public void Language_IsRefused_WhenTheClubDoesNotSpeakIt()
    {
        account.When(new ChooseLanguage(Member, "xx")).IsRefused(AccountRefusal.UnknownLanguage);
        account.When(Ask("xx")).IsRefused(AccountRefusal.UnknownLanguage);
    }

    [Fact]
    public void Mails_AreLimited_InAnHour()
    {
        for (var mail = 0; mail < Limits.SignInMails; mail++)
        {
            account.When(Ask()).Tells<SignInRequested>();
        }

        account.When(Ask()).IsRefused(AccountRefusal.TooManyMails);
        account.Now += Limits.SignInMailsWindow;
        account.When(Ask()).Tells<SignInRequested>();
        Assert.Single(account.State.Mails);
    }

    [Fact]
    public void Mail_GoesToTheMember_InTheirLanguage_WithoutTheCode()
    {
        account.When(new ChooseLanguage(Member, "en")).Tells<LanguageChosen>();
        var asked = account.When(Ask("fr"));
        var mail = asked.Sends<QueueMessage>();
        Assert.Equal(("ruth@example.org", "en", Member.Value), (mail.To, mail.Language, mail.PersonKey));
        Assert.Equal(asked.Tells<SignInRequested>().ExpiresAt, mail.Until);
        Assert.Equal(["name", "member", "challenge"], mail.Fields!.Select(f => f.Name));
    }

    [Fact]
    public void Code_IsRefused_WhenNoMailIsOpen()
    {
        account.When(Redeem(Town.Id<ChallengeTag>("made up"))).IsRefused(AccountRefusal.SignInOver);
        var challenge = Challenge();
        account.When(Redeem(Town.Id<ChallengeTag>("made up"))).IsRefused(AccountRefusal.SignInOver);
        account.Now += Limits.SignInLife;
        account.When(Redeem(challenge)).IsRefused(AccountRefusal.SignInOver);
    }

    [Fact]
    public void Code_OpensOneSession_Once()
    {
        var challenge = Challenge();
        Assert.True(account.When(Redeem(challenge)).IsAccepted<SignInRedeemed>().IsOpen);
        account.When(Redeem(challenge)).IsRefused(AccountRefusal.SignInOver);
        Assert.Single(account.State.Sessions);
    }

    [Fact]
    public void ANewMail_ReplacesTheOneBefore()
    {
        var first = Challenge();
        var second = Challenge();
        account.When(Redeem(first)).IsRefused(AccountRefusal.SignInOver);
        account.When(Redeem(second)).Tells<MemberSessionOpened>();
    }

    [Fact]
    public void WrongCodes_AreCounted_AndEndTheMail()
    {
        var challenge = Challenge();
        for (var failure = 1; failure <= Limits.SignInFailures; failure++)
        {
            var wrong = account.When(Redeem(challenge, isRight: false));
            Assert.False(wrong.IsAccepted<SignInRedeemed>().IsOpen);
            Assert.Equal(failure, wrong.Tells<SignInFailed>().Failures);
        }

        account.When(Redeem(challenge)).IsRefused(AccountRefusal.SignInOver);
        Assert.Empty(account.State.Sessions);
    }

    [Fact]
    public void Sessions_AreLimited_AndTheOldestGivesWay()
    {
        for (var phone = 0; phone <= Limits.SessionsPerMember; phone++)
        {
            account.Now += Limits.SignInMailsWindow;
            account.When(Redeem(Challenge())).Tells<MemberSessionOpened>();
        }

        Assert.Equal(Limits.SessionsPerMember, account.State.Sessions.Count);
        Assert.DoesNotContain(account.State.Sessions, s => s.TokenHash == "token 0");
        account.Now += Limits.MemberSessionLife;
        account.When(Redeem(Challenge())).Tells<MemberSessionOpened>();
        Assert.Single(account.State.Sessions);
    }

    [Fact]
    public void Close_ActsOnce_AndAllCloseAtOnce()
    {
        account.When(Redeem(Challenge()));
        var session = account.State.Sessions.Single().Id;
        account.When(new CloseMemberSession(Member, session)).Tells<MemberSessionClosed>();
        account.When(new CloseMemberSession(Member, session)).TellsNothing();
        account.When(Redeem(Challenge()));
        account.When(new CloseMemberSessions(Member)).Tells<MemberSessionClosed>();
        Assert.Empty(account.State.Sessions);
    }

    private static RequestSignIn Ask(string language = "fr") => new(Member, "ruth@example.org", "Ruth", language);

    private ChallengeId Challenge() => account.When(Ask()).Tells<SignInRequested>().ChallengeId;

    private RedeemSignIn Redeem(ChallengeId challenge, bool isRight = true)
    {
        var number = sessions++;
        return new(Member, challenge, isRight, Town.Id<SessionTag>($"session {number}"), $"token {number}");
    }
}
