using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Imports.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>How far a file is; the last line of the answer has the report.</summary>
public sealed record ImportProgress(int Done, int Total, ImportReport? Report, string? Problem);

/// <summary>How far taking back is; the last line of the answer has the report.</summary>
public sealed record UndoProgress(int Done, int Total, UndoReport? Report, string? Problem);

/// <summary>A file that was taken in, and what became of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Stage"><c>running</c>, <c>done</c>, <c>undoing</c> or <c>undone</c>.</param>
/// <param name="At">When.</param>
/// <param name="By">Who took it in.</param>
/// <param name="Members">Members in it.</param>
/// <param name="Memberships">Memberships in it.</param>
/// <param name="Badges">Badges and codes in it.</param>
/// <param name="Refused">Lines that were refused while it was written.</param>
/// <param name="UndoneAt">When taking back began; null: it did not.</param>
/// <param name="UndoneBy">Who took it back.</param>
/// <param name="Withdrawn">Members that are gone.</param>
/// <param name="Kept">Members that were used since, and stay.</param>
/// <param name="Progress">Lines that are done while it is written or taken back; null: nobody works on it.</param>
public sealed record ImportItem(
    string Id, string Stage, DateTimeOffset At, string By, long Members, long Memberships, long Badges, long Refused,
    DateTimeOffset? UndoneAt, string? UndoneBy, long? Withdrawn, long? Kept, int? Progress);

/// <summary>Files of members.</summary>
public static class ImportEndpoints
{
    /// <summary>Where files are sent; they may be larger than other requests.</summary>
    public const string Path = "/api/imports";

    private const string Lines = "application/x-ndjson";
    private const int NameLength = 200;
    private static readonly TimeSpan ToldEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Maps the calls.</summary>
    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/imports").WithTags("Imports");
        imports.MapPost("/members", Import).Requires(Rights.MembersImport)
            .Documented("ImportMembers", "Takes in a file of members (CSV or XLSX), all of it or nothing; tells lines "
                + "of JSON while it works, the last with the report. With ?dryRun=true it only looks. "
                + "?lastName=Column says which column a field is; ?email=- leaves a field out.")
            .Produces<ImportProgress>(200, Lines).Refuses(400, 401, 403, 413, 503);
        imports.MapGet("/", List).Requires(Rights.MembersImport)
            .Documented("ListImports", "The last files that were taken in, newest first.")
            .Produces<ListAnswer<ImportItem>>().IsRead();
        imports.MapPost("/{id}/undo", Undo).Requires(Rights.MembersImport)
            .Documented("UndoImport", "Takes back what an import made: members, memberships, badges. Members who were "
                + "used since stay, and are named. Tells lines of JSON while it works, the last with the report; "
                + "asking again goes on where it was cut off.")
            .TakesBody<ReasonRequest>().Produces<UndoProgress>(200, Lines)
            .Refuses(400, 401, 403, 404, 409, 415, 503);
    }

    private static async Task<IResult> Import(
        HttpContext http, ImportRunner runner, TimeProvider time, CancellationToken cancel)
    {
        var fields = new FieldChecks(http.Request);
        var chosen = new Dictionary<ImportField, string>();
        foreach (var field in Enum.GetValues<ImportField>())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(field.ToString());
            if (fields.OptionalText(name, http.Request.Query[name], NameLength) is { } column)
            {
                chosen[field] = column;
            }
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancel);
        var isTrial = http.Request.Query["dryRun"] == "true";
        var who = http.Features.GetRequiredFeature<StaffPrincipal>();
        return await fields.Then(() => Task.FromResult(Results.Stream(
            stream => Tell<ImportReport>(
                stream,
                progress => runner.Run(body.ToArray(), chosen, isTrial, who, progress, cancel),
                (done, total, report, problem) => new ImportProgress(done, total, report, problem),
                time),
            Lines)));
    }

    private static Task<IResult> List(
        HttpContext http, string? after, ImportQueries imports, ImportTurn turn, StaffNames names, ReadAfter reads,
        CancellationToken cancel) => reads.Then(
        after,
        async () =>
        {
            // Who works is asked first: an import that ends meanwhile is shown at work once more, and one that has
            // ended is in the list. Whoever has just taken a file in looks for it here; few ever ask.
            var now = turn.Now;
            await reads.CatchUp(cancel);
            var (found, asOf) = await imports.Last(cancel);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(
                new ListAnswer<ImportItem>([.. found.Select(import => new ImportItem(
                    import.Id, import.Stage, import.BegunAt, names.Of(import.BegunBy), import.Members,
                    import.Memberships, import.Badges, import.Refused ?? 0, import.UndoneAt,
                    import.UndoneBy is { } by ? names.Of(by) : null, import.Withdrawn, import.Kept,
                    now?.Import.ToString() == import.Id ? now.Done : null))], asOf),
                ApiJson.Options);
        },
        cancel);

    private static Task<IResult> Undo(
        HttpContext http, string id, ImportUndoRunner runner, IGrains grains, TimeProvider time) =>
        http.WithBody<ReasonRequest>((body, fields) =>
        {
            var import = fields.Id<ImportTag>("id", id);
            var reason = fields.Text("reason", body.Reason, DomainLimits.TextLength);
            if (fields.Errors.Count == 0 && string.IsNullOrWhiteSpace(reason))
            {
                fields.Wrong("reason", "required");
            }

            var who = http.Features.GetRequiredFeature<StaffPrincipal>();
            return fields.Then(async () => (await grains.Send(
                new UndoImport(import, reason), new Envelope(CommandIds.New(), who.Caller))).Answer.Refusal is { } no
                ? Problems.Of(no)
                : Results.Stream(
                    stream => Tell<UndoReport>(
                        stream,
                        progress => runner.Run(import, who, progress),
                        (done, total, report, problem) => new UndoProgress(done, total, report, problem),
                        time),
                    Lines));
        });

    private static async Task Tell<TReport>(
        Stream stream, Func<Action<int, int>, Task<TReport>> run, Func<int, int, TReport?, string?, object> line,
        TimeProvider time)
        where TReport : class
    {
        var (done, total) = (0, 0);
        var running = run((d, t) =>
        {
            // A later figure may be told before an earlier one; the bar never goes back.
            Volatile.Write(ref total, t);
            InterlockedMax(ref done, d);
        });
        while (await Task.WhenAny(running, Task.Delay(ToldEvery, time)) != running)
        {
            await Line(stream, line(Volatile.Read(ref done), Volatile.Read(ref total), null, null));
        }

        try
        {
            var report = await running;
            await Line(stream, line(Volatile.Read(ref total), Volatile.Read(ref total), report, null));
        }
        catch (UnreadableFileException unreadable)
        {
            await Line(stream, line(0, 0, null, unreadable.Code));
        }
    }

    private static async Task Line(Stream stream, object progress)
    {
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(progress, progress.GetType(), ApiJson.Options));
        await stream.WriteAsync("\n"u8.ToArray());
        await stream.FlushAsync();
    }

    private static void InterlockedMax(ref int at, int value)
    {
        for (var known = Volatile.Read(ref at); value > known; known = Volatile.Read(ref at))
        {
            Interlocked.CompareExchange(ref at, value, known);
        }
    }
}
