using System.Globalization;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Journal;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway;

/// <summary>Checks a log-in and opens its session.</summary>
public sealed class SignIn(
    IGrains grains, ClubKeys keys, Passwords passwords, LoginGuard guard, SignedIn signedIn, TimeProvider time)
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
        if (guard.Wait(staff) is { } early)
        {
            return TooMany(early);
        }

        var account = await grains.Read<StaffState, Account>(staff.Grain, s => new Account(
            s.PasswordHash, s.TotpSecret, s.Email ?? "", s.DisplayName ?? "", s.Role));
        using (var turn = await passwords.Turn(http.RequestAborted))
        {
            // Others may have failed while this one waited for its turn.
            if (turn is null || guard.Wait(staff) is not null)
            {
                return TooMany(guard.Wait(staff) ?? Passwords.TurnWait);
            }

            if (!passwords.IsPassword(account.PasswordHash, password))
            {
                guard.Failed(staff);
                return Problems.Of("invalid_credentials");
            }
        }

        if (code is null)
        {
            return Problems.Of("second_factor_required");
        }

        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        if (Passwords.CodeStep(account.TotpSecret, digits, time.GetUtcNow()) is not { } step)
        {
            guard.Failed(staff);
            return Problems.Of("invalid_credentials");
        }

        return await OpenSession(http, staff, account, step);
    }

    private async Task<IResult> OpenSession(HttpContext http, StaffId staff, Account account, long codeStep)
    {
        var token = SignedIn.NewToken();
        var id = CommandIds.New();
        var life = DomainLimits.SessionLife;
        var open = new OpenSession(
            staff, NewIds.Of<SessionTag>(id), SignedIn.Hash(token), time.GetUtcNow() + life, codeStep);
        Answered opened;
        try
        {
            opened = await grains.Send(open, new Envelope(id, Caller.Staff(staff)))
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
                : Problems.Of(refusal);
        }

        guard.Succeeded(staff);

        http.Response.Headers[CommandRunner.PositionHeader] = opened.Position?.ToString(CultureInfo.InvariantCulture);
        var cookie = CookieOptions(http.Request);
        cookie.MaxAge = life;
        http.Response.Cookies.Append(SignedIn.Cookie, token, cookie);
        var answer = new LoginAnswer(
            token, (int)life.TotalSeconds, signedIn.Antiforgery(token), account.DisplayName, account.Email,
            [.. Rights.All.Where(right => RoleRights.Allows(account.Role, right))]);
        return Results.Json(answer, ApiJson.Options);
    }

    private static LaterResult TooMany(TimeSpan wait) => new("too_many_attempts", wait);

    private sealed record Account(
        string? PasswordHash, string? TotpSecret, string Email, string DisplayName, StaffRole Role);

    private sealed class LaterResult(string code, TimeSpan wait) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            Problems.Write(httpContext, code, retryAfter: wait);
    }
}
