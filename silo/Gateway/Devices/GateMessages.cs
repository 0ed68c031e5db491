using System.Text.Json.Serialization;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Gateway.Devices;

// The bodies of the gate protocol, field by field as in the contract.

/// <summary>What was held to the reader.</summary>
[JsonConverter(typeof(GateCredentialConverter))]
public sealed record GateCredential
{
    /// <summary>What it is.</summary>
    public CredentialKind? Kind { get; init; }

    /// <summary>What it says.</summary>
    public string? Value { get; init; }

    /// <summary>Whether kind and value can be a credential at all.</summary>
    [JsonIgnore]
    public bool IsWhole =>
        Kind is not null && Value is { Length: > 0 and <= SmartClub.Grains.Model.Limits.CredentialLength };
}

/// <summary>May this credential pass?</summary>
public sealed record AccessRequest
{
    /// <summary>The device's own name for the scan: a repeat carries the same one.</summary>
    public string? ScanId { get; init; }

    /// <summary>What was held to the reader.</summary>
    public GateCredential? Credential { get; init; }

    /// <summary>Which way.</summary>
    public Direction? Direction { get; init; }

    /// <summary>When, by the device's clock; for information only.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>What the door does, says and shows.</summary>
public sealed record AccessReply(
    string Decision, AccessReason Reason, string? TicketId, long? Position, int OpenMs, DisplayText Display,
    ShownMember? Member);

/// <summary>A text in both languages of the door.</summary>
public sealed record DisplayText(string Fr, string En);

/// <summary>The member as the door shows them.</summary>
public sealed record ShownMember(string DisplayName, string? PhotoUrl);

/// <summary>What happened at the door.</summary>
public sealed record EventsRequest(IReadOnlyList<EventItem?>? Events);

/// <summary>One event; which fields count depends on its type.</summary>
public sealed record EventItem(
    long? N, string? Type, DateTimeOffset? At, string? TicketId, string? ScanId, GateCredential? Credential,
    Direction? Direction, string? Decision);

/// <summary>Up to which counter the events are taken over.</summary>
public sealed record EventsReply(long Acked);

/// <summary>A sign of life.</summary>
public sealed record HeartbeatRequest(
    long? UptimeSeconds, long? QueueLength, long? ListVersion, string? DoorState,
    IReadOnlyList<OrderResult>? Answers = null);

/// <summary>What came of an order.</summary>
/// <param name="Id">The order.</param>
/// <param name="Done">Whether it was carried out.</param>
/// <param name="Detail">A word on it, such as why not.</param>
public sealed record OrderResult(string? Id, bool? Done, string? Detail = null);

/// <summary>An order as a gate hears it. After <paramref name="ExpiresAt"/> it must not be carried out.</summary>
public sealed record OrderMessage(
    string Id, GateOrderKind Kind, DateTimeOffset ExpiresAt, string Operator, string? Reason);

/// <summary>What the gate is asked to do.</summary>
public sealed record HeartbeatReply(IReadOnlyList<OrderMessage> Commands);
