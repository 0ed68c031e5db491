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

        if (gate.Orders.Length >= Limits.OpenOrdersPerGate)
        {
            return Refuse(GateRefusal.TooManyOrders);
        }

        var id = facts.NewId<GateOrderTag>();
        var until = facts.Now.AddSeconds(order.Seconds);
        return Accept(
            new GateOrderOpened(id, until),
            new GateOrderGiven(id, order.Kind, facts.Caller.Principal, facts.Now, until, order.Reason))
            .Reminding($"order:{id}", until, new ExpireGateOrder(order.GateId, id));
    }

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
}
