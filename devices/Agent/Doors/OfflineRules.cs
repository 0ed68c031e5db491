using SmartClub.Agent.Lists;
using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Doors;

/// <summary>What a door does for whom its list does not speak: it is unknown, or the list is too old.</summary>
public enum OfflineMode
{
    /// <summary>Nobody comes in.</summary>
    Deny,

    /// <summary>Only badges of staff that are kept in the door itself.</summary>
    Staff,

    /// <summary>An old list still counts for rights that have not ended themselves.</summary>
    Listed,
}

/// <summary>What a door has decided by itself.</summary>
public readonly record struct OfflineVerdict(GateDecision Decision, string Reason);

/// <summary>All that a door that is alone decides from.</summary>
public readonly record struct OfflineQuestion(
    ListedRight? Right, bool IsStaff, Direction Direction, DateTimeOffset Now, bool IsClockLost,
    DateTimeOffset ListExpiresAt, TimeZoneInfo TimeZone, OfflineMode Mode)
{
    /// <summary>What is wrong with the rotating pass that was shown; null: nothing, or it was none.</summary>
    public string? PassFault { get; init; }
}

/// <summary>How a door decides alone.</summary>
public static class OfflineRules
{
    /// <summary>The decision. Going out is always granted: a door must never hold anybody.</summary>
    public static OfflineVerdict Judge(in OfflineQuestion asked)
    {
        if (asked.Direction == Direction.Out)
        {
            return new OfflineVerdict(GateDecision.Grant, "ok");
        }

        var reason = Reason(asked);
        return new OfflineVerdict(
            reason == "ok" || (asked.Mode == OfflineMode.Staff && asked.IsStaff) ? GateDecision.Grant
                : GateDecision.Deny,
            asked.Mode == OfflineMode.Staff && asked.IsStaff ? "ok" : reason);
    }

    private static string Reason(in OfflineQuestion asked)
    {
        // A clock that went back may show a right that is over as one that holds.
        var isListOver = asked.IsClockLost || asked.Now >= asked.ListExpiresAt;
        if (isListOver && (asked.Mode != OfflineMode.Listed || asked.IsClockLost))
        {
            return "list_expired";
        }

        return asked.PassFault is { } fault ? fault
            : asked.Right is not { } right ? "unknown_credential"
            : asked.Now < right.NotBefore ? "not_started"
            : asked.Now >= right.NotAfter ? "expired"
            : right.Schedule is { } windows && !IsCovered(windows, asked) ? "outside_hours"
            : "ok";
    }

    private static bool IsCovered(
        IReadOnlyList<Grains.Model.ScheduleWindow> windows, in OfflineQuestion asked)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(asked.Now.UtcDateTime, asked.TimeZone);
        foreach (var window in windows)
        {
            if (window.Covers(local))
            {
                return true;
            }
        }

        return false;
    }
}
