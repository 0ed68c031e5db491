using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Accounts.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>A wish for a mail to sign in with.</summary>
public sealed record SignInRequest(string? Email);

/// <summary>If anybody has the address, a mail is on its way; its code works for so many minutes.</summary>
public sealed record SignInAskedAnswer(int Minutes);

/// <summary>The code of the mail with the address it came to, or what its link carried.</summary>
public sealed record MemberSessionRequest(string? Email = null, string? Code = null, string? Link = null);

/// <summary>A session of a member that was opened.</summary>
public sealed record MemberSessionAnswer(string AccessToken, int ExpiresIn, string Antiforgery, string MemberId);

/// <summary>The session is over.</summary>
public sealed record SignedOutAnswer(bool SignedOut);

/// <summary>Members signing in and out.</summary>
public static class MemberSignInEndpoints
{
    private const int CodeLength = 20;
    private const int LinkLength = 200;

    /// <summary>Maps the calls.</summary>
    public static void MapMemberSignIn(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/me").WithTags("Member app");
        me.MapPost("/sign-in", Ask).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .Documented("AskForSignInMail", "Sends a mail with a link and a code, if a member has the address.")
            .TakesBody<SignInRequest>().Produces<SignInAskedAnswer>().Refuses(400, 415, 429, 503);
        me.MapPost("/session", Open).ForAnyone().AddEndpointFilter<RouteHandlerBuilder, ActiveFilter>()
            .Documented("OpenMemberSession", "Signs a member in with the code or the link of their mail.")
            .TakesBody<MemberSessionRequest>().Produces<MemberSessionAnswer>().Refuses(400, 401, 415, 429, 503);
        me.MapPost("/sign-out", SignOut).ForMembers()
            .Documented("SignMemberOut", "Ends the session.").Produces<SignedOutAnswer>().Refuses(401, 403, 503);
    }

    private static Task<IResult> Ask(HttpContext http, SiloHost silo, MemberSignIn signIn) =>
        !silo.IsActive
            ? Task.FromResult(Problems.Of("not_active"))
            : http.WithBody<SignInRequest>((body, fields) =>
            {
                var email = fields.Name("email", body.Email);
                return fields.Then(() => Task.FromResult(signIn.Ask(http, email)));
            });

    private static Task<IResult> Open(HttpContext http, SiloHost silo, MemberSignIn signIn) =>
        !silo.IsActive
            ? Task.FromResult(Problems.Of("not_active"))
            : http.WithBody<MemberSessionRequest>((body, fields) =>
            {
                if (fields.OptionalText("link", body.Link, LinkLength) is { } link)
                {
                    return fields.Then(() => signIn.OpenByLink(http, link));
                }

                var email = fields.Name("email", body.Email);
                var code = fields.Text("code", body.Code, CodeLength);
                return fields.Then(() => signIn.OpenByCode(http, email, code));
            });

    private static async Task<IResult> SignOut(HttpContext http, CommandRunner commands)
    {
        var me = http.Features.GetRequiredFeature<MemberPrincipal>();
        var closed = await commands.Run(
            http, _ => new CloseMemberSession(me.Member, me.Session), _ => new SignedOutAnswer(true));
        http.Response.Cookies.Delete(SignedInMember.Cookie, SignIn.CookieOptions(http.Request));
        return closed;
    }
}
