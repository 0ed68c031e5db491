using Microsoft.AspNetCore.Http.Features;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Members;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Mirrors;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.People;

/// <summary>Something to allow: a role by its word or id, or a single right; where, and until when.</summary>
public sealed record GrantRequest(
    string? Role = null, string? Right = null, string? SiteId = null, DateTimeOffset? Until = null);

/// <summary>Somebody to invite.</summary>
public sealed record InviteRequest(string? Email, string? DisplayName, IReadOnlyList<GrantRequest?>? Grants);

/// <summary>An account that waits for its owner: the link to send, shown to who invited.</summary>
public sealed record InvitedAnswer(string Id, string Link, DateTimeOffset ExpiresAt);

/// <summary>All that somebody is allowed.</summary>
public sealed record GrantsRequest(IReadOnlyList<GrantRequest?>? Grants);

/// <summary>Something that is allowed.</summary>
public sealed record GrantAnswer(string? Role, string? Right, string? SiteId, DateTimeOffset? Until);

/// <summary>An account.</summary>
/// <param name="Id">Which.</param>
/// <param name="Email">Its address.</param>
/// <param name="DisplayName">Whose.</param>
/// <param name="Status"><c>invited</c>, <c>active</c> or <c>disabled</c>.</param>
/// <param name="Grants">What is allowed.</param>
/// <param name="Since">When it was made.</param>
/// <param name="HasSecondFactor">Whether a password alone does not open it.</param>
/// <param name="Sessions">How many sessions are open.</param>
/// <param name="IsOwn">Whether it is that of who asks.</param>
public sealed record StaffAnswer(
    string Id, string Email, string DisplayName, string Status, IReadOnlyList<GrantAnswer> Grants,
    DateTimeOffset Since, bool HasSecondFactor, int Sessions, bool IsOwn);

/// <summary>Accounts of staff.</summary>
public static class StaffEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/staff").WithTags("Staff");
        staff.MapGet("/", List).Requires(Rights.StaffWrite)
            .Documented("ListStaff", "Who works at the club.").Produces<ListAnswer<StaffAnswer>>().IsRead();
        staff.MapPost("/", Invite).Requires(Rights.StaffWrite)
            .Documented("InviteStaff", "Gives somebody an account, which they open with a link.")
            .TakesBody<InviteRequest>().Produces<InvitedAnswer>().IsCommand();
        staff.MapPost("/{id}/invitation", Renew).Requires(Rights.StaffWrite)
            .Documented("RenewInvitation", "Another link to choose a password by; the one before ends.")
            .Produces<InvitedAnswer>().IsCommand();
        staff.MapPost("/{id}/grants", SetGrants).Requires(Rights.StaffWrite)
            .Documented("SetGrants", "Says all that somebody is allowed, at once.")
            .TakesBody<GrantsRequest>().Produces(204).IsCommand();
        staff.MapPost("/{id}/disable", Disable).Requires(Rights.StaffWrite)
            .Documented("DisableStaff", "Locks an account and ends its sessions.")
            .TakesBody<ReasonRequest>().Produces(204).IsCommand();
        staff.MapPost("/{id}/enable", Enable).Requires(Rights.StaffWrite)
            .Documented("EnableStaff", "Opens a locked account again.").Produces(204).IsCommand();
        staff.MapPost("/{id}/second-factor/reset", ResetSecondFactor).Requires(Rights.StaffWrite)
            .Documented("ResetSecondFactor", "Takes the second factor away from who has lost theirs.")
            .TakesBody<ReasonRequest>().Produces(204).IsCommand();
        staff.MapGet("/{id}/sessions", Sessions).Requires(Rights.StaffWrite)
            .Documented("ListStaffSessions", "The open sessions of somebody.")
            .Produces<ListAnswer<SessionItem>>().IsRead().Refuses(404);
        staff.MapPost("/{id}/sessions/{sessionId}/end", EndSession).Requires(Rights.StaffWrite)
            .Documented("EndStaffSession", "Ends a session of somebody, at once.").Produces(204).IsCommand();
    }

    private static Task<IResult> List(
        HttpContext http, string? after, StaffMirror mirror, IGrains grains, ReadAfter reads, Feed feed,
        TimeProvider time, CancellationToken cancel)
    {
        var self = http.Features.GetRequiredFeature<StaffPrincipal>().Staff;
        return reads.Then(
            after,
            async () =>
            {
                var (asOf, now) = (feed.Head, time.GetUtcNow());
                var items = new List<StaffAnswer>();
                foreach (var facts in mirror.All.OrderBy(s => s.DisplayName, StringComparer.CurrentCultureIgnoreCase))
                {
                    items.Add(await grains.Read<StaffState, StaffAnswer>(facts.Id.Grain, state => new StaffAnswer(
                        facts.Id.ToString(),
                        facts.Email,
                        facts.DisplayName,
                        facts.Status,
                        [.. facts.Grants.Select(Answer)],
                        facts.Since,
                        state.HasSecondFactor,
                        state.Sessions.Count(s => s.ExpiresAt > now),
                        facts.Id == self)));
                }

                return Results.Json(new ListAnswer<StaffAnswer>(items, asOf), ApiJson.Options);
            },
            cancel);
    }

    private static Task<IResult> Invite(
        HttpContext http, CommandRunner commands, ClubKeys keys, RoleMirror roles) =>
        http.WithBody<InviteRequest>((body, fields) =>
        {
            var name = fields.Name("displayName", body.DisplayName);
            var email = fields.Name("email", body.Email);
            if (email.Length > 0 && !MemberEndpoints.IsAddress(email))
            {
                fields.Wrong("email", "invalid");
            }

            var grants = Grants(fields, body.Grants, roles);
            return WithOwn(http, fields, grants, () => RunWithLink(
                http,
                commands,
                keys,
                StaffIds.Of(keys, email),
                (staff, hash) => new InviteStaff(
                    staff, email, name, hash, grants, Texts.Language(http.Request))));
        });

    private static Task<IResult> Renew(
        HttpContext http, string id, CommandRunner commands, ClubKeys keys, StaffMirror staff, SignedIn signedIn) =>
        OfOther(http, id, staff, signedIn, account => RunWithLink(
            http, commands, keys, account, (id, hash) => new RenewInvitation(id, hash, Texts.Language(http.Request))));

    private static Task<IResult> SetGrants(
        HttpContext http, string id, CommandRunner commands, RoleMirror roles, StaffMirror staff, SignedIn signedIn) =>
        OfOther(http, id, staff, signedIn, account => http.WithBody<GrantsRequest>((body, fields) =>
        {
            var grants = Grants(fields, body.Grants, roles);
            return WithOwn(http, fields, grants, () => commands.Run(
                http, _ => new SetGrants(account, grants), _ => (object?)null));
        }));

    private static Task<IResult> Disable(
        HttpContext http, string id, CommandRunner commands, StaffMirror staff, SignedIn signedIn) =>
        OfOther(http, id, staff, signedIn, account => WithReason(http, reason => commands.Run(
            http, _ => new DisableStaff(account, reason), _ => (object?)null)));

    private static Task<IResult> Enable(
        HttpContext http, string id, CommandRunner commands, StaffMirror staff, SignedIn signedIn) =>
        OfOther(http, id, staff, signedIn, account => commands.Run(
            http, _ => new EnableStaff(account), _ => (object?)null));

    private static Task<IResult> ResetSecondFactor(
        HttpContext http, string id, CommandRunner commands, StaffMirror staff, SignedIn signedIn) =>
        OfOther(http, id, staff, signedIn, account => WithReason(http, reason => commands.Run(
            http, _ => new ResetSecondFactor(account, reason), _ => (object?)null)));

    private static Task<IResult> Sessions(
        HttpContext http, string id, string? after, IGrains grains, StaffMirror staff, SessionMirror mirror,
        ReadAfter reads, Feed feed, TimeProvider time, CancellationToken cancel) =>
        StaffId.TryParse(id, null, out var account) && staff.Find(account) is not null
            ? reads.Then(
                after,
                () => SessionEndpoints.Of(
                    account, http.Features.GetRequiredFeature<StaffPrincipal>().Session, grains, mirror, feed, time),
                cancel)
            : Task.FromResult(Problems.Of("not_found"));

    private static Task<IResult> EndSession(
        HttpContext http, string id, string sessionId, CommandRunner commands, StaffMirror staff, SignedIn signedIn) =>
        SessionId.TryParse(sessionId, null, out var session)
            ? OfOther(http, id, staff, signedIn, account => commands.Run(
                http, _ => new CloseSession(account, session), _ => (object?)null))
            : Task.FromResult(Problems.Of("not_found"));

    // Who may do less may not take over who may do more: another link, a lock or a lost factor would be a way up.
    private static Task<IResult> OfOther(
        HttpContext http, string id, StaffMirror staff, SignedIn signedIn, Func<StaffId, Task<IResult>> next)
    {
        var who = http.Features.GetRequiredFeature<StaffPrincipal>();
        return !StaffId.TryParse(id, null, out var account) || staff.Find(account) is not { } facts
                ? Task.FromResult(Problems.Of("not_found"))
            : signedIn.Access(facts.Grants).All.All(who.Access.Allows)
                && facts.Grants.All(who.Access.Covers) ? next(account)
            : Task.FromResult(Problems.Of("grant_exceeds_own"));
    }

    private static Task<IResult> WithOwn(
        HttpContext http, FieldChecks fields, IReadOnlyList<StaffGrant> grants, Func<Task<IResult>> next)
    {
        var who = http.Features.GetRequiredFeature<StaffPrincipal>();
        return fields.Then(() => grants.All(who.Access.Covers)
            ? next()
            : Task.FromResult(Problems.Of("grant_exceeds_own")));
    }

    private static Task<IResult> RunWithLink(
        HttpContext http, CommandRunner commands, ClubKeys keys, StaffId staff,
        Func<StaffId, string, ICommand<Invitation>> make)
    {
        http.Response.Headers.CacheControl = "no-store";
        var token = "";
        return commands.Run(
            http,
            id => make(staff, SignedIn.Hash(token = InvitationTokens.Of(keys, staff, id))),
            invited => new InvitedAnswer(
                invited.Id.ToString(), InvitationEndpoints.Link(http.Request, token), invited.ExpiresAt));
    }

    private static Task<IResult> WithReason(HttpContext http, Func<string, Task<IResult>> next) =>
        http.WithBody<ReasonRequest>((body, fields) =>
        {
            var reason = fields.Text("reason", body.Reason, DomainLimits.TextLength);
            return fields.Then(() => next(reason));
        });

    private static List<StaffGrant> Grants(
        FieldChecks fields, IReadOnlyList<GrantRequest?>? asked, RoleMirror roles)
    {
        if (asked is null || asked.Count > DomainLimits.GrantsPerStaff)
        {
            fields.Wrong("grants", asked is null ? "required" : "too_long");
            return [];
        }

        return [.. asked.Select((grant, i) => Grant(fields, $"grants[{i}]", grant ?? new GrantRequest(), roles))];
    }

    private static StaffGrant Grant(FieldChecks fields, string field, GrantRequest asked, RoleMirror roles)
    {
        SiteId? site = asked.SiteId is null ? null : fields.Id<SiteTag>(field + ".siteId", asked.SiteId);
        if (asked.Right is not null)
        {
            if (asked.Role is not null || asked.Right == Rights.Account || !Rights.All.Contains(asked.Right))
            {
                fields.Wrong(field + ".right", "invalid");
            }

            return new StaffGrant(Right: asked.Right, SiteId: site, Until: asked.Until);
        }

        if (RoleId.TryParse(asked.Role, null, out var own))
        {
            if (roles.Find(own) is null)
            {
                fields.Wrong(field + ".role", "invalid");
            }

            return new StaffGrant(OwnRole: own, SiteId: site, Until: asked.Until);
        }

        return new StaffGrant(fields.OneOf<StaffRole>(field + ".role", asked.Role), SiteId: site, Until: asked.Until);
    }

    private static GrantAnswer Answer(StaffGrant grant) => new(
        grant.Role is { } role ? Refusal.Snake(role.ToString()) : grant.OwnRole?.ToString(),
        grant.Right,
        grant.SiteId?.ToString(),
        grant.Until);
}
