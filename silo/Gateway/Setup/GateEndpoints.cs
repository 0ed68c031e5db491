using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>A new door, turnstile or reader.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SiteId">Where it is.</param>
/// <param name="ZoneId">Where it leads.</param>
/// <param name="Direction"><c>in</c>, <c>out</c> or <c>both</c>.</param>
/// <param name="ConfirmsPassage">Whether it reports that somebody passed.</param>
public sealed record GateRequest(
    string? Name, string? SiteId, string? ZoneId, string? Direction, bool? ConfirmsPassage);

/// <summary>What a gate is called, where it leads and how it is used from now on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ZoneId">Where it leads, at its site.</param>
/// <param name="Direction"><c>in</c>, <c>out</c> or <c>both</c>.</param>
/// <param name="ConfirmsPassage">Whether it reports that somebody passed.</param>
public sealed record GateChangeRequest(string? Name, string? ZoneId, string? Direction, bool? ConfirmsPassage);

/// <summary>A gate and its secret (base64, 32 bytes), which is shown this once.</summary>
public sealed record GateKeyAnswer(string Id, string Key);

/// <summary>A gate.</summary>
public sealed record GateAnswer(
    string Id, string Name, string SiteId, string ZoneId, GateDirection Direction, bool ConfirmsPassage, bool Disabled);

/// <summary>Whether a gate is out of work.</summary>
public sealed record GateDisabledAnswer(string Id, bool Disabled);

/// <summary>Gates, as staff set them up.</summary>
public static class GateEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapGates(this IEndpointRouteBuilder routes)
    {
        var gates = routes.MapGroup("/gates").WithTags("Gates");
        gates.MapPost("/", Create).Requires(Rights.Setup)
            .Documented("CreateGate", "Sets up a gate; its key is shown once.")
            .TakesBody<GateRequest>().Produces<GateKeyAnswer>().IsCommand();
        gates.MapPost("/{id}", Change).Requires(Rights.Setup)
            .Documented(
                "ChangeGate",
                "Changes what a gate is called and how it is used. Where it leads stays while a device is in place.")
            .TakesBody<GateChangeRequest>().Produces<Done>().IsCommand();
        gates.MapGet("/", List).Requires(Rights.MembersRead)
            .Documented("ListGates", "The gates of all sites.")
            .Produces<ListAnswer<GateAnswer>>().IsRead();
        gates.MapPost("/{id}/disable", Disable).Requires(Rights.Setup)
            .Documented("DisableGate", "Lets a gate grant no more entries; going out stays possible.")
            .Produces<GateDisabledAnswer>().IsCommand();
        gates.MapPost("/{id}/enable", Enable).Requires(Rights.Setup)
            .Documented("EnableGate", "Puts a disabled gate back to work.")
            .Produces<GateDisabledAnswer>().IsCommand();
        gates.MapPost("/{id}/key", ReplaceKey).Requires(Rights.Setup)
            .Documented("ReplaceGateKey", "Gives a gate a new key, shown once; the old one ends at once.")
            .Produces<GateKeyAnswer>().IsCommand();
    }

    private static Task<IResult> Create(HttpContext http, CommandRunner commands, ClubKeys keys) =>
        http.WithBody<GateRequest>((body, fields) =>
        {
            var name = fields.Name("name", body.Name);
            var site = fields.Id<SiteTag>("siteId", body.SiteId);
            var zone = fields.Id<ZoneTag>("zoneId", body.ZoneId);
            var direction = fields.OneOf<GateDirection>("direction", body.Direction);
            var confirms = fields.Required("confirmsPassage", body.ConfirmsPassage);
            return fields.Then(() => RunWithKey<Created<GateTag>>(
                http,
                commands,
                keys,
                (id, key) => new CreateGate(NewIds.Of<GateTag>(id), name, site, zone, direction, confirms, key),
                created => created.Id.ToString()));
        });

    private static Task<IResult> Change(HttpContext http, string id, CommandRunner commands) =>
        !GateId.TryParse(id, null, out var gate)
            ? NotFound()
            : http.WithBody<GateChangeRequest>((body, fields) =>
            {
                var name = fields.Name("name", body.Name);
                var zone = fields.Id<ZoneTag>("zoneId", body.ZoneId);
                var direction = fields.OneOf<GateDirection>("direction", body.Direction);
                var confirms = fields.Required("confirmsPassage", body.ConfirmsPassage);
                return fields.Then(() => commands.Run(
                    http, _ => new ChangeGate(gate, name, zone, direction, confirms), done => done));
            });

    private static Task<IResult> ReplaceKey(HttpContext http, string id, CommandRunner commands, ClubKeys keys) =>
        GateId.TryParse(id, null, out var gate)
            ? RunWithKey<GateKeyReplaced>(
                http, commands, keys, (_, key) => new ReplaceGateKey(gate, key), _ => gate.ToString())
            : NotFound();

    private static Task<IResult> Disable(HttpContext http, string id, CommandRunner commands) =>
        GateId.TryParse(id, null, out var gate)
            ? commands.Run(http, _ => new DisableGate(gate), _ => new GateDisabledAnswer(id, true))
            : NotFound();

    private static Task<IResult> Enable(HttpContext http, string id, CommandRunner commands) =>
        GateId.TryParse(id, null, out var gate)
            ? commands.Run(http, _ => new EnableGate(gate), _ => new GateDisabledAnswer(id, false))
            : NotFound();

    private static Task<IResult> RunWithKey<TOutcome>(
        HttpContext http, CommandRunner commands, ClubKeys keys,
        Func<CommandId, string, ICommand<TOutcome>> make, Func<TOutcome, string> gate)
    {
        http.Response.Headers.CacheControl = "no-store";
        var key = "";
        return commands.Run(
            http,
            id => make(id, key = GateKeys.Of(keys, id)),
            outcome => new GateKeyAnswer(gate(outcome), key));
    }

    private static Task<IResult> List(string? after, GateMirror gates, ReadAfter reads, CancellationToken cancel) =>
        reads.List(
            after,
            () => gates.All.OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => new GateAnswer(
                g.Id.ToString(), g.Name, g.SiteId.ToString(), g.ZoneId.ToString(), g.Direction, g.ConfirmsPassage,
                g.IsDisabled)),
            cancel);

    private static Task<IResult> NotFound() => Task.FromResult(Problems.Of("not_found"));
}
