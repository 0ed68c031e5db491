using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Alerts;

/// <summary>For how many minutes an alert is put aside.</summary>
public sealed record SnoozeRequest(int? Minutes);

/// <summary>What came of an alert.</summary>
public sealed record ResolveRequest(string? Reason);

/// <summary>Something wrong at a door: <c>open</c>, <c>taken</c>, <c>snoozed</c> or <c>resolved</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SiteId">Where.</param>
/// <param name="Kind">What.</param>
/// <param name="State">Where it stands.</param>
/// <param name="GateId">At which gate.</param>
/// <param name="GateName">How the gate is called.</param>
/// <param name="MemberId">About whom.</param>
/// <param name="MemberName">How they are called.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="LastAt">When it last happened.</param>
/// <param name="Count">How often it happened.</param>
/// <param name="Level">Who should look: <c>desk</c>, <c>manager</c> or <c>administrator</c>.</param>
/// <param name="Owner">Who looks after it.</param>
/// <param name="IsMine">Whether that is who asks.</param>
/// <param name="SnoozedUntil">Until when it is put aside.</param>
/// <param name="ResolvedAt">When it ended.</param>
/// <param name="ResolvedBy">Who ended it; nobody: it ended by itself.</param>
/// <param name="Resolution">What it was.</param>
public sealed record AlertItem(
    string Id, string SiteId, string Kind, string State, string? GateId, string? GateName, string? MemberId,
    string? MemberName, DateTimeOffset OpenedAt, DateTimeOffset LastAt, long Count, string Level, string? Owner,
    bool IsMine, DateTimeOffset? SnoozedUntil, DateTimeOffset? ResolvedAt, string? ResolvedBy, string? Resolution);

/// <summary>Something done about an alert; the detail is a moment or a role.</summary>
public sealed record AlertStep(DateTimeOffset At, string Step, string? By, string? Detail);

/// <summary>An alert with its history, oldest first.</summary>
public sealed record AlertAnswer(AlertItem Alert, IReadOnlyList<AlertStep> Steps);

/// <summary>What is wrong at the doors, and who looks after it.</summary>
public static class AlertEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var alerts = routes.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("/", List).Requires(Rights.AlertsRead)
            .Documented("ListAlerts", "What is wrong at the doors now; with state=resolved, what was.")
            .Produces<ListAnswer<AlertItem>>().IsRead();
        alerts.MapGet("/{id}", Find).Requires(Rights.AlertsRead)
            .Documented("GetAlert", "An alert and what was done about it.")
            .Produces<AlertAnswer>().IsRead().Refuses(404);
        var ofSite = routes.MapGroup("/sites/{siteId}/alerts/{id}").WithTags("Alerts");
        ofSite.MapPost("/take", Take).Requires(Rights.AlertsHandle)
            .Documented("TakeAlert", "Makes an alert one's own; nobody else is told any more.")
            .Produces(204).IsCommand();
        ofSite.MapPost("/snooze", Snooze).Requires(Rights.AlertsHandle)
            .Documented("SnoozeAlert", "Puts an alert aside for some minutes.")
            .TakesBody<SnoozeRequest>().Produces(204).IsCommand();
        ofSite.MapPost("/resolve", Resolve).Requires(Rights.AlertsHandle)
            .Documented("ResolveAlert", "Ends an alert, and says what it was.")
            .TakesBody<ResolveRequest>().Produces(204).IsCommand();
    }

    private static Task<IResult> List(
        HttpContext http, string? state, string? after, AlertQueries alerts, AlertWords words, ReadAfter reads,
        CancellationToken cancel)
    {
        if (state is not (null or "" or "open" or "resolved"))
        {
            return Task.FromResult(Problems.Of("invalid_request", [Problems.Field(http.Request, "state", "invalid")]));
        }

        var who = http.Features.GetRequiredFeature<StaffPrincipal>();
        return reads.Then(
            after,
            async () =>
            {
                var (found, asOf) = await alerts.List(words.Sites(who), state == "resolved", cancel);
                return Results.Json(
                    new ListAnswer<AlertItem>([.. found.Select(row => words.Item(row, who))], asOf), ApiJson.Options);
            },
            cancel);
    }

    private static Task<IResult> Find(
        HttpContext http, string id, string? after, AlertQueries alerts, AlertWords words, ReadAfter reads,
        CancellationToken cancel)
    {
        var who = http.Features.GetRequiredFeature<StaffPrincipal>();
        return !AlertId.TryParse(id, null, out var alert)
            ? NotFound()
            : reads.Then(
                after,
                async () => await alerts.Find(alert, cancel) is { } found && words.MaySee(who, found.Alert.SiteId)
                    ? Results.Json(
                        new AlertAnswer(words.Item(found.Alert, who), [.. found.Steps.Select(words.Step)]),
                        ApiJson.Options)
                    : Problems.Of("not_found"),
                cancel);
    }

    private static Task<IResult> Take(HttpContext http, string siteId, string id, CommandRunner commands) =>
        !SiteId.TryParse(siteId, null, out var site) || !AlertId.TryParse(id, null, out var alert)
            ? NotFound()
            : commands.Run(http, _ => new TakeAlert(site, alert), _ => null);

    private static Task<IResult> Snooze(HttpContext http, string siteId, string id, CommandRunner commands) =>
        !SiteId.TryParse(siteId, null, out var site) || !AlertId.TryParse(id, null, out var alert)
            ? NotFound()
            : http.WithBody<SnoozeRequest>((body, fields) =>
            {
                var minutes = fields.Number("minutes", body.Minutes, 1, DomainLimits.SnoozeMinutes);
                return fields.Then(() => commands.Run(http, _ => new SnoozeAlert(site, alert, minutes), _ => null));
            });

    private static Task<IResult> Resolve(HttpContext http, string siteId, string id, CommandRunner commands) =>
        !SiteId.TryParse(siteId, null, out var site) || !AlertId.TryParse(id, null, out var alert)
            ? NotFound()
            : http.WithBody<ResolveRequest>((body, fields) =>
            {
                var reason = fields.Text("reason", body.Reason, DomainLimits.TextLength);
                return fields.Then(() => commands.Run(http, _ => new ResolveAlert(site, alert, reason), _ => null));
            });

    private static Task<IResult> NotFound() => Task.FromResult(Problems.Of("not_found"));
}
