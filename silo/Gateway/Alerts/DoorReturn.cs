using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Silo.Gateway.Devices;

namespace SmartClub.Silo.Gateway.Alerts;

/// <summary>What a site was in, and when and by whom that was ended; null moment: there was nothing.</summary>
public sealed record EndedEmergency(EmergencyKind Kind, DateTimeOffset? At, string? By);

/// <summary>A door that is not known to be back to normal.</summary>
/// <param name="State">
/// <c>waiting</c> for its answer; <c>expired</c>, without one; <c>refused</c>; or <c>stays</c>, by its own sign of
/// life.
/// </param>
/// <param name="Since">Since when that is so.</param>
/// <param name="Detail">The door's own word on it.</param>
/// <param name="IsDue">Whether it has had time enough: somebody should look now.</param>
public sealed record DoorNotBack(string State, DateTimeOffset Since, string? Detail, bool IsDue);

/// <summary>Whether a door went back to normal when its site's evacuation or lock-down ended.</summary>
public static class DoorReturn
{
    /// <summary>
    /// Null: it did, it was told something else since, or it is not installed. A door that has said yes and calls
    /// itself open or locked all the same is not back; nobody finds that later than
    /// <see cref="Limits.DoorReturnWatch"/> after its yes, for then it may be so for other reasons.
    /// </summary>
    public static DoorNotBack? Of(
        GateStand? stand, DateTimeOffset endedAt, Telemetry seen, bool isSilent, bool isKnown, DateTimeOffset now)
    {
        if (stand is null)
        {
            return null;
        }

        if (stand.Kind != GateOrderKind.Unlock)
        {
            // Not told of the end yet: the order is on its way from grain to grain.
            return stand.At < endedAt ? new DoorNotBack("waiting", endedAt, null, false) : null;
        }

        var isDue = now - endedAt > Limits.GateSilence;
        switch (stand.Outcome)
        {
            case GateStandOutcome.Refused:
                return new DoorNotBack("refused", stand.At, stand.Detail, true);
            case GateStandOutcome.Done:
                return HasSaidSince(stand, seen) && IsHeld(seen)
                    && (isKnown || now - stand.At <= Limits.DoorReturnWatch)
                    ? new DoorNotBack("stays", stand.At, seen.DoorState, true)
                    : null;
            default:
                // A gate that never spoke is not installed yet.
                var hasSpoken = seen.LastSeenAt is not null || isSilent;
                return !hasSpoken ? null
                    : stand.Outcome == GateStandOutcome.Waiting ? new DoorNotBack("waiting", stand.At, null, isDue)
                    : new DoorNotBack("expired", stand.At, null, isDue);
        }
    }

    /// <summary>Whether a door said yes to the end, and has shown by a sign of life since that it does so.</summary>
    public static bool IsShown(GateStand? stand, Telemetry seen) =>
        stand is { Kind: GateOrderKind.Unlock, Outcome: GateStandOutcome.Done }
        && HasSaidSince(stand, seen) && !IsHeld(seen);

    private static bool HasSaidSince(GateStand stand, Telemetry seen) => seen.DoorStateAt > stand.At;

    private static bool IsHeld(Telemetry seen) => seen.DoorState is "open" or "locked";
}
