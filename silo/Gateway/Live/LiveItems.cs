using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Live;

// What the live page is made of, as it goes over the wire.

/// <summary>A site.</summary>
public sealed record LiveSite(SiteId Id, string Name, string TimeZone, string Currency);

/// <summary>A zone with who is inside; estimated where exits are not seen.</summary>
public sealed record LiveZone(ZoneId Id, SiteId SiteId, string Name, int Inside, int? Capacity, bool Estimated);

/// <summary>The part of a zone that moves.</summary>
public sealed record LiveZoneCount(ZoneId Id, int Inside, bool Estimated);

/// <summary>
/// A gate with its last sign of life: <c>ok</c>, <c>silent</c>, <c>never</c> or <c>disabled</c>; on a board of the past
/// <c>unknown</c> where the journal does not tell. <paramref name="StillIn"/>: what it has not come back from, although
/// it has ended for its site.
/// </summary>
public sealed record LiveGate(
    GateId Id, SiteId SiteId, ZoneId ZoneId, string Name, GateDirection Direction, DateTimeOffset? LastSeenAt,
    string Status, string? DoorState, long QueueLength, EmergencyKind StillIn);

/// <summary>The day in figures.</summary>
public sealed record LiveToday(int Entries, int Refusals, int InsideTotal);

/// <summary>Who a decision is about.</summary>
public sealed record LiveMember(MemberId Id, string DisplayName, string? PhotoUrl);

/// <summary>A decision at a door.</summary>
public sealed record LiveDecision(
    string Id, long? Position, DateTimeOffset At, Direction Direction, string Decision, AccessReason Reason,
    IReadOnlyList<string> Flags, LiveMember? Member, GateId GateId, ZoneId? ZoneId, string? PlanName,
    AccessDetail? Detail);

/// <summary>All of the live page at a position.</summary>
public sealed record LiveSnapshot(
    long AsOf, DateTimeOffset ServerTime, IReadOnlyList<LiveSite> Sites, IReadOnlyList<LiveZone> Zones,
    IReadOnlyList<LiveGate> Gates, LiveToday Today, IReadOnlyList<LiveDecision> Decisions);

/// <summary>
/// What moved between two positions. <paramref name="Reset"/>: too much to tell, fetch the page anew;
/// <paramref name="Skipped"/>: decisions left out because the burst was large or the screen slow.
/// </summary>
public sealed record LiveDelta(
    long From, long To, bool Reset, long Skipped, IReadOnlyList<LiveDecision> Decisions,
    IReadOnlyList<LiveZoneCount> Zones, IReadOnlyList<LiveGate> Gates, LiveToday Today);

/// <summary>What moved, before it is put into a delta for one screen.</summary>
public sealed record LiveChange(
    long Position, long Sequence, bool IsReset, long Skipped, IReadOnlyList<LiveDecision> Decisions,
    IReadOnlyList<LiveZoneCount> Zones, LiveToday Today);

/// <summary>Items that are made the same way wherever they are shown.</summary>
internal static class LiveItems
{
    /// <summary>An entry that somebody at the desk decided.</summary>
    public static LiveDecision ByHand(JournalRow row, AdmittedByHand e, LiveMember member) => new(
        row.Position.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Position, e.At, Direction.In,
        "grant", AccessReason.Ok, ["by_hand"], member, e.GateId, e.ZoneId, null, null);
}
