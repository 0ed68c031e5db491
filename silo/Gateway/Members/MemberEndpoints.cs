using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Past;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>Members.</summary>
public static class MemberEndpoints
{
    private const int QueryLength = 200;

    /// <summary>Maps the calls.</summary>
    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        var members = routes.MapGroup("/members").WithTags("Members");
        members.MapPost("/", Register).Requires(Rights.MembersWrite)
            .Documented("RegisterMember", "Registers a person: a member, visitor, member of staff or supplier.")
            .TakesBody<MemberRequest>().Produces<RegisteredAnswer>().IsCommand();
        members.MapGet("/", Search).Requires(Rights.MembersRead)
            .Documented("SearchMembers", "Finds members by words of their name, phone, e-mail or code.")
            .Produces<ListAnswer<MemberItem>>().IsRead();
        members.MapGet("/{id}", Get).Requires(Rights.MembersRead)
            .Documented("GetMember", "Everything about a member but their history; or as it was `at` a moment.")
            .Produces<MemberAnswer>().IsRead().Refuses(404);
        members.MapGet("/{id}/timeline", Timeline).Requires(Rights.MembersRead)
            .Documented("GetMemberTimeline", "What happened to a member, newest first; or as known `at` a moment.")
            .Produces<TimelineAnswer>().IsRead().Refuses(404);
        members.MapPost("/{id}/details", ChangeDetails).Requires(Rights.MembersWrite)
            .Documented("ChangeMemberDetails", "Corrects a person's name and contacts: all four at once.")
            .TakesBody<DetailsRequest>().Produces<Done>().IsCommand();
        members.MapPost("/{id}/suspend", Suspend).Requires(Rights.MembersSuspend)
            .Documented("SuspendMember", "Lets a member in nowhere until they are resumed.")
            .TakesBody<ReasonRequest>().Produces<StandingAnswer>().IsCommand();
        members.MapPost("/{id}/resume", Resume).Requires(Rights.MembersSuspend)
            .Documented("ResumeMember", "Ends a suspension.")
            .TakesBody<ReasonRequest>().Produces<StandingAnswer>().IsCommand();
    }

    private static Task<IResult> Register(HttpContext http, CommandRunner commands) =>
        http.WithBody<MemberRequest>((body, fields) =>
        {
            var (first, last, email, phone) = Details(fields, body.FirstName, body.LastName, body.Email, body.Phone);
            var kind = body.Kind is null ? PersonKind.Member : fields.OneOf<PersonKind>("kind", body.Kind);
            return fields.Then(() => commands.Run<MemberRegistration>(
                http,
                id => NewIds.Of<MemberTag>(id) is var member && kind == PersonKind.Member
                    ? new RegisterMember(member, first, last, email, phone)
                    : new RegisterPerson(member, kind, first, last, email, phone),
                registered => new RegisteredAnswer(registered.Id.ToString(), registered.Code)));
        });

    private static Task<IResult> ChangeDetails(HttpContext http, string id, CommandRunner commands) =>
        !MemberId.TryParse(id, null, out var member) ? NotFound() : http.WithBody<DetailsRequest>((body, fields) =>
        {
            var (first, last, email, phone) = Details(fields, body.FirstName, body.LastName, body.Email, body.Phone);
            return fields.Then(() => commands.Run(
                http, _ => new ChangeDetails(member, first, last, email, phone), done => done));
        });

    private static (string First, string Last, string? Email, string? Phone) Details(
        FieldChecks fields, string? firstName, string? lastName, string? emailAddress, string? phoneNumber)
    {
        var first = fields.Name("firstName", firstName);
        var last = fields.Name("lastName", lastName);
        var email = fields.OptionalName("email", emailAddress);
        var phone = fields.OptionalName("phone", phoneNumber);
        if (email is not null && !IsAddress(email))
        {
            fields.Wrong("email", "invalid");
        }

        if (phone is not null && !phone.Any(char.IsAsciiDigit))
        {
            fields.Wrong("phone", "invalid");
        }

        return (first, last, email, phone);
    }

    private static Task<IResult> Search(
        HttpContext http, string? query, string? after, MemberQueries members, ReadAfter reads,
        CancellationToken cancel)
    {
        var fields = new FieldChecks(http.Request);
        var words = fields.OptionalText("query", query, QueryLength) ?? "";
        return fields.Then(() => reads.Then(
            after,
            async () =>
            {
                var (found, asOf) = await members.Search(words, cancel);
                var items = found.Select(MemberItem.Of);
                return Results.Json(new ListAnswer<MemberItem>([.. items], asOf), ApiJson.Options);
            },
            cancel));
    }

    private static Task<IResult> Get(
        HttpContext http, string id, string? after, string? at, MemberDesk desk, PastMember past, ReadAfter reads,
        TimeProvider time, CancellationToken cancel)
    {
        if (!MemberId.TryParse(id, null, out var member))
        {
            return NotFound();
        }

        var fields = new FieldChecks(http.Request);
        var moment = at is null ? (DateTimeOffset?)null : fields.PastMoment("at", at, time.GetUtcNow());
        return fields.Then(() => reads.Then(
            after,
            async () => (moment is { } then
                ? await past.Find(member, then, cancel)
                : await desk.Find(member, cancel)) is { } found
                ? Results.Json(found, ApiJson.Options)
                : Problems.Of("not_found"),
            cancel));
    }

    private static Task<IResult> Timeline(
        HttpContext http, string id, string? after, string? before, string? at, MemberDesk desk, PastMember past,
        TimelineDesk timeline, ReadAfter reads, TimeProvider time, CancellationToken cancel)
    {
        if (!MemberId.TryParse(id, null, out var member))
        {
            return NotFound();
        }

        if (!ReadAfter.TryRead(before, out var version) || version > int.MaxValue)
        {
            return Task.FromResult(Problems.Of("invalid_position"));
        }

        var fields = new FieldChecks(http.Request);
        var moment = at is null ? (DateTimeOffset?)null : fields.PastMoment("at", at, time.GetUtcNow());
        return fields.Then(() => reads.Then(
            after,
            async () =>
            {
                if (moment is { } then)
                {
                    version = Math.Min(version ?? int.MaxValue, await past.Version(member, then, cancel) + 1);
                }

                return version > 1 || (version is null && await desk.Exists(member))
                    ? Results.Json(await timeline.Page(member, (int?)version, cancel), ApiJson.Options)
                    : Problems.Of("not_found");
            },
            cancel));
    }

    private static Task<IResult> Suspend(HttpContext http, string id, CommandRunner commands) =>
        WithReason(http, id, (member, reason) => commands.Run(
            http, _ => new SuspendMember(member, reason), s => new StandingAnswer(s.Status, s.ExpiresOn)));

    private static Task<IResult> Resume(HttpContext http, string id, CommandRunner commands) =>
        WithReason(http, id, (member, reason) => commands.Run(
            http, _ => new ResumeMember(member, reason), s => new StandingAnswer(s.Status, s.ExpiresOn)));

    private static Task<IResult> WithReason(HttpContext http, string id, Func<MemberId, string, Task<IResult>> next) =>
        !MemberId.TryParse(id, null, out var member) ? NotFound() : http.WithBody<ReasonRequest>((body, fields) =>
        {
            var reason = fields.Text("reason", body.Reason, DomainLimits.TextLength);
            return fields.Then(() => next(member, reason));
        });

    // An address is proven by writing to it; this only catches what was typed into the wrong field.
    internal static bool IsAddress(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < email.Length - 1 && at == email.LastIndexOf('@') && !email.Any(char.IsWhiteSpace);
    }

    private static Task<IResult> NotFound() => Task.FromResult(Problems.Of("not_found"));
}
