using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Mirrors;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.People;

/// <summary>An open session.</summary>
/// <param name="Id">Which.</param>
/// <param name="Device">With what, such as "Firefox, Linux"; null: unknown.</param>
/// <param name="Place">The network address; null: unknown.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="SeenAt">When it was used last.</param>
/// <param name="ExpiresAt">Its end.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
public sealed record SessionItem(
    string Id, string? Device, string? Place, DateTimeOffset OpenedAt, DateTimeOffset SeenAt,
    DateTimeOffset ExpiresAt, bool IsThis);

/// <summary>With whose eyes to see the club, and why.</summary>
public sealed record ViewAsRequest(string? StaffId, string? Reason);

/// <summary>One's own open sessions.</summary>
public static class SessionEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/account/sessions").WithTags("Account");
        sessions.MapGet("/", List).Requires(Rights.Account)
            .Documented("ListSessions", "One's own open sessions.").Produces<ListAnswer<SessionItem>>().IsRead();
        sessions.MapPost("/{id}/end", End).Requires(Rights.Account)
            .Documented("EndSession", "Ends one of one's own sessions, at once.").Produces(204).IsCommand();
        sessions.MapPost("/end-others", EndOthers).Requires(Rights.Account)
            .Documented("EndOtherSessions", "Ends all of one's own sessions but this one.").Produces(204).IsCommand();
        routes.MapPost("/auth/view-as", Begin).Requires(Rights.StaffViewAs).WithTags("Sign-in")
            .Documented("BeginViewAs", "Shows the club as a colleague sees it, reading only; it leaves a trace.")
            .TakesBody<ViewAsRequest>().Produces(204).IsCommand();
        routes.MapPost("/auth/view-as/end", Return).Requires(Rights.Account).AlsoWhileViewing()
            .WithTags("Sign-in")
            .Documented("EndViewAs", "Shows the club with one's own eyes again.").Produces(204).IsCommand();
    }

    /// <summary>The open sessions of somebody, the last used first.</summary>
    public static async Task<IResult> Of(
        StaffId staff, SessionId? asking, IGrains grains, SessionMirror mirror, Feed feed, TimeProvider time)
    {
        var (asOf, now) = (feed.Head, time.GetUtcNow());
        var open = await grains.Read<StaffState, List<Session>>(
            staff.Grain, s => [.. s.Sessions.Where(session => session.ExpiresAt > now)]);
        var items = open.Select(s => new SessionItem(
            s.Id.ToString(), s.Device, s.Place, s.OpenedAt, Latest(s.SeenAt, mirror.Find(s.Id)?.SeenAt), s.ExpiresAt,
            s.Id == asking));
        return Results.Json(
            new ListAnswer<SessionItem>([.. items.OrderByDescending(s => s.SeenAt)], asOf), ApiJson.Options);
    }

    private static Task<IResult> List(
        HttpContext http, string? after, IGrains grains, SessionMirror mirror, ReadAfter reads, Feed feed,
        TimeProvider time, CancellationToken cancel)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        return reads.Then(after, () => Of(principal.Staff, principal.Session, grains, mirror, feed, time), cancel);
    }

    private static Task<IResult> End(HttpContext http, string id, CommandRunner commands)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        return SessionId.TryParse(id, null, out var session)
            ? commands.Run(http, _ => new CloseSession(principal.Staff, session), _ => (object?)null)
            : Task.FromResult(Problems.Of("not_found"));
    }

    private static Task<IResult> EndOthers(HttpContext http, CommandRunner commands)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        return commands.Run(
            http, _ => new CloseOtherSessions(principal.Staff, principal.Session), _ => (object?)null);
    }

    private static Task<IResult> Begin(HttpContext http, CommandRunner commands, StaffMirror staff) =>
        http.WithBody<ViewAsRequest>((body, fields) =>
        {
            var colleague = fields.Id<StaffTag>("staffId", body.StaffId);
            var reason = fields.Text("reason", body.Reason, DomainLimits.TextLength);
            var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
            return fields.Then(() => staff.Find(colleague) is null
                ? Task.FromResult(Problems.Of("unknown_staff"))
                : commands.Run(
                    http,
                    _ => new BeginViewAs(principal.Staff, principal.Session, colleague, reason),
                    _ => (object?)null));
        });

    private static Task<IResult> Return(HttpContext http, CommandRunner commands)
    {
        var principal = http.Features.GetRequiredFeature<StaffPrincipal>();
        return commands.Run(http, _ => new EndViewAs(principal.Staff, principal.Session), _ => (object?)null);
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
