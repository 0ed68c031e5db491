using System.Text.Json.Serialization;
using SmartClub.Grains.Model;

namespace SmartClub.Grains.Zones;

/// <summary>One member's place in a zone: taken since, or held for a ticket, or both.</summary>
public readonly record struct Place(DateTimeOffset? Since, long Move, long Ticket, DateTimeOffset? HeldUntil);

/// <summary>The last move of somebody who left.</summary>
public readonly record struct Departure(long Move, DateTimeOffset At);

/// <summary>A zone and, where it has a capacity, who takes its places.</summary>
public sealed class ZoneState : IGrainState
{
    /// <summary>Whether it was set up.</summary>
    [JsonInclude]
    public bool Exists { get; private set; }

    /// <summary>Number of places, or null where they are not counted.</summary>
    [JsonInclude]
    public int? Capacity { get; private set; }

    /// <summary>After how long somebody who never left is taken to have left; zero: never.</summary>
    [JsonInclude]
    public TimeSpan Forgiveness { get; private set; }

    /// <summary>Places by the key of the member. Some may be over; <see cref="Taken"/> leaves them out.</summary>
    [JsonInclude]
    public Dictionary<Guid, Place> Places { get; private set; } = [];

    /// <summary>No place is over before this moment, so that counting need not look at each one every time.</summary>
    [JsonInclude]
    public DateTimeOffset NothingOverBefore { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Who left lately: a message of theirs that was overtaken on its way must not bring them back.</summary>
    [JsonInclude]
    public Dictionary<Guid, Departure> Departures { get; private set; } = [];

    /// <summary>When departures were last cleared of old ones.</summary>
    [JsonInclude]
    public DateTimeOffset DeparturesClearedAt { get; private set; }

    /// <summary>Number of the member's last move that is known here; zero for none.</summary>
    public long LastMove(MemberId member) => Math.Max(
        Places.TryGetValue(member.Value, out var place) ? place.Move : 0,
        Departures.TryGetValue(member.Value, out var departure) ? departure.Move : 0);

    /// <summary>How many places are held or taken at a moment.</summary>
    public int Taken(DateTimeOffset now)
    {
        if (now < NothingOverBefore)
        {
            return Places.Count;
        }

        var taken = 0;
        foreach (var place in Places.Values)
        {
            taken += OverAt(place) > now ? 1 : 0;
        }

        return taken;
    }

    /// <summary>Whether this member holds or takes a place at a moment.</summary>
    public bool HasPlace(MemberId member, DateTimeOffset now) =>
        Places.TryGetValue(member.Value, out var place) && OverAt(place) > now;

    /// <inheritdoc/>
    public void Apply(IEvent happened)
    {
        switch (happened)
        {
            case ZoneCreated created:
                Exists = true;
                Capacity = created.Capacity;
                Forgiveness = TimeSpan.FromMinutes(created.ForgivenessMinutes);
                break;
            case ZoneChanged changed:
                Change(changed);
                break;
            case PlaceHeld held:
                Forget(held.At);
                Places.TryGetValue(held.MemberId.Value, out var before);
                Put(held.MemberId, before with { Ticket = held.Ticket, HeldUntil = held.Until });
                break;
            case PlaceCaptured captured:
                Forget(captured.At);
                Places.TryGetValue(captured.MemberId.Value, out var hold);
                Put(captured.MemberId, hold.Ticket == captured.Ticket
                    ? new Place(captured.Since, captured.Move, 0, null)
                    : hold with { Since = captured.Since, Move = captured.Move });
                break;
            case HoldReleased released:
                Release(released);
                break;
            case PlaceReleased left:
                Leave(left);
                break;
        }
    }

    // Where nothing is counted nobody says who leaves: the day it counts again, who was counted would be wrong.
    private void Change(ZoneChanged changed)
    {
        Capacity = changed.Capacity;
        Forgiveness = TimeSpan.FromMinutes(changed.ForgivenessMinutes);
        if (Capacity is null)
        {
            Places.Clear();
            Departures.Clear();
        }

        // The next place that is held or taken looks at each of them again.
        NothingOverBefore = DateTimeOffset.MinValue;
    }

    private void Release(HoldReleased released)
    {
        var place = Places[released.MemberId.Value];
        if (place.Since is null)
        {
            Places.Remove(released.MemberId.Value);
        }
        else
        {
            Put(released.MemberId, place with { Ticket = 0, HeldUntil = null });
        }
    }

    private void Leave(PlaceReleased left)
    {
        if (left.At - DeparturesClearedAt > Limits.DeparturesKept)
        {
            DeparturesClearedAt = left.At;
            foreach (var (member, departure) in Departures)
            {
                if (left.At - departure.At > Limits.DeparturesKept)
                {
                    Departures.Remove(member);
                }
            }
        }

        Departures[left.MemberId.Value] = new Departure(left.Move, left.At);
        if (!Places.TryGetValue(left.MemberId.Value, out var place))
        {
            return;
        }

        if (place.HeldUntil is null)
        {
            Places.Remove(left.MemberId.Value);
        }
        else
        {
            Put(left.MemberId, place with { Since = null, Move = 0 });
        }
    }

    private void Put(MemberId member, Place place)
    {
        Places[member.Value] = place;
        var over = OverAt(place);
        NothingOverBefore = over < NothingOverBefore ? over : NothingOverBefore;
    }

    /// <summary>Drops places that are over. Only what rules no longer count goes, so replay is the same.</summary>
    private void Forget(DateTimeOffset now)
    {
        if (now < NothingOverBefore)
        {
            return;
        }

        NothingOverBefore = DateTimeOffset.MaxValue;
        foreach (var (member, place) in Places)
        {
            var over = OverAt(place);
            if (over <= now)
            {
                Places.Remove(member);
            }
            else if (over < NothingOverBefore)
            {
                NothingOverBefore = over;
            }
        }
    }

    private DateTimeOffset OverAt(Place place)
    {
        var held = place.HeldUntil ?? DateTimeOffset.MinValue;
        var taken = place.Since is not { } since ? DateTimeOffset.MinValue
            : Forgiveness > TimeSpan.Zero ? since + Forgiveness
            : DateTimeOffset.MaxValue;
        return held > taken ? held : taken;
    }
}
