using System.Net;

namespace SmartClub.Silo.Gateway.Access;

/// <summary>
/// Lets a request through to its endpoint only if the endpoint's declared right allows it, and only while this silo
/// is active: a standby answers for nobody, and neither does a silo whose lease ran out while it decided.
/// </summary>
public sealed class RightsMiddleware(RequestDelegate next, SiloHost silo, SignedIn signedIn, SignedInMember members)
{
    private static readonly string[] ForOthers = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    /// <summary>The framework's entry.</summary>
    public Task Invoke(HttpContext http)
    {
        // The busiest callers are gates, which the protocol itself checks: no state machine for them.
        var right = http.GetEndpoint()?.Metadata.GetMetadata<EndpointRight>();
        if (right is EndpointRight.Device && silo.IsActive)
        {
            AnswerOnlyWhileActive(http);
            return next(http);
        }

        return Check(http);
    }

    // The last look before the first byte leaves. What can still say so answers 503 before; here it is too late for
    // another answer, and a broken connection is none.
    private void AnswerOnlyWhileActive(HttpContext http) => http.Response.OnStarting(
        static state =>
        {
            var (http, silo) = ((HttpContext, SiloHost))state;
            if (!silo.IsActive && http.Response.StatusCode != StatusCodes.Status503ServiceUnavailable)
            {
                http.Abort();
            }

            return Task.CompletedTask;
        },
        (http, silo));

    private async Task Check(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        switch (endpoint?.Metadata.GetMetadata<EndpointRight>())
        {
            case EndpointRight.Anyone:
            case EndpointRight.StaffOrMachine when IsThisMachine(http):
                await next(http);
                return;
            case null when endpoint is null:
                await next(http);
                return;
            case null:
                await Problems.Write(http, "forbidden");
                return;
        }

        if (!silo.IsActive)
        {
            await Problems.Write(http, "not_active");
            return;
        }

        AnswerOnlyWhileActive(http);

        if (endpoint.Metadata.GetMetadata<EndpointRight>() is EndpointRight.Member)
        {
            var (member, missing) = members.Find(http);
            if (member is null)
            {
                await Problems.Write(http, missing!);
                return;
            }

            http.Features.Set(member);
        }

        if (endpoint.Metadata.GetMetadata<EndpointRight>() is EndpointRight.Staff needed)
        {
            var (principal, problem) = await signedIn.Find(http);
            if (principal is null)
            {
                await Problems.Write(http, problem!);
                return;
            }

            if (Refusal(http, endpoint, principal, needed.Right) is { } refusal)
            {
                await Problems.Write(http, refusal);
                return;
            }

            http.Features.Set(principal);
        }

        await next(http);
    }

    private static string? Refusal(HttpContext http, Endpoint endpoint, StaffPrincipal principal, string right) =>
        !principal.May(right) ? principal.LacksSecondFactor ? "second_factor_missing" : "forbidden"
        : principal.ViewsAs is not null && !SignedIn.IsSafe(http.Request.Method)
            && endpoint.Metadata.GetMetadata<AlsoWhileViewing>() is null ? "viewing_only"
        : null;

    // A proxy on this machine speaks for others. Ours connects from 127.0.0.2; another one says so, or passes the host
    // on that they asked for.
    internal static bool IsThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } caller
        && (caller.Equals(IPAddress.IPv6Loopback) || caller.MapToIPv4().Equals(IPAddress.Loopback))
        && IsLoopback(http.Request.Host.Host)
        && !ForOthers.Any(http.Request.Headers.ContainsKey);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
