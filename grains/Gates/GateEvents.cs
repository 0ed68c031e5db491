using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Gates;

/// <summary>A gate was set up. The key is stored sealed, like personal data.</summary>
public sealed record GateCreated(
    string Name,
    SiteId SiteId,
    ZoneId ZoneId,
    GateDirection Direction,
    bool ConfirmsPassage,
    [property: Personal] string? Key) : IEvent
{
    /// <summary>What other grains need to know of it.</summary>
    public GateFacts ToFacts(GateId id) => new(id, Name, SiteId, ZoneId, Direction, ConfirmsPassage, false);
}

/// <summary>A gate is called, leads and is used otherwise from now on.</summary>
public sealed record GateChanged(
    string Name, SiteId SiteId, ZoneId ZoneId, GateDirection Direction, bool ConfirmsPassage) : IEvent
{
    /// <summary>What other grains need to know of it, but for whether it is at work.</summary>
    public GateFacts ToFacts(GateId id) => new(id, Name, SiteId, ZoneId, Direction, ConfirmsPassage, false);
}

/// <summary>The gate signs with another key from now on and counts its events from 1.</summary>
public sealed record GateKeyChanged(int KeyVersion, [property: Personal] string? Key) : IEvent;

/// <summary>A device may take the gate's place, by the code with this hash.</summary>
public sealed record GateEnrolmentOpened(string CodeHash, DateTimeOffset Until) : IEvent;

/// <summary>A device has taken the gate's place; its key is in the next event.</summary>
public sealed record GateEnrolled(string CodeHash, int KeyVersion) : IEvent;

/// <summary>The gate's next key; it counts from the gate's first use of it.</summary>
public sealed record GateKeyPrepared(int KeyVersion, [property: Personal] string? Key) : IEvent;

/// <summary>Staff told the gate to do something.</summary>
public sealed record GateOrderGiven(
    GateOrderId OrderId, GateOrderKind Kind, string Operator, DateTimeOffset At, DateTimeOffset Until,
    [property: Personal] string? Reason) : IEvent;

/// <summary>The gate said what came of it.</summary>
public sealed record GateOrderAnswered(GateOrderId OrderId, bool IsDone, DateTimeOffset At, string? Detail) : IEvent;

/// <summary>The gate did not answer in time.</summary>
public sealed record GateOrderExpired(GateOrderId OrderId) : IEvent;

/// <summary>The gate grants no more entries.</summary>
public sealed record GateDisabled : IEvent;

/// <summary>The gate is back at work.</summary>
public sealed record GateEnabled : IEvent;

/// <summary>Events of the device up to this counter are taken over.</summary>
public sealed record GateEventsTakenOver(long Through) : IEvent;

/// <summary>The door was opened by force.</summary>
public sealed record DoorForced(long N, DateTimeOffset At) : IEvent;

/// <summary>The door stood open for too long.</summary>
public sealed record DoorHeldOpen(long N, DateTimeOffset At) : IEvent;

/// <summary>Somebody meddled with the device.</summary>
public sealed record TamperDetected(long N, DateTimeOffset At) : IEvent;

/// <summary>The fire alarm released the door.</summary>
public sealed record FireAlarmRaised(long N, DateTimeOffset At) : IEvent;

/// <summary>The door decided alone about a credential that nobody has.</summary>
public sealed record UnknownOfflineAccess(long N, DateTimeOffset At, Direction Direction, bool IsGranted) : IEvent;

/// <summary>Three beats were missed.</summary>
public sealed record GateFellSilent(DateTimeOffset? LastSeenAt) : IEvent;

/// <summary>The gate was heard again.</summary>
public sealed record GateReturned : IEvent;
