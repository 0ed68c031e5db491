using SmartClub.Grains.Model;

namespace SmartClub.Grains.Members;

/// <summary>
/// Where somebody stands with one zone. It stays after they left, so that a report that comes late does not undo
/// a later move.
/// </summary>
public readonly record struct Presence(ZoneId ZoneId, bool IsInside, DateTimeOffset EnteredAt, DateTimeOffset MovedAt);

/// <summary>A grant at a confirming gate. Superseded and ended ones are remembered: a passage is a fact.</summary>
public sealed record OpenTicket(
    long Number,
    GateId GateId,
    ZoneId ZoneId,
    Direction Direction,
    DateTimeOffset At,
    DateTimeOffset Until,
    bool IsOpen,
    bool HoldsPlace,
    bool HoldsVisit,
    MembershipId? MembershipId,
    long Scan)
{
    /// <summary>Whether it can still be used in time.</summary>
    public bool IsOpenAt(DateTimeOffset now) => IsOpen && now < Until;
}

/// <summary>An access that waits for a host to be found inside, or for a place in its zone.</summary>
public sealed record AskedAccess(
    CommandId Command,
    CredentialId CredentialId,
    GateId GateId,
    ZoneId ZoneId,
    long Scan,
    long Ticket,
    DateTimeOffset Until)
{
    /// <summary>What a host said, where one was asked and the access still waits.</summary>
    public HostAnswer? Host { get; init; }
}

/// <summary>
/// A decided scan and what it moved, to compare with and correct by what the door did. Every member keeps a few of
/// them, so it is packed: times are UTC, and <paramref name="Payer"/> is the place of the membership in the
/// member's list, or -1.
/// </summary>
public readonly record struct DecidedScan(
    long Scan,
    DateTime At,
    DateTime? InsideBefore,
    short Payer,
    bool IsGranted,
    bool IsOffline,
    bool HasMoved,
    bool IsVisit)
{
    /// <summary>A scan that moved nothing yet.</summary>
    public static DecidedScan Of(long scan, bool isGranted, DateTimeOffset at) =>
        new(scan, at.UtcDateTime, null, -1, isGranted, false, false, false);
}
