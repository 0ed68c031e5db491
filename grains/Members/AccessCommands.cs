using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members.Commands;

/// <summary>
/// A badge was held to a door. The CommandId derives from device, scan, credential and direction, so a repeat of
/// the scan gets the first answer. In a zone with a capacity the answer waits for a place.
/// </summary>
[Needs(Rights.Gate)]
public sealed record RequestAccess(
    MemberId MemberId, CredentialId CredentialId, GateId GateId, string ScanId, Direction Direction)
    : ICommand<AccessAnswer>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>What the door does and what its display can say; who it is about is added by the gateway.</summary>
public sealed record AccessAnswer(
    bool Granted,
    AccessReason Reason,
    string? TicketId,
    int OpenMs,
    AccessFlags Flags,
    string? PlanName,
    AccessDetail? Detail);

/// <summary>Why a door opens or not, in order of precedence; <see cref="Ok"/> when nothing speaks against it.</summary>
[JsonConverter(typeof(SnakeEnumConverter<AccessReason>))]
public enum AccessReason
{
    /// <summary>The device is out of work.</summary>
    DeviceDisabled,

    /// <summary>Nobody has this credential.</summary>
    UnknownCredential,

    /// <summary>Not a pass of this club, or altered.</summary>
    PassInvalid,

    /// <summary>The pass is too old.</summary>
    PassExpired,

    /// <summary>The pass was used at another door.</summary>
    PassUsed,

    /// <summary>The credential was revoked.</summary>
    Revoked,

    /// <summary>The person is suspended.</summary>
    Suspended,

    /// <summary>The membership's first day is still to come.</summary>
    NotStarted,

    /// <summary>The membership's last day is over, or there never was one.</summary>
    Expired,

    /// <summary>The membership is not paid.</summary>
    PaymentOverdue,

    /// <summary>The membership is frozen.</summary>
    Frozen,

    /// <summary>The membership does not open this zone.</summary>
    WrongZone,

    /// <summary>The membership does not open this zone now.</summary>
    OutsideHours,

    /// <summary>The membership's visits are used up.</summary>
    QuotaExhausted,

    /// <summary>The person is counted as inside already.</summary>
    AntiPassback,

    /// <summary>The zone has no place left.</summary>
    CapacityFull,

    /// <summary>Come in, or go out.</summary>
    Ok,
}

/// <summary>What is remarkable about a decision or a passage.</summary>
[Flags]
[JsonConverter(typeof(SnakeEnumConverter<AccessFlags>))]
public enum AccessFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Went out without being inside.</summary>
    NotInside = 1,

    /// <summary>Came in while counted as inside: a soft zone lets it be, elsewhere it is a fact.</summary>
    Again = 2,

    /// <summary>The visit that was begun goes on; no quota is used.</summary>
    SameVisit = 4,

    /// <summary>The earlier visit is taken to have ended without being seen.</summary>
    InferredExit = 8,

    /// <summary>Passed under a ticket that was superseded or over.</summary>
    LatePassage = 16,

    /// <summary>The door decided alone.</summary>
    Offline = 32,

    /// <summary>The door did something else than was decided online.</summary>
    Differs = 64,
}

/// <summary>Figures that explain a decision; each only where it matters.</summary>
public sealed record AccessDetail
{
    /// <summary>Last day of a membership that is over.</summary>
    public DateOnly? ExpiredOn { get; init; }

    /// <summary>First day of a membership still to come.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>Since when the person is inside.</summary>
    public DateTimeOffset? InsideSince { get; init; }

    /// <summary>Visits used, with those held by open tickets.</summary>
    public int? VisitsUsed { get; init; }

    /// <summary>Visits of the period.</summary>
    public int? VisitsAllowed { get; init; }

    /// <summary>Places of the zone.</summary>
    public int? Capacity { get; init; }

    /// <summary>Today's hours, such as <c>09:00-12:00, 14:00-18:00</c>; empty: not today.</summary>
    public string? Hours { get; init; }
}

/// <summary>A confirming gate saw somebody pass under a ticket.</summary>
[Internal]
public sealed record RecordPassage(MemberId MemberId, long Ticket, GateId GateId, DateTimeOffset At) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>A confirming gate saw nobody pass under a ticket.</summary>
[Internal]
public sealed record RecordNonPassage(MemberId MemberId, long Ticket, GateId GateId) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>
/// A gate decided alone, as gates of earlier versions' silos told it. It is sent no more; what is still on its way is
/// taken over.
/// </summary>
[Internal]
public sealed record RecordOfflineAccess(
    MemberId MemberId,
    CredentialId CredentialId,
    GateId GateId,
    string ScanId,
    Direction Direction,
    bool Granted,
    DateTimeOffset At) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}

/// <summary>A gate decided alone, from its list, and tells what it did.</summary>
/// <param name="MemberId">Whose credential it was.</param>
/// <param name="CredentialId">Which one.</param>
/// <param name="GateId">The gate.</param>
/// <param name="ScanId">The gate's name for the scan.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Granted">What the gate decided.</param>
/// <param name="At">When.</param>
/// <param name="ReasonThen">What the member's rights said then, where they have changed since; null: as now.</param>
/// <param name="Pass">Which rotating pass it was; null: it was none.</param>
[Internal]
public sealed record RecordDoorDecision(
    MemberId MemberId,
    CredentialId CredentialId,
    GateId GateId,
    string ScanId,
    Direction Direction,
    bool Granted,
    DateTimeOffset At,
    AccessReason? ReasonThen,
    PassUse? Pass = null) : ICommand<Done>
{
    GrainId ICommand.Target => MemberId.Grain;
}
