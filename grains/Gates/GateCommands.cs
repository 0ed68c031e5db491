using System.Text.Json.Serialization;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Gates.Commands;

/// <summary>Sets up a door, turnstile or reader with the secret that signs its requests (base64).</summary>
[Needs(Rights.Setup)]
public sealed record CreateGate(
    GateId GateId,
    string Name,
    SiteId SiteId,
    ZoneId ZoneId,
    GateDirection Direction,
    bool ConfirmsPassage,
    [property: Personal] string? Key) : ICommand<Created<GateTag>>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>
/// Changes what a gate is called, where it leads and which ways it is used: all four become what is said here. It stays
/// at its site. Where it leads and whether it confirms is also known to the device at the door, from its enrolment: as
/// long as one is in place, these two stay. Its own screen shows the new name once it is enrolled again.
/// </summary>
[Needs(Rights.Setup)]
public sealed record ChangeGate(
    GateId GateId, string Name, ZoneId ZoneId, GateDirection Direction, bool ConfirmsPassage) : ICommand<Done>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>Gives a gate a new secret; its event counter then starts again at 1.</summary>
[Needs(Rights.Setup)]
public sealed record ReplaceGateKey(GateId GateId, [property: Personal] string? Key) : ICommand<GateKeyReplaced>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>Which key of the gate counts now.</summary>
public sealed record GateKeyReplaced(int KeyVersion);

/// <summary>Lets a gate grant no more entries. Going out stays possible.</summary>
[Needs(Rights.Setup)]
public sealed record DisableGate(GateId GateId) : ICommand<Done>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>Puts a disabled gate back to work.</summary>
[Needs(Rights.Setup)]
public sealed record EnableGate(GateId GateId) : ICommand<Done>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>
/// What happened at the door since it last reported. Identity is (key, n): repeats are ignored whatever they say,
/// and at a gap the acknowledgement stops before it.
/// </summary>
[Needs(Rights.Gate)]
public sealed record ReportGateEvents(GateId GateId, int KeyVersion, IReadOnlyList<GateEvent> Events)
    : ICommand<GateEventsAcked>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>
/// The same, with what the gateway has found out about decisions that the door made alone: what the rights of those
/// members said at that time, where they have changed since.
/// </summary>
[Needs(Rights.Gate)]
public sealed record ReportDoorEvents(
    GateId GateId, int KeyVersion, IReadOnlyList<GateEvent> Events, IReadOnlyList<ReasonThen> Then)
    : ICommand<GateEventsAcked>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>What somebody's rights said when the event with this counter happened.</summary>
public sealed record ReasonThen(long N, AccessReason Reason);

/// <summary>Up to which counter the gate may forget its events.</summary>
public sealed record GateEventsAcked(long Acked);

/// <summary>One event as a device tells it; which of the optional fields count depends on the type.</summary>
/// <param name="N">The device's own counter, rising by one.</param>
/// <param name="Type">What happened.</param>
/// <param name="At">When, by the device's clock.</param>
/// <param name="TicketId">Of passages: the ticket of the grant.</param>
/// <param name="ScanId">Of offline access: the scan.</param>
/// <param name="Direction">Of offline access: which way.</param>
/// <param name="IsGranted">Of offline access: what the door decided.</param>
/// <param name="MemberId">Of offline access: whose credential it was, if the gateway knows it.</param>
/// <param name="CredentialId">Of offline access: which credential.</param>
/// <param name="Pass">Of offline access with a rotating pass: which one of its phone's.</param>
public sealed record GateEvent(
    long N,
    GateEventType Type,
    DateTimeOffset At,
    string? TicketId = null,
    string? ScanId = null,
    Direction Direction = Direction.In,
    bool IsGranted = false,
    MemberId? MemberId = null,
    CredentialId? CredentialId = null,
    PassUse? Pass = null);

/// <summary>Kinds of events that a gate reports.</summary>
[JsonConverter(typeof(SnakeEnumConverter<GateEventType>))]
public enum GateEventType
{
    /// <summary><c>access.passed</c></summary>
    AccessPassed,

    /// <summary><c>access.not_passed</c></summary>
    AccessNotPassed,

    /// <summary><c>access.forced</c></summary>
    AccessForced,

    /// <summary><c>door.held</c></summary>
    DoorHeld,

    /// <summary><c>tamper</c></summary>
    Tamper,

    /// <summary><c>fire_alarm</c></summary>
    FireAlarm,

    /// <summary><c>offline.access</c></summary>
    OfflineAccess,
}

/// <summary>Says that a gate gave no sign of life for three beats.</summary>
[Internal]
public sealed record ReportSilence(GateId GateId, DateTimeOffset? LastSeenAt) : ICommand<Done>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>Says that a silent gate was heard again.</summary>
[Internal]
public sealed record ReportReturn(GateId GateId) : ICommand<Done>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>Lets a device take this gate's place by a code that can be used once.</summary>
[Needs(Rights.Setup)]
public sealed record OpenEnrolment(GateId GateId, string CodeHash) : ICommand<EnrolmentOpened>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>Until when the code can be used.</summary>
public sealed record EnrolmentOpened(DateTimeOffset Until);

/// <summary>A device takes the gate's place: it gets a new key, the one before ends.</summary>
[Needs(Rights.Gate)]
public sealed record EnrolGate(GateId GateId, string CodeHash, [property: Personal] string? Key)
    : ICommand<GateKeyReplaced>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>
/// Gives a gate its next secret. The one before counts on until the gate first uses the new one, so nothing is lost
/// between the two.
/// </summary>
[Needs(Rights.Gate)]
public sealed record PrepareGateKey(GateId GateId, [property: Personal] string? Key) : ICommand<GateKeyReplaced>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>The gate has used its next secret: the one before ends.</summary>
[Internal]
public sealed record ConfirmGateKey(GateId GateId, int KeyVersion) : ICommand<Done>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>Why a gate command is refused, in order of precedence.</summary>
public enum GateRefusal
{
    /// <summary>There is no such gate.</summary>
    NotFound,

    /// <summary>The name is empty or too long.</summary>
    InvalidName,

    /// <summary>The secret is missing.</summary>
    InvalidKey,

    /// <summary>There is no such code, or it was used, replaced or has run out.</summary>
    InvalidCode,

    /// <summary>What is to be said to the reason is missing or too long.</summary>
    InvalidReason,

    /// <summary>It would have run out before the gate could hear of it, or wait for too long.</summary>
    InvalidSeconds,

    /// <summary>More events than one request may carry.</summary>
    TooManyEvents,

    /// <summary>There is no such site.</summary>
    UnknownSite,

    /// <summary>There is no such zone at this site.</summary>
    UnknownZone,

    /// <summary>The gate never had such an order.</summary>
    UnknownOrder,

    /// <summary>There is such a gate already.</summary>
    GateExists,

    /// <summary>The gate has as many orders as it can carry out.</summary>
    TooManyOrders,

    /// <summary>The events are counted under a key that was replaced.</summary>
    KeyReplaced,

    /// <summary>A device is in the gate's place and holds to what it was told when it was enrolled.</summary>
    DeviceInPlace,
}
