using SmartClub.Grains.Model;

namespace SmartClub.Tests.Members;

/// <summary>Places of a zone, written down plainly: who is in, and who holds a place for a ticket.</summary>
public sealed class NaiveZone(ZoneFacts zone)
{
    private readonly Dictionary<MemberId, DateTimeOffset> inside = [];
    private readonly Dictionary<MemberId, (string Ticket, DateTimeOffset Until)> holds = [];

    public bool Counts => zone.Capacity is not null;

    public int Taken(DateTimeOffset now) => People(now).Count;

    public bool TryHold(MemberId member, string ticket, DateTimeOffset now)
    {
        var people = People(now);
        if (!people.Contains(member) && people.Count >= zone.Capacity)
        {
            return false;
        }

        holds[member] = (ticket, now.AddSeconds(60));
        return true;
    }

    public void Rename(MemberId member, string ticket, string name)
    {
        Assert.Equal(ticket, holds[member].Ticket);
        holds[member] = (name, holds[member].Until);
    }

    public void Capture(MemberId member, string ticket, DateTimeOffset at)
    {
        inside[member] = at;
        Release(member, ticket);
    }

    public void Release(MemberId member, string ticket)
    {
        if (holds.TryGetValue(member, out var hold) && hold.Ticket == ticket)
        {
            holds.Remove(member);
        }
    }

    public void Leave(MemberId member) => inside.Remove(member);

    private HashSet<MemberId> People(DateTimeOffset now) =>
    [
        .. inside.Where(i => zone.ForgivenessMinutes == 0 || now < i.Value.AddMinutes(zone.ForgivenessMinutes))
            .Select(i => i.Key),
        .. holds.Where(h => now < h.Value.Until).Select(h => h.Key),
    ];
}
