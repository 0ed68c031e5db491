using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using static SmartClub.Grains.Model.Decision;

namespace SmartClub.Grains.Gates;

/// <summary>
/// What staff tell a gate to do. Each order ends once: by the gate's word, or by its time, after which no gate may
/// carry it out any more.
/// </summary>
public static class GateOrderRules
{
    /// <summary>Takes an order for the gate.</summary>
    public static Decision Decide(GateState gate, OrderGate order, Facts facts)
    {
        if (!gate.Exists)
        {
            return RefuseUnkept(GateRefusal.NotFound);
        }

        if (string.IsNullOrWhiteSpace(order.Reason) || order.Reason.Length > Limits.TextLength)
        {
            return Refuse(GateRefusal.InvalidReason);
        }

        if (order.Seconds is < 1 or > Limits.OrderSeconds)
        {
            return Refuse(GateRefusal.InvalidSeconds);
        }

        // What takes the place of another order makes the list no longer: a locked door can always be released.
        return gate.Orders.Length >= Limits.OpenOrdersPerGate && Superseded(gate, order.Kind).Length == 0
            ? Refuse(GateRefusal.TooManyOrders)
            : Give(gate, order.GateId, order.Kind, facts.Caller.Principal, order.Reason, order.Seconds, facts);
    }

    /// <summary>Takes an order for the whole site. It is never refused: every door counts.</summary>
    public static Decision Decide(GateState gate, DirectGate order, Facts facts) =>
        !gate.Exists
            ? RefuseUnkept(GateRefusal.NotFound)
            : Give(gate, order.GateId, order.Kind, order.Operator, order.Reason, Limits.OrderSeconds, facts);

    /// <summary>Takes the gate's word.</summary>
    public static Decision Decide(GateState gate, AnswerGateOrder answer, Facts facts) =>
        !gate.Exists ? RefuseUnkept(GateRefusal.NotFound)
        : answer.Detail?.Length > Limits.OrderResultLength ? Refuse(GateRefusal.InvalidReason)
        : gate.Order(answer.OrderId) is null ? RefuseUnkept(GateRefusal.UnknownOrder)
        : Accept(new GateOrderAnswered(answer.OrderId, answer.IsDone, facts.Now, answer.Detail))
            .Forgetting($"order:{answer.OrderId}");

    /// <summary>Ends an order that nobody carried out.</summary>
    public static Decision Decide(GateState gate, ExpireGateOrder expire, Facts facts)
    {
        _ = facts;
        return gate.Order(expire.OrderId) is null ? Accept() : Accept(new GateOrderExpired(expire.OrderId));
    }

    // How a door stands is said by the last word only: a gate that was away must not lock itself after it was opened.
    private static Decision Give(
        GateState gate, GateId gateId, GateOrderKind kind, string by, string? reason, int seconds, Facts facts)
    {
        var id = facts.NewId<GateOrderTag>();
        var until = facts.Now.AddSeconds(seconds);
        var ended = Superseded(gate, kind);
        var decision = Accept(
            new GateOrderOpened(id, until),
            [
                .. ended.Select(o => new GateOrderExpired(o.Id)),
                new GateOrderGiven(id, kind, by, facts.Now, until, reason),
            ])
            .Reminding($"order:{id}", until, new ExpireGateOrder(gateId, id));
        Array.ForEach(ended, o => decision.Forgetting($"order:{o.Id}"));
        return decision;
    }

    private static GateOrder[] Superseded(GateState gate, GateOrderKind kind) =>
        kind.Stands() ? Array.FindAll(gate.Orders, o => o.Kind.Stands()) : [];
}
