using SmartClub.Grains.Model;
using SmartClub.Grains.Roles.Commands;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Gateway.Setup;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.People;

/// <summary>A role of the club's own.</summary>
public sealed record RoleRequest(string? Name, IReadOnlyList<string?>? Rights);

/// <summary>A role: one that every club has has no name of its own, and its id is its word.</summary>
public sealed record RoleAnswer(string Id, string? Name, bool IsBuiltIn, IReadOnlyList<string> Rights);

/// <summary>The roles, and all rights that there are.</summary>
public sealed record RolesAnswer(
    IReadOnlyList<RoleAnswer> Items, IReadOnlyList<string> Rights, IReadOnlyList<string> WholeClubRights, long AsOf);

/// <summary>Roles.</summary>
public static class RoleEndpoints
{
    private const int RightLength = 100;

    // What only old accounts have is not given any more.
    private static readonly IReadOnlyList<StaffRole> BuiltIn =
        [StaffRole.Administrator, StaffRole.Manager, StaffRole.Cashier, StaffRole.Desk];

    /// <summary>Maps the calls.</summary>
    public static void MapRoles(this IEndpointRouteBuilder routes)
    {
        var roles = routes.MapGroup("/roles").WithTags("Staff");
        roles.MapGet("/", List).Requires(Rights.StaffWrite)
            .Documented("ListRoles", "The roles and what they allow.").Produces<RolesAnswer>().IsRead();
        roles.MapPost("/", Create).Requires(Rights.StaffWrite)
            .Documented("CreateRole", "Makes a role of the club's own.")
            .TakesBody<RoleRequest>().Produces<CreatedAnswer>().IsCommand();
        roles.MapPost("/{id}", Change).Requires(Rights.StaffWrite)
            .Documented("ChangeRole", "Changes a role, at once for everybody who has it.")
            .TakesBody<RoleRequest>().Produces(204).IsCommand();
    }

    private static Task<IResult> List(
        string? after, RoleMirror roles, ReadAfter reads, Feed feed, CancellationToken cancel) =>
        reads.Then(
            after,
            () =>
            {
                var asOf = feed.Head;
                var builtIn = BuiltIn.Select(role => new RoleAnswer(
                    Refusal.Snake(role.ToString()), null, true, [.. Rights.All.Where(RoleRights.Of(role).Contains)]));
                var own = roles.All.OrderBy(r => r.Name, StringComparer.Ordinal)
                    .Select(r => new RoleAnswer(r.Id.ToString(), r.Name, false, r.Rights));
                return Task.FromResult(Results.Json(
                    new RolesAnswer(
                        [.. builtIn, .. own], [.. Rights.All.Where(r => r != Rights.Account)],
                        [.. Rights.OfTheWholeClub], asOf),
                    ApiJson.Options));
            },
            cancel);

    private static Task<IResult> Create(HttpContext http, CommandRunner commands) =>
        WithRole(http, (name, rights) => commands.Run(
            http,
            id => new CreateRole(NewIds.Of<RoleTag>(id), name, rights),
            created => new CreatedAnswer(created.Id.ToString())));

    private static Task<IResult> Change(HttpContext http, string id, CommandRunner commands) =>
        RoleId.TryParse(id, null, out var role)
            ? WithRole(http, (name, rights) => commands.Run(
                http, _ => new ChangeRole(role, name, rights), _ => (object?)null))
            : Task.FromResult(Problems.Of("not_found"));

    private static Task<IResult> WithRole(
        HttpContext http, Func<string, IReadOnlyList<string>, Task<IResult>> next) =>
        http.WithBody<RoleRequest>((body, fields) =>
        {
            var name = fields.Name("name", body.Name);
            if (body.Rights is null || body.Rights.Count > Rights.All.Count)
            {
                fields.Wrong("rights", body.Rights is null ? "required" : "too_long");
            }

            List<string> rights =
                [.. (body.Rights ?? []).Select((right, i) => fields.Text($"rights[{i}]", right, RightLength))];
            var who = http.Features.Get<StaffPrincipal>()!;
            return fields.Then(() => rights.TrueForAll(who.Access.AllowsEverywhere)
                || rights.Exists(right => !Rights.All.Contains(right))
                ? next(name, rights)
                : Task.FromResult(Problems.Of("grant_exceeds_own")));
        });
}
