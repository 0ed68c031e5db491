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
    GateDecision Decision, string Reason, string? TicketId, long? Position, int? OpenMs);

public sealed record GateEvent
{
    public const string Passed = "access.passed";
    public const string NotPassed = "access.not_passed";

    public long N { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? TicketId { get; init; }
    public string? ScanId { get; init; }
}

public sealed record EventsRequest(IReadOnlyList<GateEvent> Events);

public sealed record EventsAnswer(long Acked);

public sealed record HeartbeatRequest(long UptimeSeconds, int QueueLength, long ListVersion, string DoorState);

public sealed record HeartbeatAnswer(IReadOnlyList<JsonElement>? Commands);

/// <summary>RFC 9457 problem details, as far as a device needs them.</summary>
public sealed record Problem(string? Code, string? Detail)
{
    /// <summary>Sent with <c>clock_skew</c>; read leniently because a device must survive either notation.</summary>
    public JsonElement ServerTime { get; init; }
}
