using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Gates.Commands;

/// <summary>What a gate can be told to do.</summary>
[JsonConverter(typeof(SnakeEnumConverter<GateOrderKind>))]
public enum GateOrderKind
{
    /// <summary>Let one person through, as after a grant.</summary>
    OpenOnce,

    /// <summary>Let nobody in until it is unlocked; going out stays possible.</summary>
    Lock,

    /// <summary>Decide again as usual.</summary>
    Unlock,

    /// <summary>Stay open for everybody until it is unlocked.</summary>
    Evacuate,

    /// <summary>Fetch the list now.</summary>
    SyncList,
}

/// <summary>Which orders say how a door stands from now on.</summary>
public static class GateOrderKinds
{
    /// <summary>Whether it holds until the next one of its sort.</summary>
    public static bool Stands(this GateOrderKind kind) =>
        kind is GateOrderKind.Lock or GateOrderKind.Unlock or GateOrderKind.Evacuate;
}

/// <summary>Tells a gate to do something, for a reason. It waits for the gate until it runs out.</summary>
[Needs(Rights.GatesCommand)]
public sealed record OrderGate(GateId GateId, GateOrderKind Kind, [property: Personal] string? Reason, int Seconds)
    : ICommand<GateOrderOpened>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>
/// Tells a gate how to stand, on behalf of somebody who told the whole site: never one order too many.
/// </summary>
[Internal]
public sealed record DirectGate(GateId GateId, GateOrderKind Kind, string Operator, [property: Personal] string? Reason)
    : ICommand<GateOrderOpened>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>The order, and until when it waits for the gate.</summary>
public sealed record GateOrderOpened(GateOrderId OrderId, DateTimeOffset Until);

/// <summary>The gate's word on an order; the first one counts.</summary>
[Needs(Rights.Gate)]
public sealed record AnswerGateOrder(GateId GateId, GateOrderId OrderId, bool IsDone, string? Detail) : ICommand<Done>
{
    GrainId ICommand.Target => GateId.Grain;
}

/// <summary>An order has waited long enough.</summary>
[Internal]
public sealed record ExpireGateOrder(GateId GateId, GateOrderId OrderId) : ICommand<Done>
{
    GrainId ICommand.Target => GateId.Grain;
}
