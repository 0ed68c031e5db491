using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Access;

/// <summary>The member of staff behind a request.</summary>
/// <param name="Staff">Who.</param>
/// <param name="Session">By which session.</param>
/// <param name="Email">Their address.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="Access">What they are allowed.</param>
/// <param name="LacksSecondFactor">They must set one up before anything else.</param>
/// <param name="ViewsAs">Whose eyes they see with; null: their own.</param>
public sealed record StaffPrincipal(
    StaffId Staff, SessionId Session, string Email, string DisplayName, StaffAccess Access, bool LacksSecondFactor,
    StaffId? ViewsAs)
{
    /// <summary>As the journal notes them: the session says with what and from where.</summary>
    public Caller Caller => Caller.Staff(Staff, Session);

    /// <summary>Whose idempotency keys are the same, in whatever session.</summary>
    public Caller Owner => Caller.Staff(Staff);

    /// <summary>Whether they may do something with this right somewhere; the command's site is checked later.</summary>
    public bool May(string right) => right == Rights.Account || (!LacksSecondFactor && Access.Allows(right));
}

/// <summary>Finds out who is behind a request: bearer token, or cookie with antiforgery.</summary>
public sealed class SignedIn(
    SessionMirror sessions, StaffMirror staff, RoleMirror roles, IGrains grains, SessionSight sight, ClubKeys keys,
    TimeProvider time)
{
    /// <summary>Name of the session cookie.</summary>
    public const string Cookie = "smartclub_session";

    /// <summary>Header that proves, beside the cookie, that our own page made the request.</summary>
    public const string AntiforgeryHeader = "X-Antiforgery";

    /// <summary>A new token for a session; only its hash is kept.</summary>
    public static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of a token. Tokens are random, so a plain hash is enough.</summary>
    public static string Hash(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The antiforgery token of a session's token.</summary>
    public string Antiforgery(string token) => WebEncoders.Base64UrlEncode(
        HMACSHA256.HashData(keys.Antiforgery, Encoding.UTF8.GetBytes(token)));

    /// <summary>Who is signed in; or the code of what is missing.</summary>
    public async Task<(StaffPrincipal? Principal, string? Problem)> Find(HttpContext http)
    {
        if (OwnerProof.Holds(keys, http, time.GetUtcNow()))
        {
            return await Owner() is { } owner ? (owner, null) : (null, "not_signed_in");
        }

        var (token, isCookie) = Token(http.Request);
        if (Session(token) is not { } session)
        {
            return (null, "not_signed_in");
        }

        if (isCookie && !IsSafe(http.Request.Method) && !IsOurs(http.Request, token!))
        {
            return (null, "antiforgery_failed");
        }

        if (await Principal(session) is not { } principal)
        {
            return (null, "not_signed_in");
        }

        sight.See(session, http);
        return (principal, null);
    }

    /// <summary>Who a token stands for; null: nobody.</summary>
    public async Task<StaffPrincipal?> Of(string? token) =>
        Session(token) is { } session ? await Principal(session) : null;

    /// <summary>The open session of a token; null: there is none, or no more.</summary>
    public OpenedSession? Session(string? token) =>
        token is not null && sessions.Find(Hash(token)) is { } session && session.ExpiresAt > time.GetUtcNow()
            ? session
            : null;

    /// <summary>
    /// Whether a stream that was opened with a token may go on: its session is open and still has the right.
    /// </summary>
    public bool May(string? token, string right) =>
        Session(token) is { } session
        && staff.Find(session.Staff) is { } account
        && new StaffAccess(account.Grants, roles, time.GetUtcNow()).Allows(right);

    /// <summary>What somebody is allowed now.</summary>
    public StaffAccess Access(IReadOnlyList<StaffGrant> grants) => new(grants, roles, time.GetUtcNow());

    /// <summary>The token of a request, and whether a browser added it by itself.</summary>
    public static (string? Token, bool IsCookie) Token(HttpRequest request, string cookie = Cookie)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? (header[scheme.Length..].Trim(), false)
            : (request.Cookies[cookie], true);
    }

    /// <summary>Whether a method only reads.</summary>
    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Who holds the club's keys on its own machine can do everything anyway, and does it in the first account's name.
    private Task<StaffPrincipal?> Owner()
    {
        var first = StaffIds.Of(keys, FirstAdministrator.Email);
        return grains.Read<StaffState, StaffPrincipal?>(first.Grain, account => account.Exists
            ? new StaffPrincipal(
                first, default, account.Email ?? "", account.DisplayName ?? "",
                Access([new StaffGrant(StaffRole.Administrator)]), false, null)
            : null);
    }

    private async Task<StaffPrincipal?> Principal(OpenedSession session)
    {
        var now = time.GetUtcNow();
        var principal = await grains.Read<StaffState, StaffPrincipal?>(session.Staff.Grain, account =>
            account is { Exists: true, IsDisabled: false }
                ? new StaffPrincipal(
                    session.Staff, session.Id, account.Email ?? "", account.DisplayName ?? "", Access(account.Grants),
                    account.MustHaveSecondFactor(now) && !account.HasSecondFactor,
                    account.Sessions.Find(s => s.Id == session.Id)?.ViewsAs)
                : null);

        // What a colleague is allowed, never more than oneself: seeing as somebody must not be a way up.
        return principal?.ViewsAs is { } colleague && principal.Access.Allows(Rights.StaffViewAs)
            ? principal with
            {
                Access = Access(await grains.Read<StaffState, IReadOnlyList<StaffGrant>>(
                    colleague.Grain, account => [.. account.Grants.Where(principal.Access.Covers)])),
            }
            : principal;
    }

    /// <summary>Whether our own page made a request: it knows the antiforgery token of the session.</summary>
    public bool IsOurs(HttpRequest request, string token) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers[AntiforgeryHeader].ToString()),
        Encoding.UTF8.GetBytes(Antiforgery(token)));
}
