using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>How far a file is; the last line of the answer has the report.</summary>
public sealed record ImportProgress(int Done, int Total, ImportReport? Report, string? Problem);

/// <summary>Files of members.</summary>
public static class ImportEndpoints
{
    /// <summary>Where files are sent; they may be larger than other requests.</summary>
    public const string Path = "/api/imports";

    private const int NameLength = 200;
    private static readonly TimeSpan ToldEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Maps the calls.</summary>
    public static void MapImports(this IEndpointRouteBuilder routes) => routes.MapPost("/imports/members", Import)
        .Requires(Rights.MembersImport).WithTags("Imports")
        .Documented("ImportMembers", "Takes in a file of members (CSV or XLSX), all of it or nothing; tells lines of "
            + "JSON while it works, the last with the report. With ?dryRun=true it only looks. ?lastName=Column says "
            + "which column a field is; one that the file does not have, such as -, leaves the field out.")
        .Produces<ImportProgress>(200, "application/x-ndjson").Refuses(400, 401, 403, 413, 503);

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
            stream => Tell(
                stream, progress => runner.Run(body.ToArray(), chosen, isTrial, who, progress, cancel), time),
            "application/x-ndjson")));
    }

    private static async Task Tell(
        Stream stream, Func<Action<int, int>, Task<ImportReport>> run, TimeProvider time)
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
            await Line(stream, new ImportProgress(Volatile.Read(ref done), Volatile.Read(ref total), null, null));
        }

        try
        {
            var report = await running;
            await Line(stream, new ImportProgress(report.Rows, report.Rows, report, null));
        }
        catch (UnreadableFileException unreadable)
        {
            await Line(stream, new ImportProgress(0, 0, null, unreadable.Code));
        }
    }

    private static async Task Line(Stream stream, ImportProgress progress)
    {
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(progress, ApiJson.Options));
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
