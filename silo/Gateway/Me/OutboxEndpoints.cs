using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Messages;
using SmartClub.Grains.Messages.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Reactions;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>A mail of the outbox: where it stands, since when, and what comes next.</summary>
public sealed record MessageItem(
    string Id, string Template, string Language, string? To, string Status, int Attempts, string? Code,
    DateTimeOffset QueuedAt, DateTimeOffset MovedAt, DateTimeOffset? NextAt, bool CanResend, DisplayText Text);

/// <summary>The outbox; <c>simulated</c>: no mail server, and the mails can be read here.</summary>
public sealed record OutboxAnswer(IReadOnlyList<MessageItem> Items, bool Simulated, long AsOf);

/// <summary>A mail as it was written by the simulator.</summary>
public sealed record MailAnswer(string Id, string To, string Subject, string Text, string Html, string Language);

/// <summary>A message that goes again.</summary>
public sealed record ResentAnswer(string Id);

/// <summary>The outbox for staff: what went out, what is stuck and why.</summary>
public static class OutboxEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        var outbox = routes.MapGroup("/outbox").WithTags("Outbox");
        outbox.MapGet("/", List).Requires(Rights.Outbox)
            .Documented("ListMessages", "The last mails, or those that are stuck.")
            .Produces<OutboxAnswer>().IsRead();
        outbox.MapGet("/{id}", Get).Requires(Rights.Outbox)
            .Documented("GetMessage", "What a mail says, where no mail server is set up.")
            .Produces<MailAnswer>().IsRead().Refuses(404);
        outbox.MapPost("/{id}/resend", Resend).Requires(Rights.Outbox)
            .Documented("ResendMessage", "Sends a mail again that did not get through.")
            .Produces<ResentAnswer>().IsCommand();
    }

    private static Task<IResult> List(
        bool? stuck, string? after, MessageQueries messages, IMailer mailer, ReadAfter reads, TimeProvider time,
        CancellationToken cancel) => reads.Then(
            after,
            async () =>
            {
                var (found, asOf) = await messages.Last(stuck == true, cancel);
                var now = time.GetUtcNow();
                return Results.Json(
                    new OutboxAnswer([.. found.Select(m => Item(m, now))], mailer.IsSimulator, asOf), ApiJson.Options);
            },
            cancel);

    // What a real mail server was given is not shown: a code to sign in with is for one person's eyes. And a link that
    // opens a colleague's account is for those only who may do everything anyway.
    private static IResult Get(HttpContext http, string id, IMailer mailer) =>
        MessageId.TryParse(id, null, out var message) && mailer is FolderMailer folder
        && folder.Read(message) is { } mail
        && (mail.Template != StaffRules.InvitationTemplate || MayDoAll(http))
            ? Results.Json(
                new MailAnswer(id, mail.To, mail.Subject, mail.Text, mail.Html, mail.Language), ApiJson.Options)
            : Problems.Of("not_found");

    private static bool MayDoAll(HttpContext http) =>
        Rights.All.All(http.Features.GetRequiredFeature<StaffPrincipal>().Access.AllowsEverywhere);

    private static async Task<IResult> Resend(HttpContext http, string id, CommandRunner commands, IGrains grains) =>
        MessageId.TryParse(id, null, out var message)
        && await grains.Read<MessageState, bool>(message.Grain, m => m.Status != MessageStatus.None)
            ? await commands.Run(http, _ => new ResendMessage(message), _ => new ResentAnswer(id))
            : Problems.Of("not_found");

    private static MessageItem Item(MessageRow row, DateTimeOffset now)
    {
        var canResend = row.Status is "delayed" or "failed" or "unknown" && row.Until > now;
        return new MessageItem(
            row.Id, row.Template, row.Language, row.Address, row.Status, row.Attempts, row.Code, row.QueuedAt,
            row.MovedAt, row.NextAt, canResend,
            new DisplayText(
                Texts.Get("fr", "outbox." + row.Status), Texts.Get("en", "outbox." + row.Status)));
    }
}
