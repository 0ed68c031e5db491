using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Alerts;

/// <summary>Why a site is evacuated or locked down, or why that ends.</summary>
public sealed record EmergencyRequest(string? Reason);

/// <summary>Whether somebody was seen outside.</summary>
public sealed record OutsideRequest(bool? IsOutside);

/// <summary>A door in an emergency.</summary>
/// <param name="Id">Which door.</param>
/// <param name="Name">How it is called.</param>
/// <param name="State">
/// <c>done</c>; <c>refused</c>; <c>waiting</c> for its answer; <c>expired</c>, without one; <c>overruled</c>, told
/// something else since; or <c>none</c>, not told yet. After the end: <c>none</c>, back to normal; or why it is not,
/// <c>stays</c> where it said yes and its signs of life say otherwise.
/// </param>
/// <param name="Since">Since when that is so.</param>
/// <param name="Detail">The door's own word: why it refused, or how it stands.</param>
/// <param name="LastSeenAt">When it last gave a sign of life; null: not since this silo began.</param>
/// <param name="IsSilent">Whether it gives none any more.</param>
public sealed record EmergencyGate(
    string Id, string Name, string State, DateTimeOffset? Since, string? Detail, DateTimeOffset? LastSeenAt,
    bool IsSilent);

/// <summary>What a site is in, and its doors; for those who may lock it but not see who is inside.</summary>
public sealed record LockDownAnswer(
    string SiteId, string SiteName, EmergencyKind Kind, DateTimeOffset? Since, string? Operator, string? Reason,
    IReadOnlyList<EmergencyGate> Gates, DateTimeOffset ServerTime);

/// <summary>Somebody who counts as inside; unsure: they may have left unseen long ago.</summary>
public sealed record EmergencyPerson(
    string Id, string DisplayName, string? PhotoUrl, DateTimeOffset Since, bool IsUnsure, bool IsOutside);

/// <summary>A zone with who is inside.</summary>
public sealed record EmergencyZone(string Id, string Name, IReadOnlyList<EmergencyPerson> People);

/// <summary>What a site is in: <c>none</c>, <c>lock_down</c> or <c>evacuation</c>; its doors, and who is inside.
/// Where there is none any more, what it was in and when that ended.</summary>
public sealed record EmergencyAnswer(
    string SiteId, string SiteName, EmergencyKind Kind, DateTimeOffset? Since, string? Operator, string? Reason,
    EmergencyKind Ended, DateTimeOffset? EndedAt,
    IReadOnlyList<EmergencyGate> Gates, IReadOnlyList<EmergencyZone> Zones, DateTimeOffset ServerTime, long AsOf);

/// <summary>Opening and locking all doors of a site at once, and who is inside.</summary>
public static class EmergencyEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapEmergencies(this IEndpointRouteBuilder routes)
    {
        var site = routes.MapGroup("/sites/{siteId}").WithTags("Emergencies");
        site.MapGet("/emergency", Find).Requires(Rights.Evacuate)
            .Documented("GetEmergency", "What a site is in, its doors, and who is inside each zone.")
            .Produces<EmergencyAnswer>().IsRead().Refuses(404);
        site.MapPost("/evacuation", (HttpContext http, string siteId, CommandRunner commands) =>
                Run(http, siteId, commands, (id, reason) => new BeginEvacuation(id, reason)))
            .Requires(Rights.Evacuate)
            .Documented("BeginEvacuation", "Opens every door of a site. Again: tells the doors again.")
            .TakesBody<EmergencyRequest>().Produces(204).IsCommand();
        site.MapPost("/evacuation/end", (HttpContext http, string siteId, CommandRunner commands) =>
                Run(http, siteId, commands, (id, reason) => new EndEvacuation(id, reason)))
            .Requires(Rights.Evacuate)
            .Documented("EndEvacuation", "Lets the doors of a site decide again.")
            .TakesBody<EmergencyRequest>().Produces(204).IsCommand();
        site.MapGet("/lock-down", FindLockDown).Requires(Rights.LockDown)
            .Documented("GetLockDown", "Whether a site is locked, by whom and why, and what its doors made of it.")
            .Produces<LockDownAnswer>().IsRead().Refuses(404);
        site.MapPost("/lock-down", (HttpContext http, string siteId, CommandRunner commands) =>
                Run(http, siteId, commands, (id, reason) => new BeginLockDown(id, reason)))
            .Requires(Rights.LockDown)
            .Documented("BeginLockDown", "Lets nobody in at any door of a site; going out stays possible.")
            .TakesBody<EmergencyRequest>().Produces(204).IsCommand();
        site.MapPost("/lock-down/end", (HttpContext http, string siteId, CommandRunner commands) =>
                Run(http, siteId, commands, (id, reason) => new EndLockDown(id, reason)))
            .Requires(Rights.LockDown)
            .Documented("EndLockDown", "Lets the doors of a site decide again.")
            .TakesBody<EmergencyRequest>().Produces(204).IsCommand();
        site.MapPost("/evacuation/people/{memberId}", Mark).Requires(Rights.Evacuate)
            .Documented("MarkOutside", "Notes that somebody was seen outside, or was not after all.")
            .TakesBody<OutsideRequest>().Produces(204).IsCommand();
    }

    private static Task<IResult> Find(
        HttpContext http, string siteId, string? after, EmergencyDesk desk, ReadAfter reads, CancellationToken cancel)
    {
        var who = http.Features.GetRequiredFeature<StaffPrincipal>();
        http.Response.Headers.CacheControl = "no-store";
        return !SiteId.TryParse(siteId, null, out var site) || !who.Access.AllowsAt(Rights.Evacuate, site)
            ? NotFound()
            : reads.Then(
                after,
                async () => await desk.Find(site, cancel) is { } found
                    ? Results.Json(found, ApiJson.Options)
                    : Problems.Of("not_found"),
                cancel);
    }

    private static Task<IResult> FindLockDown(
        HttpContext http, string siteId, string? after, EmergencyDesk desk, ReadAfter reads, CancellationToken cancel)
    {
        var who = http.Features.GetRequiredFeature<StaffPrincipal>();
        return !SiteId.TryParse(siteId, null, out var site) || !who.Access.AllowsAt(Rights.LockDown, site)
            ? NotFound()
            : reads.Then(
                after,
                async () => await desk.FindLockDown(site, cancel) is { } found
                    ? Results.Json(found, ApiJson.Options)
                    : Problems.Of("not_found"),
                cancel);
    }

    private static Task<IResult> Run(
        HttpContext http, string siteId, CommandRunner commands, Func<SiteId, string, ICommand<Done>> make) =>
        !SiteId.TryParse(siteId, null, out var site)
            ? NotFound()
            : http.WithBody<EmergencyRequest>((body, fields) =>
            {
                var reason = fields.Text("reason", body.Reason, DomainLimits.TextLength);
                return fields.Then(() => commands.Run(http, _ => make(site, reason), _ => null));
            });

    private static Task<IResult> Mark(HttpContext http, string siteId, string memberId, CommandRunner commands) =>
        !SiteId.TryParse(siteId, null, out var site) || !MemberId.TryParse(memberId, null, out var member)
            ? NotFound()
            : http.WithBody<OutsideRequest>((body, fields) =>
            {
                var isOutside = fields.Required("isOutside", body.IsOutside);
                return fields.Then(() => commands.Run(http, _ => new MarkOutside(site, member, isOutside), _ => null));
            });

    private static Task<IResult> NotFound() => Task.FromResult(Problems.Of("not_found"));
}
