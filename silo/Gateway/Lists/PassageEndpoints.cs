using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Lists;

/// <summary>A visit.</summary>
public sealed record VisitAnswer(
    string Id, string MemberId, string DisplayName, string? PhotoUrl, string ZoneId, string GateId,
    DateTimeOffset EnteredAt, DateTimeOffset? LeftAt, bool SeenLate);

/// <summary>A page of visits, newest first.</summary>
/// <param name="Items">Its rows.</param>
/// <param name="AsOf">Position up to which it is complete.</param>
/// <param name="Total">How many there are, as far as one can scroll; said on the first page only.</param>
/// <param name="Next">What to pass as <c>cursor</c> for the next page; null: this was the last.</param>
public sealed record VisitsPage(IReadOnlyList<VisitAnswer> Items, long AsOf, long? Total, string? Next);

/// <summary>Something to look into.</summary>
public sealed record AnomalyAnswer(
    string Id, long Position, string Kind, string? Reason, string MemberId, string DisplayName, string? PhotoUrl,
    string GateId, string ZoneId, DateTimeOffset At, string? Note);

/// <summary>A page of anomalies, newest first.</summary>
/// <param name="Items">Its rows.</param>
/// <param name="AsOf">Position up to which it is complete.</param>
/// <param name="Total">How many there are, as far as one can scroll; said on the first page only.</param>
/// <param name="Next">What to pass as <c>cursor</c> for the next page; null: this was the last.</param>
public sealed record AnomaliesPage(IReadOnlyList<AnomalyAnswer> Items, long AsOf, long? Total, string? Next);

/// <summary>A time, a person and a place in a list, as they stand in an address.</summary>
/// <param name="From">Not before this moment.</param>
/// <param name="To">Before this moment.</param>
/// <param name="Query">Words of name, phone, e-mail or code.</param>
/// <param name="Cursor">Where the page before ended.</param>
/// <param name="Offset">So many rows come before.</param>
/// <param name="Count">How many rows there are at most.</param>
/// <param name="After">A position that must be in it.</param>
public sealed record PassageQuery(
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "query")] string? Query,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "offset")] int? Offset,
    [FromQuery(Name = "count")] int? Count,
    [FromQuery(Name = "after")] string? After)
{
    private const int TextLength = 200;

    /// <summary>Reads words that may be long.</summary>
    public static string? Text(FieldChecks fields, string name, string? value) =>
        fields.OptionalText(name, value, TextLength);

    /// <summary>Its words; what is wrong is noted.</summary>
    public string? Words(FieldChecks fields) => Text(fields, "query", Query);

    /// <summary>Its two moments; what is wrong is noted.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) Time(FieldChecks fields) =>
        (Moment(fields, "from", From), Moment(fields, "to", To));

    /// <summary>Which rows are asked for; what is wrong is noted.</summary>
    public ListPlace Place(FieldChecks fields)
    {
        var place = fields.OptionalNumber("offset", Offset, 0, Limits.ListOffset) ?? 0;
        var rows = fields.OptionalNumber("count", Count, 1, Limits.ListRows) ?? Limits.ListRows;
        if (Cursor is not null && Offset is not null)
        {
            fields.Wrong("cursor", "invalid");
        }

        return new ListPlace(Text(fields, "cursor", Cursor), place, rows);
    }

    private static DateTimeOffset? Moment(FieldChecks fields, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment.ToUniversalTime();
        }

        fields.Wrong(name, "invalid");
        return null;
    }
}

/// <summary>Visits and anomalies as long lists: what happened at the doors, newest first.</summary>
public static class PassageEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapPassageLists(this IEndpointRouteBuilder lists)
    {
        lists.MapGet("/visits", Visits).Requires(Rights.MembersRead)
            .Documented("ListVisits", "Visits, newest first: by cursor, or any place at once by offset.")
            .Produces<VisitsPage>().IsRead();
        lists.MapGet("/anomalies", Anomalies).Requires(Rights.MembersRead)
            .Documented(
                "ListAnomalies",
                "Refusals and what else to look into, newest first: by cursor, or any place at once by offset.")
            .Produces<AnomaliesPage>().IsRead();
    }

    private static Task<IResult> Visits(
        HttpContext http, [AsParameters] PassageQuery query, string? memberId, string? zoneId, bool? inside,
        PassageLists lists, ReadAfter reads)
    {
        var fields = new FieldChecks(http.Request);
        var (from, to) = query.Time(fields);
        if (memberId is not null)
        {
            fields.Id<MemberTag>("memberId", memberId);
        }

        if (zoneId is not null)
        {
            fields.Id<ZoneTag>("zoneId", zoneId);
        }

        var filter = new VisitFilter(from, to, memberId, zoneId, query.Words(fields), inside ?? false);
        var place = query.Place(fields);
        return fields.Then(() => reads.Then(
            query.After,
            async () =>
            {
                var (found, total, asOf) = await lists.Visits(filter, place, http.RequestAborted);
                var items = found.Select(v => new VisitAnswer(
                    v.Key, v.MemberId, v.DisplayName, NameMirror.UrlOf(v.Photo), v.ZoneId, v.GateId, v.EnteredAt,
                    v.LeftAt, v.SeenLate));
                var next = found.Count == place.Count ? found[^1].Key : null;
                return Results.Json(new VisitsPage([.. items], asOf, total, next), ApiJson.Options);
            },
            http.RequestAborted));
    }

    private static Task<IResult> Anomalies(
        HttpContext http, [AsParameters] PassageQuery query, string? kind, string? reason, PassageLists lists,
        ReadAfter reads)
    {
        var fields = new FieldChecks(http.Request);
        var (from, to) = query.Time(fields);
        var known = reason is null ? (AccessReason?)null : fields.OneOf<AccessReason>("reason", reason);
        if (!ReadAfter.TryRead(query.Cursor, out var before))
        {
            fields.Wrong("cursor", "invalid");
        }

        var filter = new AnomalyFilter(
            PassageQuery.Text(fields, "kind", kind), known is null ? null : reason, from, to, query.Words(fields));
        var place = query.Place(fields);
        return fields.Then(() => reads.Then(
            query.After,
            async () =>
            {
                var (found, total, asOf) = await lists.Anomalies(filter, before, place, http.RequestAborted);
                var items = found.Select(a => new AnomalyAnswer(
                    a.Key, a.Position, a.Kind, a.Reason, a.MemberId, a.DisplayName, NameMirror.UrlOf(a.Photo), a.GateId,
                    a.ZoneId, a.At, a.Note));
                var next = found.Count == place.Count
                    ? found[^1].Position.ToString(CultureInfo.InvariantCulture)
                    : null;
                return Results.Json(new AnomaliesPage([.. items], asOf, total, next), ApiJson.Options);
            },
            http.RequestAborted));
    }
}
