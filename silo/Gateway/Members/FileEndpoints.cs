using Microsoft.AspNetCore.Http.Features;
using Microsoft.OpenApi;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Gateway.Setup;
using SmartClub.Silo.Media;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>A note to write.</summary>
public sealed record NoteRequest(string? Text);

/// <summary>A note or file that was taken away.</summary>
public sealed record RemovedAnswer(string Id);

/// <summary>Notes, photo and documents of members.</summary>
public static class FileEndpoints
{
    /// <summary>Name of the header that carries a document's name, percent-encoded: it is personal.</summary>
    public const string NameHeader = "X-File-Name";

    /// <summary>Maps the calls.</summary>
    public static void MapMemberFiles(this IEndpointRouteBuilder routes)
    {
        var member = routes.MapGroup("/members/{id}").WithTags("Files of members");
        member.MapPost("/notes", WriteNote).Requires(Rights.MembersWrite)
            .Documented("WriteNote", "Writes a note about a member.")
            .TakesBody<NoteRequest>().Produces<CreatedAnswer>().IsCommand();
        member.MapPost("/notes/{noteId}/remove", RemoveNote).Requires(Rights.MembersWrite)
            .Documented("RemoveNote", "Takes a note away.").Produces<RemovedAnswer>().IsCommand();
        member.MapPost("/photo", SetPhoto).Requires(Rights.MembersWrite)
            .Documented("SetPhoto", "Shows a face: a picture, made small and freed of what cameras write into it.")
            .TakesFile().Produces<CreatedAnswer>().IsCommand().Refuses(413);
        member.MapPost("/photo/remove", RemovePhoto).Requires(Rights.MembersWrite)
            .Documented("RemovePhoto", "Shows no face any more.").Produces<RemovedAnswer>().IsCommand();
        member.MapPost("/files", AddFile).Requires(Rights.MembersWrite)
            .Documented("AddFile", "Puts a document into a member's file: a PDF or a picture.")
            .TakesFile().Produces<CreatedAnswer>().IsCommand().Refuses(413);
        member.MapPost("/files/{fileId}/remove", RemoveFile).Requires(Rights.MembersWrite)
            .Documented("RemoveFile", "Takes a document away.").Produces<RemovedAnswer>().IsCommand();
        member.MapGet("/files/{fileId}", ReadFile).Requires(Rights.MembersRead)
            .Documented("ReadFile", "The content of a document.").Produces(200).IsRead().Refuses(404);
        routes.MapGet("/photos/{fileId}", ReadPhoto).Requires(Rights.MembersRead).WithTags("Files of members")
            .Documented("ReadPhoto", "A face.").Produces(200).IsRead().Refuses(404);
    }

    private static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/octet-stream"] = new() },
            };
            return Task.CompletedTask;
        });

    private static Task<IResult> WriteNote(HttpContext http, string id, CommandRunner commands) =>
        !MemberId.TryParse(id, null, out var member) ? NotFound() : http.WithBody<NoteRequest>((body, fields) =>
        {
            var text = fields.Text("text", body.Text?.Trim(), DomainLimits.TextLength);
            return fields.Then(() => commands.Run(
                http, _ => new WriteNote(member, text), created => new CreatedAnswer(created.Id.ToString())));
        });

    private static Task<IResult> RemoveNote(HttpContext http, string id, string noteId, CommandRunner commands) =>
        MemberId.TryParse(id, null, out var member) && NoteId.TryParse(noteId, null, out var note)
            ? commands.Run(http, _ => new RemoveNote(member, note), _ => new RemovedAnswer(noteId))
            : NotFound();

    private static async Task<IResult> SetPhoto(
        HttpContext http, string id, CommandRunner commands, MemberDesk desk, Pictures pictures, MediaStore media)
    {
        if (!MemberId.TryParse(id, null, out var member) || !await desk.Exists(member))
        {
            return Problems.Of("not_found");
        }

        if (await Read(http, Limits.PhotoBytes) is not { } content)
        {
            return Problems.Of("request_too_large");
        }

        byte[]? square;
        try
        {
            square = await pictures.Square(content, http.RequestAborted);
        }
        catch (PicturesAwayException)
        {
            return Problems.Of("pictures_unavailable");
        }

        return square is null ? Problems.Of("invalid_picture") : await commands.Run(
            http,
            command =>
            {
                // The file is there before anything names it; one that nothing names does no harm.
                var file = NewIds.Of<FileTag>(command);
                media.Put(member, file, square);
                return new SetPhoto(member, file);
            },
            created => new CreatedAnswer(created.Id.ToString()));
    }

    private static Task<IResult> RemovePhoto(HttpContext http, string id, CommandRunner commands) =>
        MemberId.TryParse(id, null, out var member)
            ? commands.Run(http, _ => new RemovePhoto(member), _ => new RemovedAnswer(id))
            : NotFound();

    private static async Task<IResult> AddFile(
        HttpContext http, string id, CommandRunner commands, MemberDesk desk, MediaStore media)
    {
        if (!MemberId.TryParse(id, null, out var member) || !await desk.Exists(member))
        {
            return Problems.Of("not_found");
        }

        var fields = new FieldChecks(http.Request);
        var name = fields.Name("name", Uri.UnescapeDataString(http.Request.Headers[NameHeader].ToString()));
        if (fields.Errors.Count > 0)
        {
            return Problems.Of("invalid_request", fields.Errors);
        }

        if (await Read(http, Limits.AttachmentBytes) is not { } content)
        {
            return Problems.Of("request_too_large");
        }

        return Pictures.KindOf(content) is not { } kind ? Problems.Of("invalid_file") : await commands.Run(
            http,
            command =>
            {
                var file = NewIds.Of<FileTag>(command);
                media.Put(member, file, content);
                return new AddAttachment(member, file, name, kind, content.Length);
            },
            created => new CreatedAnswer(created.Id.ToString()));
    }

    private static Task<IResult> RemoveFile(HttpContext http, string id, string fileId, CommandRunner commands) =>
        MemberId.TryParse(id, null, out var member) && FileId.TryParse(fileId, null, out var file)
            ? commands.Run(http, _ => new RemoveAttachment(member, file), _ => new RemovedAnswer(fileId))
            : NotFound();

    private static async Task<IResult> ReadFile(
        HttpContext http, string id, string fileId, MemberFiles files, MediaStore media)
    {
        if (!FileId.TryParse(fileId, null, out var file)
            || await files.Find(file, http.RequestAborted) is not { Name: not null } row || row.Member != id
            || await media.Find(MemberId.Parse(row.Member, null), file, http.RequestAborted) is not { } content)
        {
            return Problems.Of("not_found");
        }

        http.Response.Headers.CacheControl = "private, no-store";

        // Never as a page of ours: whatever is in it, the browser only keeps or shows it by itself.
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        var kind = Pictures.KindOf(content) ?? FileKind.Pdf;
        return Results.File(content, Pictures.MediaType(kind), row.Name);
    }

    private static async Task<IResult> ReadPhoto(HttpContext http, string fileId, MemberFiles files, MediaStore media)
    {
        if (!FileId.TryParse(fileId, null, out var file)
            || await files.Find(file, http.RequestAborted) is not { Kind: "photo" } row
            || await media.Find(MemberId.Parse(row.Member, null), file, http.RequestAborted) is not { } content)
        {
            return Problems.Of("not_found");
        }

        // A photo is never changed under its id, but it may be taken away.
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.File(content, "image/jpeg");
    }

    // Null: longer than allowed.
    private static async Task<byte[]?> Read(HttpContext http, int most)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = most;
        }

        if (http.Request.ContentLength > most)
        {
            return null;
        }

        using var content = new MemoryStream();
        await http.Request.Body.CopyToAsync(content, http.RequestAborted);
        return content.Length > most ? null : content.ToArray();
    }

    private static Task<IResult> NotFound() => Task.FromResult(Problems.Of("not_found"));
}
