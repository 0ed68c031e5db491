using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Alerts;

/// <summary>Something is wrong; the desk should look.</summary>
public sealed record AlertOpened(
    AlertId AlertId, AlertKind Kind, GateId? GateId, MemberId? MemberId, DateTimeOffset At, int Count) : IEvent;

/// <summary>It happened again; <paramref name="Count"/> is how often by now.</summary>
public sealed record AlertRepeated(AlertId AlertId, DateTimeOffset At, int Count) : IEvent;

/// <summary>Somebody looks after it.</summary>
public sealed record AlertTaken(AlertId AlertId, string Owner) : IEvent;

/// <summary>It was put aside.</summary>
public sealed record AlertSnoozed(AlertId AlertId, DateTimeOffset Until, string By) : IEvent;

/// <summary>It is open again.</summary>
public sealed record AlertWoke(AlertId AlertId, bool HasOwner) : IEvent;

/// <summary>Nobody took it; others should look now.</summary>
public sealed record AlertEscalated(AlertId AlertId, AlertLevel Level) : IEvent;

/// <summary>It has ended: by somebody's word, or by itself.</summary>
public sealed record AlertResolved(AlertId AlertId, string By, [property: Personal] string? Reason) : IEvent;
