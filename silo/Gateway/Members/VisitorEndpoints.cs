using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Gateway.Setup;
using SmartClub.Silo.Journal;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>What somebody is to the club.</summary>
/// <param name="Kind"><c>member</c>, <c>visitor</c>, <c>staff</c> or <c>supplier</c>.</param>
public sealed record KindRequest(string? Kind);

/// <summary>A person's new kind.</summary>
public sealed record KindAnswer(PersonKind Kind);

/// <summary>A guest to invite: who it is, and what they get; it is good while the host is inside.</summary>
public sealed record GuestRequest(string? GuestId, string? PlanId, string? StartsOn, bool? Paid);

/// <summary>Rights of staff and suppliers: zones with hours, maybe some of their gates only, for some days.</summary>
public sealed record RightsRequest(
    string? SiteId, string? Name, IReadOnlyList<EntitlementRequest?>? Entitlements, string? StartsOn, string? LastDay,
    IReadOnlyList<string?>? GateIds = null);

/// <summary>A new code, with what its QR code has to say. It is not shown again, except to a repeat.</summary>
public sealed record PrintedCodeAnswer(string Id, string Value);

/// <summary>Visitors, guests, staff and suppliers at doors.</summary>
public static class VisitorEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapVisitors(this IEndpointRouteBuilder routes)
    {
        var members = routes.MapGroup("/members/{id}").WithTags("Visitors");
        members.MapPost("/kind", Classify).Requires(Rights.MembersWrite)
            .Documented("ClassifyPerson", "Says what somebody is to the club; their rights stay.")
            .TakesBody<KindRequest>().Produces<KindAnswer>().IsCommand();
        members.MapPost("/guests", Invite).Requires(Rights.MembershipsWrite)
            .Documented("InviteGuest", "Gives a guest of this member a membership, good while the member is inside.")
            .TakesBody<GuestRequest>().Produces<MembershipTermAnswer>().IsCommand();
        members.MapPost("/rights", Grant).Requires(Rights.Setup)
            .Documented("GrantRights", "Gives staff or a supplier rights with hours, from one day to another.")
            .TakesBody<RightsRequest>().Produces<MembershipTermAnswer>().IsCommand();
        members.MapPost("/printed-codes", Print).Requires(Rights.CredentialsWrite)
            .Documented("PrintCode", "Makes up a QR code for whoever has no badge.")
            .Produces<PrintedCodeAnswer>().IsCommand();
    }

    private static Task<IResult> Classify(HttpContext http, string id, CommandRunner commands) =>
        Of(id, member => http.WithBody<KindRequest>((body, fields) =>
        {
            var kind = fields.OneOf<PersonKind>("kind", body.Kind);
            return fields.Then(() => commands.Run(
                http, _ => new ClassifyPerson(member, kind), _ => new KindAnswer(kind)));
        }));

    private static Task<IResult> Invite(HttpContext http, string id, CommandRunner commands) =>
        Of(id, host => http.WithBody<GuestRequest>((body, fields) =>
        {
            var guest = fields.Id<MemberTag>("guestId", body.GuestId);
            var plan = fields.Id<PlanTag>("planId", body.PlanId);
            var startsOn = fields.Day("startsOn", body.StartsOn);
            var paid = fields.Required("paid", body.Paid);
            return fields.Then(() => commands.Run(
                http, _ => new InviteGuest(host, guest, plan, startsOn, paid), Answer));
        }));

    private static Task<IResult> Grant(HttpContext http, string id, CommandRunner commands) =>
        Of(id, member => http.WithBody<RightsRequest>((body, fields) =>
        {
            var site = fields.Id<SiteTag>("siteId", body.SiteId);
            var name = fields.Name("name", body.Name);
            var entitlements = PlanEndpoints.Entitlements(fields, body.Entitlements);
            var gates = Gates(fields, body.GateIds);
            var startsOn = fields.Day("startsOn", body.StartsOn);
            var lastDay = fields.Day("lastDay", body.LastDay);
            if (fields.Errors.Count == 0
                && lastDay.DayNumber - startsOn.DayNumber is < 0 or >= DomainLimits.PlanDays)
            {
                fields.Wrong("lastDay", "out_of_range");
            }

            return fields.Then(() => commands.Run(
                http,
                _ => new GrantRights(member, site, name, entitlements, gates, startsOn, lastDay),
                Answer));
        }));

    private static IReadOnlyList<GateId>? Gates(FieldChecks fields, IReadOnlyList<string?>? asked)
    {
        if (asked is { Count: 0 or > DomainLimits.EntitlementsPerPlan })
        {
            fields.Wrong("gateIds", "out_of_range");
            return null;
        }

        return asked is null ? null : [.. asked.Select((gate, i) => fields.Id<GateTag>($"gateIds[{i}]", gate))];
    }

    // The code derives from the command, so that a repeat is told the same one and nothing keeps it in the clear.
    private static Task<IResult> Print(HttpContext http, string id, CommandRunner commands, ClubKeys keys) =>
        Of(id, member =>
        {
            var value = "";
            return commands.Run(
                http,
                command =>
                {
                    value = PrintedCodes.Of(keys, command);
                    return new AddCredential(
                        member, CredentialKeys.Of(keys, CredentialKind.Qr, value), CredentialKind.Qr, value);
                },
                created => new PrintedCodeAnswer(created.Id.ToString(), value));
        });

    private static MembershipTermAnswer Answer(MembershipTerm term) => new(term.Id.ToString(), term.ExpiresOn);

    private static Task<IResult> Of(string id, Func<MemberId, Task<IResult>> next) =>
        MemberId.TryParse(id, null, out var member) ? next(member) : Task.FromResult(Problems.Of("not_found"));
}
