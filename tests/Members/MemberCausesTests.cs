using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>From a refusal to what it came from.</summary>
public sealed class MemberCausesTests
{
    private readonly Hall hall = new();
    private readonly List<Happened> past = [];

    [Fact]
    public void Refusal_ComesFromTheEnd_WhichComesFromTheMembership()
    {
        var first = Added("first");
        var ended = Note(new MembershipEnded(first, new MemberStanding(MemberStatus.Expired, null)));
        Added("other");
        Assert.Equal(
            [ended.Event, past[0].Event],
            MemberCauses.Of(9, Denied(AccessReason.Expired, first), past).Select(cause => cause.Event));
    }

    [Fact]
    public void Refusal_ComesFromTheLastSuspension_BeforeIt()
    {
        Note(new MemberSuspended(new MemberStanding(MemberStatus.Suspended, null), "ancienne"));
        var last = Note(new MemberSuspended(new MemberStanding(MemberStatus.Suspended, null), "dette"));
        var denied = Note(Denied(AccessReason.Suspended, null));
        Note(new MemberSuspended(new MemberStanding(MemberStatus.Suspended, null), "plus tard"));
        Assert.Equal([last], MemberCauses.Of(denied.Position, denied.Event, past));
    }

    [Fact]
    public void Refusal_HasNoCause_WhereTheHistoryDoesNotHoldIt()
    {
        Added("other");
        Assert.Empty(MemberCauses.Of(9, Denied(AccessReason.PaymentOverdue, Town.Id<MembershipTag>("first")), past));
        Assert.Empty(MemberCauses.Of(9, Denied(AccessReason.CapacityFull, null), past));
    }

    private MembershipId Added(string name)
    {
        var id = Town.Id<MembershipTag>(name);
        hall.With();
        var terms = hall.State.Memberships[0].Terms;
        Note(new MembershipAdded(
            id, terms, hall.Today, hall.Today, true, new MemberStanding(MemberStatus.Active, hall.Today)));
        return id;
    }

    private AccessDenied Denied(AccessReason reason, MembershipId? membership) => new(
        hall.Gate.Id, hall.Zone.Id, Hall.Badge, Direction.In, hall.Grain.Now, 1, null, reason, membership, null, null);

    private Happened Note(IEvent happened)
    {
        past.Add(new Happened(past.Count + 1, happened));
        return past[^1];
    }
}
