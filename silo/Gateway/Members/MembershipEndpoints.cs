using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>A membership to give; unpaid means due now.</summary>
public sealed record MembershipRequest(string? PlanId, string? StartsOn, bool? Paid);

/// <summary>A new membership and its last day, included.</summary>
public sealed record MembershipTermAnswer(string Id, DateOnly ExpiresOn);

/// <summary>A membership that was paid, frozen or unfrozen.</summary>
public sealed record MembershipDoneAnswer(string Id);

/// <summary>Memberships of members.</summary>
public static class MembershipEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapMemberships(this IEndpointRouteBuilder routes)
    {
        var memberships = routes.MapGroup("/members/{id}/memberships").WithTags("Memberships");
        memberships.MapPost("/", Add).Requires(Rights.MembershipsWrite)
            .Documented("AddMembership", "Gives a member a membership of a plan.")
            .TakesBody<MembershipRequest>().Produces<MembershipTermAnswer>().IsCommand();
        memberships.MapPost("/{membershipId}/pay", Pay).Requires(Rights.MembershipsWrite)
            .Documented("PayMembership", "Says that a membership is paid.")
            .Produces<MembershipDoneAnswer>().IsCommand();
        memberships.MapPost("/{membershipId}/freeze", Freeze).Requires(Rights.MembershipsWrite)
            .Documented("FreezeMembership", "Lets a membership open nothing until it is unfrozen; its dates stay.")
            .TakesBody<ReasonRequest>(isOptional: true).Produces<MembershipDoneAnswer>().IsCommand();
        memberships.MapPost("/{membershipId}/unfreeze", Unfreeze).Requires(Rights.MembershipsWrite)
            .Documented("UnfreezeMembership", "Ends a freeze.")
            .TakesBody<ReasonRequest>(isOptional: true).Produces<MembershipDoneAnswer>().IsCommand();
    }

    private static Task<IResult> Add(HttpContext http, string id, CommandRunner commands) =>
        !MemberId.TryParse(id, null, out var member)
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<MembershipRequest>((body, fields) =>
            {
                var plan = fields.Id<PlanTag>("planId", body.PlanId);
                var startsOn = fields.Day("startsOn", body.StartsOn);
                var paid = fields.Required("paid", body.Paid);
                return fields.Then(() => commands.Run(
                    http,
                    _ => new AddMembership(member, plan, startsOn, paid),
                    term => new MembershipTermAnswer(term.Id.ToString(), term.ExpiresOn)));
            });

    private static Task<IResult> Pay(
        HttpContext http, string id, string membershipId, CommandRunner commands, MemberDesk desk) =>
        OfMember(id, membershipId, desk, (member, membership) => commands.Run(
            http, _ => new SettleMembership(member, membership), _ => new MembershipDoneAnswer(membershipId)));

    private static Task<IResult> Freeze(
        HttpContext http, string id, string membershipId, CommandRunner commands, MemberDesk desk) =>
        OfMember(id, membershipId, desk, (member, membership) => WithReason(http, reason => commands.Run(
            http,
            _ => new FreezeMembership(member, membership, reason),
            _ => new MembershipDoneAnswer(membershipId))));

    private static Task<IResult> Unfreeze(
        HttpContext http, string id, string membershipId, CommandRunner commands, MemberDesk desk) =>
        OfMember(id, membershipId, desk, (member, membership) => WithReason(http, reason => commands.Run(
            http,
            _ => new UnfreezeMembership(member, membership, reason),
            _ => new MembershipDoneAnswer(membershipId))));

    // A membership that the path names and that is not there is "not found"; the rules' own refusal is for a body.
    private static async Task<IResult> OfMember(
        string id, string membershipId, MemberDesk desk, Func<MemberId, MembershipId, Task<IResult>> next) =>
        MemberId.TryParse(id, null, out var member)
        && MembershipId.TryParse(membershipId, null, out var membership)
        && await desk.Has(member, membership)
            ? await next(member, membership)
            : Problems.Of("not_found");

    private static Task<IResult> WithReason(HttpContext http, Func<string?, Task<IResult>> next) =>
        http.WithBody<ReasonRequest>(
            (body, fields) =>
            {
                var reason = fields.OptionalText("reason", body.Reason, DomainLimits.TextLength);
                return fields.Then(() => next(reason));
            },
            isOptional: true);
}
