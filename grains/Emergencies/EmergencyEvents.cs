using SmartClub.Grains.Model;

namespace SmartClub.Grains.Emergencies;

/// <summary>Every door of the site is told to stand open.</summary>
public sealed record EvacuationBegun(
    DateTimeOffset At, string Operator, int Gates, [property: Personal] string? Reason) : IEvent;

/// <summary>The doors decide again.</summary>
public sealed record EvacuationEnded(
    DateTimeOffset At, string Operator, int SeenOutside, [property: Personal] string? Reason) : IEvent;

/// <summary>Every door of the site is told to let nobody in.</summary>
public sealed record LockDownBegun(
    DateTimeOffset At, string Operator, int Gates, [property: Personal] string? Reason) : IEvent;

/// <summary>The doors decide again.</summary>
public sealed record LockDownEnded(DateTimeOffset At, string Operator, [property: Personal] string? Reason) : IEvent;

/// <summary>Somebody was seen outside.</summary>
public sealed record PersonSeenOutside(MemberId MemberId, string Operator) : IEvent;

/// <summary>Somebody was taken off the list of those seen outside.</summary>
public sealed record PersonNotSeenOutside(MemberId MemberId, string Operator) : IEvent;
