using SmartClub.Grains.Members;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Gateway.Live;

/// <summary>Who is inside which zone, folded from passages. Not for deciding: the member grain does that.</summary>
public sealed class LivePresence
{
    private readonly Dictionary<ZoneId, Dictionary<MemberId, DateTimeOffset>> inside = [];

    /// <summary>Somebody is inside a zone since a moment; null: they are not.</summary>
    public void Set(MemberId member, ZoneId zone, DateTimeOffset? since)
    {
        if (!inside.TryGetValue(zone, out var people))
        {
            inside[zone] = people = [];
        }

        if (since is { } moment)
        {
            people[member] = moment;
        }
        else
        {
            people.Remove(member);
        }
    }

    /// <summary>Moves on by one event.</summary>
    public void Apply(MemberId member, IEvent happened)
    {
        switch (happened)
        {
            case Entered entered:
                Set(member, entered.ZoneId, entered.Since);
                break;
            case Left left:
                Set(member, left.ZoneId, null);
                break;
            case EntryReverted reverted:
                Set(member, reverted.ZoneId, reverted.InsideSince);
                break;
            case ExitReverted reverted:
                Set(member, reverted.ZoneId, reverted.InsideSince);
                break;
        }
    }

    /// <summary>
    /// How many count as inside: with forgiveness, who came longer ago is taken to have left unseen, as at the door.
    /// </summary>
    public (int Count, bool HasForgiven) Count(ZoneFacts zone, DateTimeOffset now, HashSet<MemberId> anywhere)
    {
        if (!inside.TryGetValue(zone.Id, out var people))
        {
            return (0, false);
        }

        var oldest = zone.ForgivenessMinutes == 0 ? DateTimeOffset.MinValue : now.AddMinutes(-zone.ForgivenessMinutes);
        var count = 0;
        foreach (var (member, since) in people)
        {
            if (since > oldest)
            {
                count++;
                anywhere.Add(member);
            }
        }

        return (count, count < people.Count);
    }
}
