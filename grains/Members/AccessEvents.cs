using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

// The hot path: these events carry ids and figures only, nothing personal.

/// <summary>Nothing speaks against coming in; before the command is answered, the zone is asked for a place.</summary>
public sealed record AccessAsked(
    CommandId Command,
    CredentialId CredentialId,
    GateId GateId,
    ZoneId ZoneId,
    long Scan,
    long Ticket,
    DateTimeOffset Until) : IEvent;

/// <summary>The place that was asked for is of no use: meanwhile the door decided alone.</summary>
public sealed record PlaceNotNeeded(long Ticket) : IEvent;

/// <summary>
/// A door may open. At a gate that confirms, a ticket is open until <paramref name="Until"/> and replaces an
/// earlier one for the zone; at others the passage follows in the same decision.
/// </summary>
public sealed record AccessGranted(
    GateId GateId,
    ZoneId ZoneId,
    CredentialId CredentialId,
    Direction Direction,
    DateTimeOffset At,
    long Scan,
    long Ticket,
    DateTimeOffset? Until,
    bool HoldsPlace,
    MembershipId? MembershipId,
    string? PlanName,
    AccessFlags Flags) : IEvent;

/// <summary>A door stays shut. <paramref name="Ticket"/> names the place that was asked for, if one was.</summary>
public sealed record AccessDenied(
    GateId GateId,
    ZoneId ZoneId,
    CredentialId CredentialId,
    Direction Direction,
    DateTimeOffset At,
    long Scan,
    long? Ticket,
    AccessReason Reason,
    MembershipId? MembershipId,
    string? PlanName,
    AccessDetail? Detail) : IEvent;

/// <summary>
/// Somebody came in. <paramref name="Since"/> is when their visit began; <paramref name="VisitsUsed"/> is the
/// count of the membership after it; a passage that is the same visit counts nothing.
/// </summary>
public sealed record Entered(
    ZoneId ZoneId,
    GateId GateId,
    DateTimeOffset At,
    DateTimeOffset Since,
    long Scan,
    long Ticket,
    MembershipId? MembershipId,
    bool IsVisit,
    int VisitsUsed,
    AccessFlags Flags) : IEvent;

/// <summary>Somebody left.</summary>
public sealed record Left(
    ZoneId ZoneId,
    GateId GateId,
    DateTimeOffset At,
    DateTimeOffset Since,
    long Scan,
    long Ticket,
    AccessFlags Flags) : IEvent;

/// <summary>An entry became known only after a later move: its visit counts, nobody moves.</summary>
public sealed record PastVisitCounted(
    ZoneId ZoneId,
    GateId GateId,
    DateTimeOffset At,
    long Scan,
    long Ticket,
    MembershipId? MembershipId,
    int VisitsUsed,
    AccessFlags Flags) : IEvent;

/// <summary>Somebody passed and nothing moved: out without being inside, or before a later move.</summary>
public sealed record PassedWithoutMove(
    ZoneId ZoneId, GateId GateId, DateTimeOffset At, long Ticket, AccessFlags Flags) : IEvent;

/// <summary>Nobody passed under this ticket.</summary>
public sealed record TicketEnded(ZoneId ZoneId, long Ticket) : IEvent;

/// <summary>What a door did by itself, and how that compares with what was decided online, if anything was.</summary>
public sealed record OfflineAccessRecorded(
    GateId GateId,
    ZoneId ZoneId,
    CredentialId CredentialId,
    Direction Direction,
    DateTimeOffset At,
    long Scan,
    bool IsGranted,
    AccessFlags Flags) : IEvent;

/// <summary>
/// A door that was alone did something else than the club would have done then. It changes nothing: what happened is a
/// fact.
/// </summary>
public sealed record OfflineDifferenceFound(
    GateId GateId,
    ZoneId ZoneId,
    CredentialId CredentialId,
    Direction Direction,
    DateTimeOffset At,
    long Scan,
    bool IsGranted,
    AccessReason OnlineReason,
    MembershipId? MembershipId,
    Money? Worth) : IEvent;

/// <summary>An entry decided online did not happen at the door. What holds after it is inside.</summary>
public sealed record EntryReverted(
    ZoneId ZoneId, long Scan, MembershipId? MembershipId, int VisitsUsed, DateTimeOffset? InsideSince) : IEvent;

/// <summary>An exit decided online did not happen at the door. What holds after it is inside.</summary>
public sealed record ExitReverted(ZoneId ZoneId, long Scan, DateTimeOffset? InsideSince) : IEvent;
