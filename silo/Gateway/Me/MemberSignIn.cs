using System.Globalization;
using SmartClub.Grains.Accounts;
using SmartClub.Grains.Accounts.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Reactions;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>
/// Checks the code or link of a sign-in mail. Whatever is wrong, the answer is the same: a stranger learns neither who
/// is a member nor how far they got.
/// </summary>
public sealed class MemberSignIn(
    IGrains grains, ClubKeys keys, SignInSecrets secrets, SignInRequests requests, MemberQueries members,
    ReadAfter reads, SignedIn signedIn, TimeProvider time)
{
    // Asking and guessing are counted apart, by address, whether anybody has it or not.
    private readonly LoginGuard asks = new(time);
    private readonly LoginGuard guesses = new(time);

    /// <summary>Asks for a mail.</summary>
    public IResult Ask(HttpContext http, string address)
    {
        var mailbox = Mailbox(address);
        if (asks.Wait(mailbox) is { } wait)
        {
            return Problems.Later("too_many_attempts", wait);
        }

        asks.Failed(mailbox);
        requests.Ask(address.Trim(), Texts.Language(http.Request));
        return Results.Json(new SignInAskedAnswer((int)DomainLimits.SignInLife.TotalMinutes), ApiJson.Options);
    }

    /// <summary>Opens a session with the code that was mailed to an address.</summary>
    public async Task<IResult> OpenByCode(HttpContext http, string address, string code)
    {
        http.Response.Headers.CacheControl = "no-store";
        var mailbox = Mailbox(address);
        if (guesses.Wait(mailbox) is { } wait)
        {
            return Problems.Later("too_many_attempts", wait);
        }

        // Counted before it is looked at, so that many at once are not looked at before any is counted.
        guesses.Failed(mailbox);
        var began = time.GetTimestamp();
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        await reads.CatchUp(http.RequestAborted);
        var owners = await members.WithAddress(address.Trim(), http.RequestAborted);
        IResult? opened = null;
        foreach (var owner in owners)
        {
            if (opened is null && await Challenge(owner.Id) is { } challenge)
            {
                opened = await Redeem(http, owner.Id, challenge, secrets.IsCode(challenge, digits));
            }
        }

        if (opened is null)
        {
            // A wrong code of somebody is written down and one of nobody is not; the clock must not tell which it was.
            var rest = Limits.SignInAnswer - time.GetElapsedTime(began);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, http.RequestAborted);
            return Problems.Of("invalid_code");
        }

        guesses.Succeeded(mailbox);
        asks.Succeeded(mailbox);
        return opened;
    }

    /// <summary>Opens a session with what the link carried.</summary>
    public async Task<IResult> OpenByLink(HttpContext http, string link)
    {
        http.Response.Headers.CacheControl = "no-store";
        return link.Split('.', 3) is [var member, var challenge, var secret]
            && MemberId.TryParse(member, null, out var id)
            && ChallengeId.TryParse(challenge, null, out var named)
            && secrets.IsLink(named, $"{challenge}.{secret}")
            && await Redeem(http, id, named, true) is { } opened
                ? opened
                : Problems.Of("invalid_code");
    }

    private StaffId Mailbox(string address) =>
        new(ClubKeys.Name(keys.SignIn, "mailbox", address.Trim().ToLowerInvariant()));

    private Task<ChallengeId?> Challenge(MemberId member) => grains.Read<AccountState, ChallengeId?>(
        Account.Of(member), a => a.Challenge?.Id);

    // Null: not this one. A wrong code is counted durably, so that a restart gives nobody more tries.
    private async Task<IResult?> Redeem(HttpContext http, MemberId member, ChallengeId challenge, bool isRight)
    {
        var token = SignedIn.NewToken();
        var id = CommandIds.New();
        var redeem = new RedeemSignIn(
            member, challenge, isRight, NewIds.Of<SessionTag>(id), SignedIn.Hash(token));
        var answered = await grains.Send(redeem, new Envelope(id, Caller.Member(member)));
        if (answered.Answer.Outcome is not SignInRedeemed { IsOpen: true, ExpiresAt: { } until })
        {
            return null;
        }

        http.Response.Headers[CommandRunner.PositionHeader] =
            answered.Position?.ToString(CultureInfo.InvariantCulture);
        var cookie = SignIn.CookieOptions(http.Request);
        cookie.MaxAge = until - time.GetUtcNow();
        http.Response.Cookies.Append(SignedInMember.Cookie, token, cookie);
        return Results.Json(
            new MemberSessionAnswer(
                token, (int)DomainLimits.MemberSessionLife.TotalSeconds, signedIn.Antiforgery(token),
                member.ToString()),
            ApiJson.Options);
    }
}
