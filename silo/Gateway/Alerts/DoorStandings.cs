using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Alerts;

/// <summary>What a door made of what its whole site was told.</summary>
public static class DoorStandings
{
    /// <summary>
    /// State, since when, and the door's own word on it, from the orders on how it stands since the emergency began,
    /// oldest first. As long as an emergency lasts, doors are told again: a door that is silent has been so since the
    /// first order that it did not answer, and one that obeys since it first did.
    /// </summary>
    public static (string State, DateTimeOffset? Since, string? Detail) Of(
        EmergencyKind emergency, IReadOnlyList<DoorOrderRow> orders)
    {
        if (emergency == EmergencyKind.None || orders.Count == 0)
        {
            return ("none", null, null);
        }

        var wanted = Refusal.Snake(
            (emergency == EmergencyKind.Evacuation ? GateOrderKind.Evacuate : GateOrderKind.Lock).ToString());
        var last = orders[^1];
        if (last.Kind != wanted)
        {
            // Somebody told this one door something else afterwards.
            return ("overruled", last.EndedAt ?? last.GivenAt, null);
        }

        var first = orders.Count - 1;
        while (first > 0 && orders[first - 1].Kind == wanted && IsSame(orders[first - 1].State, last.State))
        {
            first--;
        }

        return last.State is "waiting" or "expired"
            ? (last.State, orders[first].GivenAt, null)
            : (last.State, orders[first].EndedAt, last.Detail);
    }

    // An order that ran out was not answered either.
    private static bool IsSame(string one, string other) => IsAnswered(one) ? one == other : !IsAnswered(other);

    private static bool IsAnswered(string state) => state is "done" or "refused";
}
