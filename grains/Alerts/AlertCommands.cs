using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Alerts.Commands;

/// <summary>What can be wrong at a door.</summary>
[JsonConverter(typeof(SnakeEnumConverter<AlertKind>))]
public enum AlertKind
{
    /// <summary>The door was opened by force.</summary>
    DoorForced,

    /// <summary>The door stands open.</summary>
    DoorHeld,

    /// <summary>Somebody meddled with the device.</summary>
    Tamper,

    /// <summary>The fire input of the device spoke. It is heard, never relied on: doors are released by wire.</summary>
    FireAlarm,

    /// <summary>The device gave no sign of life.</summary>
    GateSilent,

    /// <summary>More people passed than were let in.</summary>
    Tailgating,

    /// <summary>Somebody was let in again and again and never went in.</summary>
    Loitering,

    /// <summary>One pass at two sites in less time than anybody takes from one to the other.</summary>
    TwoSites,

    /// <summary>Many refusals in a short time, at one gate or of one person.</summary>
    ManyRefusals,

    /// <summary>The door did not go back to normal when its site's evacuation or lock-down ended.</summary>
    DoorNotReleased,
}

/// <summary>Who should look at an alert that nobody took.</summary>
[JsonConverter(typeof(SnakeEnumConverter<AlertLevel>))]
public enum AlertLevel
{
    /// <summary>Whoever is at the desk.</summary>
    Desk,

    /// <summary>The manager.</summary>
    Manager,

    /// <summary>The administrator; nobody comes after.</summary>
    Administrator,
}

/// <summary>
/// Says that something is wrong at a site. There is one open alert for each kind, gate and person: saying so again
/// counts it.
/// </summary>
[Internal]
public sealed record RaiseAlert(
    SiteId SiteId, AlertKind Kind, GateId? GateId, MemberId? MemberId, DateTimeOffset At, int Count) : ICommand<Done>
{
    GrainId ICommand.Target => new AlertBookId(SiteId.Value).Grain;
}

/// <summary>Says that what was wrong at a gate has ended by itself.</summary>
[Internal]
public sealed record SettleAlert(SiteId SiteId, AlertKind Kind, GateId GateId) : ICommand<Done>
{
    GrainId ICommand.Target => new AlertBookId(SiteId.Value).Grain;
}

/// <summary>Makes an alert one's own: from now on others know that somebody looks after it.</summary>
[Needs(Rights.AlertsHandle)]
public sealed record TakeAlert(SiteId SiteId, AlertId AlertId) : ICommand<Done>
{
    GrainId ICommand.Target => new AlertBookId(SiteId.Value).Grain;
}

/// <summary>Puts an alert aside for some minutes; then it is open again.</summary>
[Needs(Rights.AlertsHandle)]
public sealed record SnoozeAlert(SiteId SiteId, AlertId AlertId, int Minutes) : ICommand<Done>
{
    GrainId ICommand.Target => new AlertBookId(SiteId.Value).Grain;
}

/// <summary>Ends an alert, and says what it was.</summary>
[Needs(Rights.AlertsHandle)]
public sealed record ResolveAlert(SiteId SiteId, AlertId AlertId, [property: Personal] string? Reason)
    : ICommand<Done>
{
    GrainId ICommand.Target => new AlertBookId(SiteId.Value).Grain;
}

/// <summary>Nobody took the alert in time.</summary>
[Internal]
public sealed record EscalateAlert(SiteId SiteId, AlertId AlertId) : ICommand<Done>
{
    GrainId ICommand.Target => new AlertBookId(SiteId.Value).Grain;
}

/// <summary>The time for which an alert was put aside is over.</summary>
[Internal]
public sealed record WakeAlert(SiteId SiteId, AlertId AlertId) : ICommand<Done>
{
    GrainId ICommand.Target => new AlertBookId(SiteId.Value).Grain;
}

/// <summary>Why a command about an alert is refused, in order of precedence.</summary>
public enum AlertRefusal
{
    /// <summary>There is no such alert at this site, or it has ended.</summary>
    NotFound,

    /// <summary>What came of it is missing or too long.</summary>
    InvalidReason,

    /// <summary>It would be put aside for no time, or for too long.</summary>
    InvalidMinutes,

    /// <summary>There is no such site.</summary>
    UnknownSite,

    /// <summary>So many alerts are open that one more helps nobody.</summary>
    TooManyAlerts,
}
