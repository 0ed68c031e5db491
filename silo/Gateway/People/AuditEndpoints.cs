using System.Globalization;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Lists;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.People;

/// <summary>One line of the action log.</summary>
/// <param name="Position">Where it stands in the journal.</param>
/// <param name="At">When.</param>
/// <param name="StaffId">Who did it.</param>
/// <param name="StaffName">Their name.</param>
/// <param name="Device">With what; null: unknown.</param>
/// <param name="Place">From which network address; null: unknown.</param>
/// <param name="What">What was done, by its stable name; null: it was refused.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="TargetName">The name of that; null: it has none.</param>
/// <param name="Reason">Why, where somebody said so.</param>
/// <param name="Refusal">The code of the refusal; null: it was done.</param>
public sealed record AuditItem(
    long Position, DateTimeOffset At, string StaffId, string? StaffName, string? Device, string? Place, string? What,
    DisplayText Text, string Target, string? TargetName, string? Reason, string? Refusal);

/// <summary>A page of the action log, newest first.</summary>
/// <param name="Items">The lines.</param>
/// <param name="AsOf">Position up to which it is known to be complete.</param>
/// <param name="Before">What to pass as <c>before</c> for the next page; null: this was the last.</param>
public sealed record AuditAnswer(IReadOnlyList<AuditItem> Items, long AsOf, long? Before);

/// <summary>The action log: who did what, from where and why.</summary>
public static class AuditEndpoints
{
    private const int QueryLength = 200;

    private static readonly IReadOnlyList<string> Columns =
        ["position", "at", "who", "action", "what", "target", "target_name", "reason", "refusal", "device", "place"];

    /// <summary>Maps the calls.</summary>
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit").WithTags("Action log");
        audit.MapGet("/", List).Requires(Rights.AuditRead)
            .Documented("ListActions", "Who did what, from where and why, newest first.")
            .Produces<AuditAnswer>().IsRead();
        audit.MapGet("/export", Export).Requires(Rights.AuditRead)
            .Documented("ExportActions", "The same as a file: csv or xlsx.").Produces(200).IsRead();
    }

    private static Task<IResult> List(
        HttpContext http, string? after, AuditQueries audit, ReadAfter reads, CancellationToken cancel) =>
        WithFilter(http, filter => reads.Then(
            after,
            async () =>
            {
                var asOf = audit.AsOf;
                var items = new List<AuditItem>();
                await foreach (var row in audit.Find(filter, Limits.PageItems, cancel))
                {
                    items.Add(Item(row));
                }

                return Results.Json(
                    new AuditAnswer(items, asOf, items.Count == Limits.PageItems ? items[^1].Position : null),
                    ApiJson.Options);
            },
            cancel));

    private static Task<IResult> Export(
        HttpContext http, string? format, string? after, AuditQueries audit, ReadAfter reads, TimeProvider time,
        CancellationToken cancel)
    {
        var fields = new FieldChecks(http.Request);
        var kind = format is null ? ExportFormat.Csv : fields.OneOf<ExportFormat>("format", format);
        var language = Texts.Language(http.Request);
        return fields.Then(() => WithFilter(http, filter => reads.Then(
            after,
            () => Task.FromResult(File(language).Send(
                kind, time.GetUtcNow(), Rows(language, audit.Find(filter, Limits.AuditExportRows, cancel)))),
            cancel)));
    }

    private static TableFile File(string language) => new(
        Texts.Get(language, "audit.file"), language,
        [.. Columns.Select(column => Texts.Get(language, "audit." + column))]);

    private static async IAsyncEnumerable<IReadOnlyList<string>> Rows(
        string language, IAsyncEnumerable<AuditRow> rows)
    {
        await foreach (var row in rows)
        {
            yield return
            [
                row.Position.ToString(CultureInfo.InvariantCulture),
                row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                row.StaffName ?? row.StaffId, Words(language, row), row.What ?? "", row.Target, row.TargetName ?? "",
                row.Reason ?? "", row.Refusal ?? "", row.Device ?? "", row.Place ?? "",
            ];
        }
    }

    private static Task<IResult> WithFilter(HttpContext http, Func<AuditFilter, Task<IResult>> next)
    {
        var query = http.Request.Query;
        var fields = new FieldChecks(http.Request);
        string? Text(string name) => fields.OptionalText(name, query[name], QueryLength);
        DateTimeOffset? Moment(string name)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                return moment;
            }

            fields.Wrong(name, "invalid");
            return null;
        }

        if (!ReadAfter.TryRead(query["before"], out var before))
        {
            fields.Wrong("before", "invalid");
        }

        var filter = new AuditFilter(
            Text("query") ?? "", Text("staffId"), Text("area"), Text("target"), Moment("from"), Moment("to"), before);
        return fields.Then(() => next(filter));
    }

    private static AuditItem Item(AuditRow row) => new(
        row.Position, row.At, row.StaffId, row.StaffName, row.Device, row.Place, row.What,
        new DisplayText(Words("fr", row), Words("en", row)), row.Target, row.TargetName, row.Reason, row.Refusal);

    // A feature that has no words for one of its actions yet is still in the log, by the action's stable name.
    private static string Words(string language, AuditRow row) =>
        row.What is { } what ? Texts.Has("action." + what) ? Texts.Get(language, "action." + what) : what
        : Texts.Get(language, "action.refused");
}
