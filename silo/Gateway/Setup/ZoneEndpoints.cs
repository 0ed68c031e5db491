using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Views.Mirrors;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>A new part of a site.</summary>
/// <param name="SiteId">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="AntiPassback"><c>hard</c>, <c>soft</c> or <c>off</c>.</param>
/// <param name="ForgivenessMinutes">After this long inside, coming in again is forgiven; 0: never.</param>
/// <param name="Capacity">Places; null: not counted.</param>
public sealed record ZoneRequest(
    string? SiteId, string? Name, string? AntiPassback, int? ForgivenessMinutes, int? Capacity = null);

/// <summary>What a part of a site is called and how it counts from now on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AntiPassback"><c>hard</c>, <c>soft</c> or <c>off</c>.</param>
/// <param name="ForgivenessMinutes">After this long inside, coming in again is forgiven; 0: never.</param>
/// <param name="Capacity">Places; null: not counted.</param>
public sealed record ZoneChangeRequest(
    string? Name, string? AntiPassback, int? ForgivenessMinutes, int? Capacity = null);

/// <summary>A part of a site.</summary>
public sealed record ZoneAnswer(
    string Id, string SiteId, string Name, AntiPassback AntiPassback, int ForgivenessMinutes, int? Capacity);

/// <summary>Zones.</summary>
public static class ZoneEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapZones(this IEndpointRouteBuilder routes)
    {
        var zones = routes.MapGroup("/zones").WithTags("Zones");
        zones.MapPost("/", Create).Requires(Rights.Setup)
            .Documented("CreateZone", "Sets up a part of a site that people are inside of or not.")
            .TakesBody<ZoneRequest>().Produces<CreatedAnswer>().IsCommand();
        zones.MapPost("/{id}", Change).Requires(Rights.Setup)
            .Documented("ChangeZone", "Changes what a zone is called and how it counts. Nobody inside is sent out.")
            .TakesBody<ZoneChangeRequest>().Produces<Done>().IsCommand();
        zones.MapGet("/", List).Requires(Rights.MembersRead)
            .Documented("ListZones", "The zones of all sites.")
            .Produces<ListAnswer<ZoneAnswer>>().IsRead();
    }

    private static Task<IResult> Create(HttpContext http, CommandRunner commands) =>
        http.WithBody<ZoneRequest>((body, fields) =>
        {
            var site = fields.Id<SiteTag>("siteId", body.SiteId);
            var (name, antiPassback, forgiveness, capacity) = Rules(
                fields, body.Name, body.AntiPassback, body.ForgivenessMinutes, body.Capacity);
            return fields.Then(() => commands.Run(
                http,
                id => new CreateZone(NewIds.Of<ZoneTag>(id), site, name, antiPassback, forgiveness, capacity),
                created => new CreatedAnswer(created.Id.ToString())));
        });

    private static Task<IResult> Change(HttpContext http, string id, CommandRunner commands) =>
        !ZoneId.TryParse(id, null, out var zone)
            ? Task.FromResult(Problems.Of("not_found"))
            : http.WithBody<ZoneChangeRequest>((body, fields) =>
            {
                var (name, antiPassback, forgiveness, capacity) = Rules(
                    fields, body.Name, body.AntiPassback, body.ForgivenessMinutes, body.Capacity);
                return fields.Then(() => commands.Run(
                    http, _ => new ChangeZone(zone, name, antiPassback, forgiveness, capacity), done => done));
            });

    private static (string Name, AntiPassback AntiPassback, int Forgiveness, int? Capacity) Rules(
        FieldChecks fields, string? name, string? antiPassback, int? forgiveness, int? capacity) =>
    (
        fields.Name("name", name),
        fields.OneOf<AntiPassback>("antiPassback", antiPassback),
        fields.Number("forgivenessMinutes", forgiveness, 0, DomainLimits.ForgivenessMinutes),
        fields.OptionalNumber("capacity", capacity, 1, DomainLimits.ZoneCapacity));

    private static Task<IResult> List(string? after, ZoneMirror zones, ReadAfter reads, CancellationToken cancel) =>
        reads.List(
            after,
            () => zones.All.OrderBy(z => z.Name, StringComparer.Ordinal).Select(z => new ZoneAnswer(
                z.Id.ToString(), z.SiteId.ToString(), z.Name, z.AntiPassback, z.ForgivenessMinutes, z.Capacity)),
            cancel);
}
