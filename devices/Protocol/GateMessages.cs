using System.Text.Json;

namespace SmartClub.Devices.Protocol;

public enum Direction
{
    In,
    Out,
}

public enum GateDecision
{
    Grant,
    Deny,
}

public sealed record Credential(string Kind, string Value);

public sealed record AccessRequest(string ScanId, Credential Credential, Direction Direction, DateTimeOffset At);

/// <summary>What the gate keeps of an answer; it has no screen for the names and texts.</summary>
public sealed record AccessAnswer(
    GateDecision Decision, string Reason, string? TicketId, long? Position, int? OpenMs)
{
    /// <summary>What a door with a screen shows.</summary>
    public DoorText? Display { get; init; }
}

/// <summary>A text in the languages of a door.</summary>
public sealed record DoorText(string Fr, string En);

public sealed record GateEvent
{
    public const string Passed = "access.passed";
    public const string NotPassed = "access.not_passed";
    public const string Offline = "offline.access";
    public const string Forced = "access.forced";
    public const string Held = "door.held";
    public const string Tamper = "tamper";

    public long N { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? TicketId { get; init; }
    public string? ScanId { get; init; }
    public Credential? Credential { get; init; }
    public Direction? Direction { get; init; }
    public GateDecision? Decision { get; init; }

    /// <summary>Why a door that was alone decided so; for whoever compares afterwards.</summary>
    public string? Reason { get; init; }
}

public sealed record EventsRequest(IReadOnlyList<GateEvent> Events);

public sealed record EventsAnswer(long Acked);

public sealed record HeartbeatRequest(
    long UptimeSeconds, int QueueLength, long ListVersion, string DoorState,
    IReadOnlyList<OrderResult>? Answers = null);

public sealed record HeartbeatAnswer(IReadOnlyList<DoorOrder>? Commands);

/// <summary>What staff tell a door to do; after it has run out it must not be done any more.</summary>
public sealed record DoorOrder(string Id, string Kind, DateTimeOffset ExpiresAt, string Operator, string? Reason);

/// <summary>What came of it.</summary>
public sealed record OrderResult(string Id, bool Done, string? Detail);

/// <summary>RFC 9457 problem details, as far as a device needs them.</summary>
public sealed record Problem(string? Code, string? Detail)
{
    /// <summary>Sent with <c>clock_skew</c>; read leniently because a device must survive either notation.</summary>
    public JsonElement ServerTime { get; init; }
}
