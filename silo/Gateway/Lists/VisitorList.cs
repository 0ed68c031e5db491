using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Lists;

/// <summary>Somebody who visits the club on a day.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="Code">The code that they say at the desk.</param>
/// <param name="DisplayName">How they are called.</param>
/// <param name="PhotoUrl">Their picture.</param>
/// <param name="PlanName">What they have.</param>
/// <param name="ExpiresOn">Its last day.</param>
/// <param name="Paid">Whether it is paid.</param>
/// <param name="HostId">Whose guest they are; null: nobody's.</param>
/// <param name="HostName">How the host is called.</param>
/// <param name="InsideSince">Since when they are inside; null: they are not.</param>
/// <param name="LastVisitAt">When they last came in.</param>
public sealed record VisitorAnswer(
    string MemberId, string Code, string DisplayName, string? PhotoUrl, string PlanName, DateOnly ExpiresOn, bool Paid,
    string? HostId, string? HostName, DateTimeOffset? InsideSince, DateTimeOffset? LastVisitAt);

/// <summary>Who visits the club on a day.</summary>
public static class VisitorList
{
    /// <summary>Maps the call.</summary>
    public static void MapVisitorList(this IEndpointRouteBuilder lists) =>
        lists.MapGet("/visitors", List).Requires(Rights.MembersRead)
            .Documented("ListVisitors", "Visitors and guests with a pass for a day, the newest first.")
            .Produces<ListAnswer<VisitorAnswer>>().IsRead();

    private static Task<IResult> List(
        HttpContext http, string? day, string? after, VisitorQueries visitors, ReadAfter reads)
    {
        var fields = new FieldChecks(http.Request);
        var asked = fields.Day("day", day);
        return fields.Then(() => reads.Then(
            after,
            async () =>
            {
                var (found, asOf) = await visitors.Of(asked, http.RequestAborted);
                return Results.Json(
                    new ListAnswer<VisitorAnswer>([.. found.Select(Of)], asOf), ApiJson.Options);
            },
            http.RequestAborted));
    }

    private static VisitorAnswer Of(VisitorRow row) => new(
        row.MemberId, row.Code, row.DisplayName, NameMirror.UrlOf(row.Photo), row.PlanName, row.ExpiresOn, row.IsPaid,
        row.HostId, row.HostName, row.InsideSince, row.LastVisitAt);
}
