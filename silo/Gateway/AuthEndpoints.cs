using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway;

/// <summary>A log-in.</summary>
public sealed record LoginRequest(string? Email, string? Password, string? Code = null);

/// <summary>A session that was opened, for pages and for programs.</summary>
public sealed record LoginAnswer(
    string AccessToken, int ExpiresIn, string Antiforgery, string DisplayName, string Email,
    IReadOnlyList<string> Rights);

/// <summary>Who is signed in, and what they may do.</summary>
public sealed record SessionAnswer(
    string Email, string DisplayName, string Antiforgery, IReadOnlyList<string> Rights);

/// <summary>Signing in and out.</summary>
public static class AuthEndpoints
{
    // Longer ones only cost time to hash.
    private const int PasswordLength = 1_000;
    private const int CodeLength = 20;

    /// <summary>Maps the calls.</summary>
    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Sign-in");
        auth.MapPost("/login", Login).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .Documented("LogIn", "Opens a session with password and one-time code.")
            .TakesBody<LoginRequest>().Produces<LoginAnswer>()
            .Refuses(400, 401, 415, 429, 503);
        auth.MapGet("/session", Session).Requires(Rights.Account)
            .Documented("GetSession", "Who is signed in.").Produces<SessionAnswer>().Refuses(401, 503);
        auth.MapPost("/logout", Logout).Requires(Rights.Account)
            .Documented("LogOut", "Ends the session.").Produces(204).Refuses(401, 403, 503);
    }

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

    private static IResult Session(HttpContext http, SignedIn signedIn)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new SessionAnswer(
                principal.Email,
                principal.DisplayName,
                signedIn.Antiforgery(SignedIn.Token(http.Request).Token!),
                [.. Rights.All.Where(right => RoleRights.Allows(principal.Role, right))]),
            ApiJson.Options);
    }

    private static async Task<IResult> Logout(HttpContext http, IGrains grains, TimeProvider time)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        var close = new CloseSession(principal.Staff, principal.Session);
        try
        {
            var closed = await grains.Send(close, new Envelope(CommandIds.New(), principal.Caller))
                .WaitAsync(Limits.OutcomeWait, time, http.RequestAborted);
            if (closed.Answer.Refusal is { } refusal)
            {
                return Problems.Of(refusal);
            }

            http.Response.Headers[CommandRunner.PositionHeader] =
                closed.Position?.ToString(CultureInfo.InvariantCulture);
        }
        catch (TimeoutException)
        {
            return Problems.Of("outcome_open");
        }

        http.Response.Cookies.Delete(SignedIn.Cookie, SignIn.CookieOptions(http.Request));
        return Results.NoContent();
    }
}
