using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Lists;

/// <summary>A member in the long list.</summary>
public sealed record ListedMemberAnswer(
    string Id, string Code, string DisplayName, string? Email, string? Phone, string Status, DateOnly? ExpiresOn,
    string? PlanName, DateTimeOffset? LastVisitAt, DateTimeOffset? RegisteredAt, string? PhotoUrl, bool Owes);

/// <summary>A page of a long list.</summary>
/// <param name="Items">Its rows.</param>
/// <param name="AsOf">Position up to which it is complete.</param>
/// <param name="Total">How many there are in all; said on the first page only: counting costs its time.</param>
/// <param name="Next">What to pass as <c>cursor</c> for the next page; null: this was the last.</param>
public sealed record MembersPage(IReadOnlyList<ListedMemberAnswer> Items, long AsOf, long? Total, string? Next);

/// <summary>Long lists, and files of them.</summary>
public static class ListEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapLists(this IEndpointRouteBuilder routes)
    {
        var lists = routes.MapGroup("/lists").WithTags("Lists");
        lists.MapGet("/members", Members).Requires(Rights.MembersRead)
            .Documented("ListMembers", "Members by filter: page after page by cursor, or any place at once by offset.")
            .Produces<MembersPage>().IsRead();
        lists.MapGet("/members/export", Export).Requires(Rights.MembersRead)
            .Documented("ExportMembers", "The same members as a file: csv or xlsx.").Produces(200).IsRead();
        lists.MapPassageLists();
        lists.MapVisitExport();
        lists.MapVisitorList();
    }

    private static Task<IResult> Members(
        HttpContext http, [AsParameters] MemberFilterQuery query, string? sort, string? cursor, int? offset, int? count,
        string? after, MemberLists lists, ReadAfter reads, TimeProvider time)
    {
        var fields = new FieldChecks(http.Request);
        var filter = query.Read(fields, time.GetUtcNow());
        var order = sort is null ? MemberSort.Name : fields.OneOf<MemberSort>("sort", sort);
        var place = fields.OptionalNumber("offset", offset, 0, Limits.ListOffset) ?? 0;
        var rows = fields.OptionalNumber("count", count, 1, Limits.ListRows) ?? Limits.ListRows;
        if (cursor is not null && (!MemberLists.IsCursor(cursor, order) || offset is not null))
        {
            fields.Wrong("cursor", "invalid");
        }

        return fields.Then(() => reads.Then(
            after,
            async () =>
            {
                var (found, total, asOf) = await lists.Page(
                    filter, order, new(cursor, place, rows), http.RequestAborted);
                var next = found.Count == rows ? MemberLists.Cursor(found[^1], order) : null;
                return Results.Json(new MembersPage([.. found.Select(Of)], asOf, total, next), ApiJson.Options);
            },
            http.RequestAborted));
    }

    private static Task<IResult> Export(
        HttpContext http, [AsParameters] MemberFilterQuery query, string? sort, string? format, string? after,
        MemberLists lists, ReadAfter reads, TimeProvider time)
    {
        var fields = new FieldChecks(http.Request);
        var filter = query.Read(fields, time.GetUtcNow());
        var order = sort is null ? MemberSort.Name : fields.OneOf<MemberSort>("sort", sort);
        var kind = fields.OneOf<ExportFormat>("format", format);
        var language = Texts.Language(http.Request);
        return fields.Then(() => reads.Then(
            after,
            () => Task.FromResult(MemberExport.File(language).Send(
                kind, time.GetUtcNow(),
                MemberExport.Rows(language, Rows(lists, filter, order, http.RequestAborted)))),
            http.RequestAborted));
    }

    private static async IAsyncEnumerable<ListedMember> Rows(
        MemberLists lists, MemberFilter filter, MemberSort sort,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        string? cursor = null;
        for (var count = 0; count < Limits.ExportRows; count += Limits.ListRows)
        {
            var (page, _, _) = await lists.Page(filter, sort, new(cursor, 0, Limits.ListRows), cancel);
            foreach (var member in page)
            {
                yield return member;
            }

            if (page.Count < Limits.ListRows)
            {
                yield break;
            }

            cursor = MemberLists.Cursor(page[^1], sort);
        }
    }

    private static ListedMemberAnswer Of(ListedMember m) => new(
        m.Id, m.Code, m.DisplayName, m.Email, m.Phone, m.Status, m.ExpiresOn, m.PlanName, m.LastVisitAt,
        m.RegisteredAt, NameMirror.UrlOf(m.Photo), m.Owes);
}
