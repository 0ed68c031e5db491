using System.Globalization;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway;

/// <summary>What somebody proved besides their password; nothing where the account asks for nothing more.</summary>
public sealed record SecondFactor(long? CodeStep = null, string? RecoveryHash = null, PasskeyUse? Passkey = null);

/// <summary>Checks a log-in and opens its session.</summary>
public sealed class SignIn(
    IGrains grains, ClubKeys keys, Passwords passwords, LoginGuard guard, SignedIn signedIn, StaffMirror staffFacts,
    TimeProvider time)
{
    /// <summary>How the cookie of a session is set and taken away.</summary>
    public static CookieOptions CookieOptions(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
    };

    /// <summary>Opens a session, or says what is missing. A wrong address looks like a wrong password.</summary>
    public async Task<IResult> Open(HttpContext http, string email, string password, string? code)
    {
        http.Response.Headers.CacheControl = "no-store";
        var staff = StaffIds.Of(keys, email);
        if (await IsWrong(http, staff, password) is { } wrong)
        {
            return wrong;
        }

        var account = await grains.Read<StaffState, Account>(staff.Grain, s => new Account(
            s.IsDisabled, s.TotpSecret, [.. s.RecoveryHashes], [.. s.Passkeys.Select(p => p.Key)]));
        if (account.IsDisabled)
        {
            return Problems.Of("staff_disabled");
        }

        if (!account.HasSecondFactor)
        {
            return await OpenSession(http, staff, new SecondFactor());
        }

        if (code is null)
        {
            // Only told behind the right password: what the account can be opened with.
            return Problems.Of("second_factor_required", more: new Dictionary<string, object>
            {
                ["factors"] = account.Factors,
            });
        }

        if (Proven(account, code) is { } factor)
        {
            return await OpenSession(http, staff, factor);
        }

        guard.Failed(staff);
        return Problems.Of("invalid_credentials");
    }

    /// <summary>
    /// Checks the password of an account and makes guessers wait; null: it is right. Also asked of who is signed in,
    /// before they change what they sign in with.
    /// </summary>
    public async Task<IResult?> IsWrong(HttpContext http, StaffId staff, string password)
    {
        if (guard.Wait(staff) is { } early)
        {
            return TooMany(early);
        }

        var hash = await grains.Read<StaffState, string?>(staff.Grain, s => s.PasswordHash);
        using var turn = await passwords.Turn(http.RequestAborted);

        // Others may have failed while this one waited for its turn.
        if (turn is null || guard.Wait(staff) is not null)
        {
            return TooMany(guard.Wait(staff) ?? Passwords.TurnWait);
        }

        if (passwords.IsPassword(hash, password))
        {
            return null;
        }

        guard.Failed(staff);
        return Problems.Of("invalid_credentials");
    }

    /// <summary>Opens a session for somebody who has proven who they are.</summary>
    /// <param name="http">The request.</param>
    /// <param name="staff">Who.</param>
    /// <param name="factor">How they have proven it.</param>
    /// <param name="once">The proof, where it is good for one session only; the journal remembers it.</param>
    public async Task<IResult> OpenSession(
        HttpContext http, StaffId staff, SecondFactor factor, CommandId? once = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        var token = SignedIn.NewToken();
        var id = once ?? CommandIds.New();
        var session = NewIds.Of<SessionTag>(id);
        var life = DomainLimits.SessionLife;
        var open = new OpenSession(
            staff, session, SignedIn.Hash(token), time.GetUtcNow() + life, factor.CodeStep, factor.RecoveryHash,
            factor.Passkey, Origin.Device(http), Origin.Place(http));
        Answered opened;
        try
        {
            opened = await grains.Send(open, new Envelope(id, Caller.Staff(staff, session)))
                .WaitAsync(Limits.OutcomeWait, time, http.RequestAborted);
        }
        catch (TimeoutException)
        {
            return Problems.Of("outcome_open");
        }

        if (opened.Answer.Refusal is { } refusal)
        {
            // Neither a guess nor a mistake: the next code will do, and whoever holds the phone can be told when.
            return refusal == Refusal.Of(StaffRefusal.CodeAlreadyUsed)
                ? new LaterResult(refusal.Code, Passwords.NextCode(time.GetUtcNow()))
                : once is not null && refusal == EngineRefusals.CommandIdReused ? Problems.Of("passkey_refused")
                : Problems.Of(refusal);
        }

        guard.Succeeded(staff);
        http.Response.Headers[CommandRunner.PositionHeader] = opened.Position?.ToString(CultureInfo.InvariantCulture);
        var cookie = CookieOptions(http.Request);
        cookie.MaxAge = life;
        http.Response.Cookies.Append(SignedIn.Cookie, token, cookie);
        return await signedIn.Of(token) is { } principal
            ? Results.Json(
                LoginAnswer.Of(
                    token, life, AuthEndpoints.Answer(principal, signedIn.Antiforgery(token), staffFacts)),
                ApiJson.Options)
            : Problems.Of("not_signed_in");
    }

    private SecondFactor? Proven(Account account, string code)
    {
        if (RecoveryCodes.IsOne(code))
        {
            var hash = RecoveryCodes.Hash(code);
            return account.RecoveryHashes.Contains(hash) ? new SecondFactor(RecoveryHash: hash) : null;
        }

        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        return Passwords.CodeStep(account.TotpSecret, digits, time.GetUtcNow()) is { } step
            ? new SecondFactor(CodeStep: step)
            : null;
    }

    private static LaterResult TooMany(TimeSpan wait) => new("too_many_attempts", wait);

    private sealed record Account(
        bool IsDisabled, string? TotpSecret, IReadOnlyList<string> RecoveryHashes, IReadOnlyList<string> Passkeys)
    {
        public bool HasSecondFactor => TotpSecret is not null || Passkeys.Count > 0;

        public IReadOnlyList<string> Factors =>
            [.. TotpSecret is null ? [] : (string[])["code"], .. Passkeys.Count == 0 ? [] : (string[])["passkey"]];
    }

    private sealed class LaterResult(string code, TimeSpan wait) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            Problems.Write(httpContext, code, retryAfter: wait);
    }
}
