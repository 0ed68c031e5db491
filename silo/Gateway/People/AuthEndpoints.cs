using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway;

/// <summary>A log-in.</summary>
public sealed record LoginRequest(string? Email, string? Password, string? Code = null);

/// <summary>Somebody of the staff, by name.</summary>
public sealed record ColleagueAnswer(string Id, string DisplayName);

/// <summary>Who is signed in.</summary>
/// <param name="Email">Their address.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="Antiforgery">What a page sends along where it changes something.</param>
/// <param name="StaffId">Their account.</param>
/// <param name="Rights">What they may do somewhere; pages show accordingly, and the server asks again.</param>
/// <param name="LacksSecondFactor">They must set up a second factor before anything else.</param>
/// <param name="ViewsAs">With whose eyes they see; null: their own.</param>
public sealed record SessionAnswer(
    string Email, string DisplayName, string Antiforgery, string StaffId, IReadOnlyList<string> Rights,
    bool LacksSecondFactor, ColleagueAnswer? ViewsAs);

/// <summary>A session that was opened, for pages and for programs.</summary>
public sealed record LoginAnswer(
    string AccessToken, int ExpiresIn, string Email, string DisplayName, string Antiforgery, string StaffId,
    IReadOnlyList<string> Rights, bool LacksSecondFactor, ColleagueAnswer? ViewsAs)
{
    /// <summary>A session and its token.</summary>
    public static LoginAnswer Of(string token, TimeSpan life, SessionAnswer session) => new(
        token, (int)life.TotalSeconds, session.Email, session.DisplayName, session.Antiforgery, session.StaffId,
        session.Rights, session.LacksSecondFactor, session.ViewsAs);
}

/// <summary>Signing in and out.</summary>
public static class AuthEndpoints
{
    // Longer ones only cost time to hash.
    private const int PasswordLength = 1_000;
    private const int CodeLength = 40;

    /// <summary>Maps the calls.</summary>
    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Sign-in");
        auth.MapPost("/login", Login).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .Documented("LogIn", "Opens a session with password and one-time code.")
            .TakesBody<LoginRequest>().Produces<LoginAnswer>()
            .Refuses(400, 401, 403, 415, 429, 503);
        auth.MapGet("/session", Session).Requires(Rights.Account)
            .Documented("GetSession", "Who is signed in, and what they may do.")
            .Produces<SessionAnswer>().Refuses(401, 503);
        auth.MapPost("/logout", Logout).Requires(Rights.Account).AlsoWhileViewing()
            .Documented("LogOut", "Ends the session.").Produces(204).Refuses(401, 403, 503);
    }

    /// <summary>Who is signed in, as pages are told.</summary>
    public static SessionAnswer Answer(StaffPrincipal principal, string antiforgery, StaffMirror staff) => new(
        principal.Email,
        principal.DisplayName,
        antiforgery,
        principal.Staff.ToString(),
        [.. Rights.All.Where(principal.May)],
        principal.LacksSecondFactor,
        principal.ViewsAs is { } colleague
            ? new ColleagueAnswer(colleague.ToString(), staff.Find(colleague)?.DisplayName ?? "")
            : null);

    private static Task<IResult> Login(HttpContext http, SiloHost silo, SignIn signIn) =>
        !silo.IsActive
            ? Task.FromResult(Problems.Of("not_active"))
            : http.WithBody<LoginRequest>((body, fields) =>
            {
                var email = fields.Text("email", body.Email, DomainLimits.NameLength);
                var password = fields.Text("password", body.Password, PasswordLength);
                var code = fields.OptionalText("code", body.Code, CodeLength);
                return fields.Then(() => signIn.Open(http, email, password, code));
            });

    private static IResult Session(HttpContext http, SignedIn signedIn, StaffMirror staff)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        http.Response.Headers.CacheControl = "no-store";
        var antiforgery = signedIn.Antiforgery(SignedIn.Token(http.Request).Token!);
        return Results.Json(Answer(principal, antiforgery, staff), ApiJson.Options);
    }

    private static async Task<IResult> Logout(HttpContext http, CommandRunner commands)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        var closed = await commands.Run(
            http, _ => new CloseSession(principal.Staff, principal.Session), _ => (object?)null);
        http.Response.Cookies.Delete(SignedIn.Cookie, SignIn.CookieOptions(http.Request));
        return closed;
    }
}
