using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>A badge or code that was held to the desk's reader.</summary>
public sealed record BadgeReadRequest(string? Value);

/// <summary>Whose it is.</summary>
public sealed record BadgeOwnerAnswer(string MemberId, string CredentialId, string Kind);

/// <summary>Somebody who is about to be registered.</summary>
public sealed record AlikeRequest(string? FirstName, string? LastName, string? Email = null, string? Phone = null);

/// <summary>Who may be the same person.</summary>
public sealed record AlikeAnswer(IReadOnlyList<MemberItem> Items);

/// <summary>Letting somebody in by hand: through which door, and why.</summary>
public sealed record AdmitRequest(string? GateId, string? Reason);

/// <summary>Somebody was let in.</summary>
public sealed record AdmittedAnswer(string MemberId);

/// <summary>What the desk asks besides members: whose badge, who is alike, come in.</summary>
public static class DeskEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        // Values of badges and names of people are asked for in a body: addresses end up in logs.
        routes.MapPost("/credentials/find", FindBadge).Requires(Rights.MembersRead).WithTags("Credentials")
            .Documented("FindCredential", "Finds whose badge or code it is, whatever kind it is.")
            .TakesBody<BadgeReadRequest>().Produces<BadgeOwnerAnswer>().IsRead().Refuses(404, 415);
        routes.MapPost("/members/alike", Alike).Requires(Rights.MembersRead).WithTags("Members")
            .Documented("FindAlikeMembers", "Finds who may be the same person as somebody about to be registered.")
            .TakesBody<AlikeRequest>().Produces<AlikeAnswer>().IsRead().Refuses(415);
        routes.MapPost("/members/{id}/admit", Admit).Requires(Rights.MembersWrite).WithTags("Members")
            .Documented("AdmitByHand", "Lets a member in whatever the rules say; the reason stays in their history.")
            .TakesBody<AdmitRequest>().Produces<AdmittedAnswer>().IsCommand();
    }

    private static Task<IResult> FindBadge(HttpContext http, ClubKeys keys, CredentialMirror credentials) =>
        http.WithBody<BadgeReadRequest>((body, fields) =>
        {
            var value = fields.Text("value", body.Value, DomainLimits.CredentialLength);
            return fields.Then(() =>
            {
                foreach (var kind in Enum.GetValues<CredentialKind>())
                {
                    if (credentials.Find(CredentialKeys.Of(keys, kind, value)) is { } owner)
                    {
                        return Task.FromResult(Results.Json(
                            new BadgeOwnerAnswer(
                                owner.Member.ToString(), owner.Credential.ToString(), Refusal.Snake(kind.ToString())),
                            ApiJson.Options));
                    }
                }

                return Task.FromResult(Problems.Of("not_found"));
            });
        });

    private static Task<IResult> Alike(HttpContext http, MemberQueries members) =>
        http.WithBody<AlikeRequest>((body, fields) =>
        {
            var first = fields.OptionalName("firstName", body.FirstName);
            var last = fields.OptionalName("lastName", body.LastName);
            var email = fields.OptionalName("email", body.Email);
            var phone = fields.OptionalName("phone", body.Phone);
            return fields.Then(async () =>
            {
                var found = first is null || last is null
                    ? []
                    : await members.Alike(first, last, email, phone, http.RequestAborted);
                return Results.Json(new AlikeAnswer([.. found.Select(MemberItem.Of)]), ApiJson.Options);
            });
        });

    private static Task<IResult> Admit(HttpContext http, string id, CommandRunner commands) =>
        !MemberId.TryParse(id, null, out var member)
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<AdmitRequest>((body, fields) =>
            {
                var gate = fields.Id<GateTag>("gateId", body.GateId);
                var reason = fields.Text("reason", body.Reason, DomainLimits.TextLength);
                return fields.Then(() => commands.Run(
                    http, _ => new AdmitByHand(member, gate, reason), _ => new AdmittedAnswer(id)));
            });
}
