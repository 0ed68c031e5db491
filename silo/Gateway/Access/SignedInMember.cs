using SmartClub.Grains.Model;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Access;

/// <summary>The member behind a request, and when they last proved who they are.</summary>
public sealed record MemberPrincipal(MemberId Member, SessionId Session, DateTimeOffset SignedInAt)
{
    /// <summary>As commands know them.</summary>
    public Caller Caller => Caller.Member(Member);
}

/// <summary>
/// Finds out which member is behind a request: by a cookie of their own or a bearer token. A token of staff is none of
/// theirs, nor the other way round.
/// </summary>
public sealed class SignedInMember(MemberSessionMirror sessions, SignedIn signedIn, TimeProvider time)
{
    /// <summary>Name of the session cookie of members.</summary>
    public const string Cookie = "smartclub_member";

    /// <summary>The token of a request, and whether a browser added it by itself.</summary>
    public static (string? Token, bool IsCookie) Token(HttpRequest request) => SignedIn.Token(request, Cookie);

    /// <summary>Who is signed in; or the code of what is missing.</summary>
    public (MemberPrincipal? Member, string? Problem) Find(HttpContext http)
    {
        var (token, isCookie) = Token(http.Request);
        if (token is null || sessions.Find(SignedIn.Hash(token)) is not { } session
            || session.ExpiresAt <= time.GetUtcNow())
        {
            return (null, "not_signed_in");
        }

        return isCookie && !SignedIn.IsSafe(http.Request.Method) && !signedIn.IsOurs(http.Request, token)
            ? (null, "antiforgery_failed")
            : (new MemberPrincipal(session.Member, session.Id, session.OpenedAt), null);
    }
}
