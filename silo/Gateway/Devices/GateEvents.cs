using SmartClub.Grains.Gates.Commands;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>Turns reported events into what the gate grain takes.</summary>
public static class GateEvents
{
    private static readonly Dictionary<string, GateEventType> Types = new()
    {
        ["access.passed"] = GateEventType.AccessPassed,
        ["access.not_passed"] = GateEventType.AccessNotPassed,
        ["access.forced"] = GateEventType.AccessForced,
        ["door.held"] = GateEventType.DoorHeld,
        ["tamper"] = GateEventType.Tamper,
        ["fire_alarm"] = GateEventType.FireAlarm,
        ["offline.access"] = GateEventType.OfflineAccess,
    };

    /// <summary>Whether an event has the fields that its type needs.</summary>
    public static bool IsWhole(EventItem item) => item.Type is not null && Types.TryGetValue(item.Type, out var type)
        && type switch
        {
            // A passage without a ticket is one that nobody was granted. A ticket that nobody knows is taken over
            // too: it must not block the device's queue.
            GateEventType.AccessPassed => item.TicketId is null or { Length: > 0 and <= 100 },
            GateEventType.AccessNotPassed => item.TicketId is { Length: > 0 and <= 100 },
            GateEventType.OfflineAccess => item.Credential is { IsWhole: true } && item.Direction is not null
                && item.Decision is "grant" or "deny" && GateJson.IsScanId(item.ScanId),
            _ => true,
        };

    /// <summary>The command of a report; owners of credentials are found here, where the index is.</summary>
    public static ReportGateEvents Command(
        Device device, EventsRequest report, AccessDesk desk) =>
        new(device.Id, device.KeyVersion, [.. report.Events!.Select(item => Event(item!, desk))]);

    private static GateEvent Event(EventItem item, AccessDesk desk)
    {
        var type = Types[item.Type!];
        var at = item.At!.Value.ToUniversalTime();
        if (type != GateEventType.OfflineAccess)
        {
            return new GateEvent(item.N!.Value, type, at, item.TicketId);
        }

        var (owner, pass) = desk.Find(item.Credential!);
        return new GateEvent(
            item.N!.Value, type, at, null, item.ScanId, item.Direction!.Value, item.Decision == "grant",
            owner?.Member, owner?.Credential, pass);
    }
}
