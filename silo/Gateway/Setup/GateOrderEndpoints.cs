using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Setup;

/// <summary>Something that a gate is to do.</summary>
/// <param name="Kind"><c>open_once</c>, <c>lock</c>, <c>unlock</c>, <c>evacuate</c> or <c>sync_list</c>.</param>
/// <param name="Reason">Why; it stays in the journal.</param>
/// <param name="ExpiresInSeconds">How long it may wait for the gate; 30 if nothing is said.</param>
public sealed record GateOrderRequest(string? Kind, string? Reason, int? ExpiresInSeconds);

/// <summary>The order, and until when it waits for the gate.</summary>
public sealed record GateOrderAnswer(string Id, DateTimeOffset ExpiresAt);

/// <summary>An order and what came of it: <c>waiting</c>, <c>done</c>, <c>refused</c> or <c>expired</c>.</summary>
public sealed record GateOrderItem(
    string Id, string GateId, string Kind, string Operator, string? Reason, DateTimeOffset GivenAt,
    DateTimeOffset ExpiresAt, string State, DateTimeOffset? EndedAt, string? Detail);

/// <summary>The code by which a device takes the gate's place, once.</summary>
public sealed record EnrolmentAnswer(string Id, string Code, DateTimeOffset ExpiresAt);

/// <summary>What staff tell gates to do, and the codes for those who install them.</summary>
public static class GateOrderEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapGateOrders(this IEndpointRouteBuilder routes)
    {
        var gates = routes.MapGroup("/gates").WithTags("Gates");
        gates.MapPost("/{id}/commands", Order).Requires(Rights.GatesCommand)
            .Documented("CommandGate", "Tells a gate to open once, lock, unlock, evacuate or fetch its list.")
            .TakesBody<GateOrderRequest>().Produces<GateOrderAnswer>().IsCommand();
        gates.MapGet("/{id}/commands", List).Requires(Rights.GatesCommand)
            .Documented("ListGateCommands", "What a gate was told, newest first, and what came of it.")
            .Produces<ListAnswer<GateOrderItem>>().IsRead();
        gates.MapPost("/{id}/enrolment", Enrol).Requires(Rights.Setup)
            .Documented("OpenEnrolment", "Makes the code by which a device takes this gate's place, once.")
            .Produces<EnrolmentAnswer>().IsCommand();
    }

    private static Task<IResult> Order(HttpContext http, string id, CommandRunner commands) =>
        !GateId.TryParse(id, null, out var gate)
            ? NotFound()
            : http.WithBody<GateOrderRequest>((body, fields) =>
            {
                var kind = fields.OneOf<GateOrderKind>("kind", body.Kind);
                var reason = fields.Text("reason", body.Reason, DomainLimits.TextLength);
                var seconds = fields.OptionalNumber(
                    "expiresInSeconds", body.ExpiresInSeconds, 1, DomainLimits.OrderSeconds)
                    ?? DomainLimits.UsualOrderSeconds;
                return fields.Then(() => commands.Run(
                    http,
                    _ => new OrderGate(gate, kind, reason, seconds),
                    given => new GateOrderAnswer(given.OrderId.ToString(), given.Until)));
            });

    private static Task<IResult> List(
        string id, string? after, GateOrderQueries orders, ReadAfter reads, CancellationToken cancel) =>
        GateId.TryParse(id, null, out var gate)
            ? reads.Then(
                after,
                async () =>
                {
                    var (found, asOf) = await orders.Of(gate, cancel);
                    return Results.Json(
                        new ListAnswer<GateOrderItem>([.. found.Select(Item)], asOf), ApiJson.Options);
                },
                cancel)
            : NotFound();

    private static GateOrderItem Item(GateOrderRow row) => new(
        row.Id, row.GateId, row.Kind, row.Operator, row.Reason, row.GivenAt, row.Until, row.State, row.EndedAt,
        row.Detail);

    private static Task<IResult> Enrol(HttpContext http, string id, CommandRunner commands, ClubKeys keys)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!GateId.TryParse(id, null, out var gate))
        {
            return NotFound();
        }

        var code = "";
        return commands.Run(
            http,
            command => new OpenEnrolment(gate, Enrolment.HashOf(keys, code = Enrolment.CodeOf(keys, command))),
            opened => new EnrolmentAnswer(gate.ToString(), code, opened.Until));
    }

    private static Task<IResult> NotFound() => Task.FromResult(Problems.Of("not_found"));
}
