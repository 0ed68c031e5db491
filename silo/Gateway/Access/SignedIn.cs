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
public sealed record StaffPrincipal(StaffId Staff, SessionId Session, string Email, string DisplayName, StaffRole Role)
{
    /// <summary>As commands know them.</summary>
    public Caller Caller => Caller.Staff(Staff);
}

/// <summary>Finds out who is behind a request: bearer token, or cookie with antiforgery.</summary>
public sealed class SignedIn(SessionMirror sessions, IGrains grains, ClubKeys keys, TimeProvider time)
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
        var (token, isCookie) = Token(http.Request);
        if (Session(token) is not { } session)
        {
            return (null, "not_signed_in");
        }

        if (isCookie && !IsSafe(http.Request.Method) && !IsOurs(http.Request, token!))
        {
            return (null, "antiforgery_failed");
        }

        var principal = await grains.Read<StaffState, StaffPrincipal?>(session.Staff.Grain, staff => staff.Exists
            ? new StaffPrincipal(session.Staff, session.Id, staff.Email ?? "", staff.DisplayName ?? "", staff.Role)
            : null);
        return principal is null ? (null, "not_signed_in") : (principal, null);
    }

    /// <summary>The open session of a token; null: there is none, or no more.</summary>
    public OpenedSession? Session(string? token) =>
        token is not null && sessions.Find(Hash(token)) is { } session && session.ExpiresAt > time.GetUtcNow()
            ? session
            : null;

    /// <summary>The token of a request, and whether a browser added it by itself.</summary>
    public static (string? Token, bool IsCookie) Token(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? (header[scheme.Length..].Trim(), false)
            : (request.Cookies[Cookie], true);
    }

    private bool IsOurs(HttpRequest request, string token) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers[AntiforgeryHeader].ToString()),
        Encoding.UTF8.GetBytes(Antiforgery(token)));

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}

/// <summary>What each role may do.</summary>
public static class RoleRights
{
    /// <summary>Whether a role carries a right.</summary>
    public static bool Allows(StaffRole role, string right) => role switch
    {
        StaffRole.Administrator => true,
        StaffRole.Reception => right is Rights.MembersRead or Rights.MembersWrite or Rights.LiveRead or Rights.Account,
        _ => false,
    };
}
