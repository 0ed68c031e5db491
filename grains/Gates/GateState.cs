using System.Text.Json.Serialization;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Gates;

/// <summary>Something that staff told a gate to do and that it has not answered.</summary>
public sealed record GateOrder(
    GateOrderId Id, GateOrderKind Kind, string Operator, DateTimeOffset Until, string? Reason);

/// <summary>What became of the last word on how a door stands.</summary>
public enum GateStandOutcome
{
    /// <summary>The door has not answered yet.</summary>
    Waiting,

    /// <summary>It stands so.</summary>
    Done,

    /// <summary>It said no.</summary>
    Refused,

    /// <summary>It never answered.</summary>
    Expired,
}

/// <summary>How a door was last told to stand, and since when its answer, or the lack of one, is known.</summary>
public sealed record GateStand(
    GateOrderId OrderId, GateOrderKind Kind, GateStandOutcome Outcome, DateTimeOffset At, string? Detail);

/// <summary>A gate's device: its key, its event counter, its health.</summary>
public sealed class GateState : IGrainState
{
    /// <summary>Whether it was set up.</summary>
    [JsonInclude]
    public bool Exists { get; private set; }

    /// <summary>The secret that signs its requests, base64; null once it was destroyed.</summary>
    [JsonInclude]
    public string? Key { get; private set; }

    /// <summary>Number of the key, from 1.</summary>
    [JsonInclude]
    public int KeyVersion { get; private set; }

    /// <summary>Counter of the last event taken over under this key.</summary>
    [JsonInclude]
    public long LastEvent { get; private set; }

    /// <summary>Whether it may grant no entries.</summary>
    [JsonInclude]
    public bool IsDisabled { get; private set; }

    /// <summary>Whether it missed its beats.</summary>
    [JsonInclude]
    public bool IsSilent { get; private set; }

    /// <summary>Hash of the code by which a device may take the gate's place; null: none can.</summary>
    [JsonInclude]
    public string? EnrolmentCode { get; private set; }

    /// <summary>Until when.</summary>
    [JsonInclude]
    public DateTimeOffset EnrolmentUntil { get; private set; }

    /// <summary>The key that the gate has been given but not used yet.</summary>
    [JsonInclude]
    public string? NextKey { get; private set; }

    /// <summary>
    /// Whether a device is known to speak with the gate's key: it was enrolled, or has reported something under it. One
    /// that has only ever asked about badges is not known here.
    /// </summary>
    [JsonInclude]
    public bool HasDevice { get; private set; }

    /// <summary>Number of the key that a device was enrolled with last; zero: none was.</summary>
    [JsonInclude]
    public int EnrolledVersion { get; private set; }

    /// <summary>Orders that wait for the gate's word, oldest first.</summary>
    [JsonInclude]
    public GateOrder[] Orders { get; private set; } = [];

    /// <summary>How the door was last told to stand; null: nobody ever told it.</summary>
    [JsonInclude]
    public GateStand? Stand { get; private set; }

    /// <summary>The order with this id, or null.</summary>
    public GateOrder? Order(GateOrderId id) => Array.Find(Orders, o => o.Id == id);

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case GateCreated created:
                Exists = true;
                Key = created.Key;
                KeyVersion = 1;
                break;
            case GateKeyChanged changed:
                // A key that was prepared goes to the device that is there, one by code to a new one; else it ends.
                HasDevice = EnrolledVersion == changed.KeyVersion || (NextKey is not null && changed.Key == NextKey);
                Key = changed.Key;
                NextKey = null;
                KeyVersion = changed.KeyVersion;
                LastEvent = 0;
                break;
            case GateEnrolmentOpened opened:
                EnrolmentCode = opened.CodeHash;
                EnrolmentUntil = opened.Until;
                break;
            case GateEnrolled enrolled:
                EnrolmentCode = null;
                EnrolledVersion = enrolled.KeyVersion;
                break;
            case GateKeyPrepared prepared:
                HasDevice = true;
                NextKey = prepared.Key;
                break;
            case GateOrderGiven given:
                Orders = [.. Orders, new GateOrder(
                    given.OrderId, given.Kind, given.Operator, given.Until, given.Reason)];
                Stand = given.Kind.Stands()
                    ? new GateStand(given.OrderId, given.Kind, GateStandOutcome.Waiting, given.At, null)
                    : Stand;
                break;
            case GateOrderAnswered answered:
                Orders = Array.FindAll(Orders, o => o.Id != answered.OrderId);
                Stand = Stand?.OrderId == answered.OrderId
                    ? Stand with
                    {
                        Outcome = answered.IsDone ? GateStandOutcome.Done : GateStandOutcome.Refused,
                        At = answered.At,
                        Detail = answered.Detail,
                    }
                    : Stand;
                break;
            case GateOrderExpired expired:
                Orders = Array.FindAll(Orders, o => o.Id != expired.OrderId);
                Stand = Stand?.OrderId == expired.OrderId
                    ? Stand with { Outcome = GateStandOutcome.Expired }
                    : Stand;
                break;
            case GateEventsTakenOver taken:
                HasDevice = true;
                LastEvent = taken.Through;
                break;
            case GateDisabled:
                IsDisabled = true;
                break;
            case GateEnabled:
                IsDisabled = false;
                break;
            case GateFellSilent:
                IsSilent = true;
                break;
            case GateReturned:
                IsSilent = false;
                break;
        }
    }
}
