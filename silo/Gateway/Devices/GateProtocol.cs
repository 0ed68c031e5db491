using SmartClub.Grains.Gates.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Devices.Lists;
using SmartClub.Silo.Gateway.Devices.Orders;
using SmartClub.Silo.Gateway.Hubs;
using SmartClub.Silo.Gateway.Live;
using SmartClub.Silo.Gateway.Requests;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>Gate protocol v1: signed requests of doors, turnstiles and readers.</summary>
public static class GateProtocol
{
    /// <summary>Registers what the protocol needs.</summary>
    public static IServiceCollection AddGateProtocol(this IServiceCollection services) => services
        .AddSingleton<DeviceRegistry>()
        .AddSingleton<Journal.ICommitListener>(p => p.GetRequiredService<DeviceRegistry>())
        .AddSingleton<SignedRequest>()
        .AddSingleton<AccessDesk>()
        .AddSingleton<PassDesk>()
        .AddSingleton<LateAnswers>()
        .AddSingleton<IStartsWithSilo>(p => p.GetRequiredService<LateAnswers>())
        .AddSingleton<Hindsight>()
        .AddSingleton<EnrolmentDesk>()
        .AddAllowLists()
        .AddGateOrders()
        .AddSingleton<IStartsWithSilo, GateWatch>();

    /// <summary>Maps the calls.</summary>
    public static void MapGateProtocol(this IEndpointRouteBuilder routes)
    {
        var gates = routes.MapGroup("/api/gates/v1").ForGates().WithTags("Gate protocol");
        // Resolved once: a scan that asks the request for its services pays for a scope of its own.
        var scans = new Lazy<(SignedRequest Signed, AccessDesk Desk, SiloHost Silo)>(() => (
            routes.ServiceProvider.GetRequiredService<SignedRequest>(),
            routes.ServiceProvider.GetRequiredService<AccessDesk>(),
            routes.ServiceProvider.GetRequiredService<SiloHost>()));
        Delegate access = (HttpContext http) =>
            Access(http, scans.Value.Signed, scans.Value.Desk, scans.Value.Silo);
        gates.MapPost("/access", access).WithSummary("May this credential pass?")
            .TakesBody<AccessRequest>().Produces<AccessReply>();
        gates.MapPost("/events", Events).WithSummary("What happened at the door since the last report.")
            .TakesBody<EventsRequest>().Produces<EventsReply>();
        gates.MapPost("/heartbeat", Heartbeat).WithSummary("A sign of life, every 30 s.")
            .TakesBody<HeartbeatRequest>().Produces<HeartbeatReply>();
        gates.MapNextKey();
        gates.MapAllowLists();
        routes.MapEnrolment();
        routes.MapHub<GateHub>(GateHub.Path).ForGates();
    }

    private static async Task Access(HttpContext http, SignedRequest signed, AccessDesk desk, SiloHost silo)
    {
        if (await signed.Check(http, GateJson.ReadAccess) is not var (device, request))
        {
            return;
        }

        var (reply, problem) = await desk.Decide(device, request);
        await (reply is null ? Refuse(http, silo, problem!) : Write(http, silo, reply));
    }

    private static async Task Events(
        HttpContext http, SignedRequest signed, AccessDesk desk, IGrains grains, Hindsight hindsight, SiloHost silo,
        TimeProvider time)
    {
        if (await signed.Check(http, GateJson.ReadEvents) is not var (device, report))
        {
            return;
        }

        // A repeat is recognised by the counters inside, whatever its other content: each report is a new command.
        var command = await hindsight.Look(GateEvents.Command(device, report, desk), http.RequestAborted);
        Answered answered;
        try
        {
            answered = await grains.Send(command, new Envelope(CommandIds.New(), device.Caller))
                .WaitAsync(Limits.OutcomeWait, time);
        }
        catch (TimeoutException)
        {
            await Refuse(http, silo, "journal_late");
            return;
        }

        if (answered.Answer.Refusal is { } refusal)
        {
            await Refuse(http, silo, refusal.Code);
            return;
        }

        await Write(http, silo, new EventsReply(((GateEventsAcked)answered.Answer.Outcome!).Acked));
    }

    private static async Task Heartbeat(
        HttpContext http, SignedRequest signed, GateOrders orders, LiveBoard live, SiloHost silo)
    {
        if (await signed.Check(http, GateJson.ReadHeartbeat) is not var (device, beat))
        {
            return;
        }

        device.Telemetry = device.Telemetry with
        {
            DoorState = beat.DoorState,
            DoorStateAt = device.Telemetry.LastSeenAt,
            QueueLength = beat.QueueLength!.Value,
        };
        live.GateSpoke();
        foreach (var result in beat.Answers ?? [])
        {
            await orders.Answer(device, result);
        }

        await Write(http, silo, new HeartbeatReply(orders.Open(device.Id)));
    }

    private static Task Refuse(HttpContext http, SiloHost silo, string code) =>
        Problems.Write(http, silo.IsActive ? code : "not_active");

    // A silo that was stopped while it decided says so.
    private static Task Write<T>(HttpContext http, SiloHost silo, T body)
        where T : notnull =>
        silo.IsActive ? GateJson.Write(http, body) : Problems.Write(http, "not_active");
}
