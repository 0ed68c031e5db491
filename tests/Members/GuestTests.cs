using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>Guests come in while their host is inside, and hosts bring as many as their plan allows.</summary>
public sealed class GuestTests
{
    private const int Allowed = 3;
    private static readonly MemberId Host = Town.Id<MemberTag>("host");
    private static readonly MemberId Other = Town.Id<MemberTag>("other host");
    private static readonly MemberId Visitor = Town.Id<MemberTag>("visitor");
    private readonly Town town = new();
    private readonly SiteFacts site;
    private readonly ZoneFacts hall;
    private readonly ZoneFacts pool;
    private readonly GateFacts door;
    private readonly GateFacts poolDoor;
    private readonly PlanFacts plan;
    private readonly PlanFacts day;
    private readonly MiniClub club;
    private readonly Dictionary<MemberId, CredentialId> badges = [];
    private int scans;

    public GuestTests()
    {
        site = town.AddSite("Gombe");
        hall = town.AddZone(site, "Hall");
        pool = town.AddZone(site, "Pool", capacity: 2);
        door = town.AddGate(hall, "Door");
        poolDoor = town.AddGate(pool, "Pool door");
        plan = town.Put(town.AddPlan("Year", new PlanLength(12, null), null, hall, pool)
            with
        { GuestsPerPeriod = Allowed });
        day = town.AddPlan("Day", new PlanLength(null, 1), null, hall, pool);
        club = new MiniClub(town);
        club.Do(new CreateZone(pool.Id, site.Id, "Pool", AntiPassback.Hard, 0, 2));
        Register(Host, PersonKind.Member);
        Register(Other, PersonKind.Member);
        Register(Visitor, PersonKind.Visitor);
        club.Do(new AddMembership(Host, plan.Id, Today, true));
        club.Do(new AddMembership(Other, plan.Id, Today, true));
    }

    private DateOnly Today => site.Day(club.Now);

    private Membership HostMembership => club.State<MemberState>(Host.Grain).Memberships[0];

    [Fact]
    public void Invite_IsRefused_InOrder()
    {
        var invite = new InviteGuest(Town.Id<MemberTag>("nobody"), Visitor, plan.Id, Today, true);
        Refused(invite, MemberRefusal.NotFound);
        Refused(invite with { MemberId = Host, GuestId = Host }, MemberRefusal.GuestIsHost);
        Refused(invite with { MemberId = Visitor, GuestId = Host }, MemberRefusal.NoGuestsLeft);
        Refused(
            invite with { MemberId = Host, GuestId = Town.Id<MemberTag>("nobody") }, MemberRefusal.UnknownGuest);
        Refused(invite with { MemberId = Host, PlanId = Town.Id<PlanTag>("none") }, MemberRefusal.UnknownPlan);
        Assert.Equal(0, HostMembership.GuestsInvited);
        Assert.Empty(club.State<MemberState>(Host.Grain).RequestedGuests);
        Assert.Empty(club.State<MemberState>(Visitor.Grain).Memberships);
    }

    [Fact]
    public void Invite_IsRefused_WhenThePlanAllowsNoMore_AlsoAtOnce()
    {
        var invite = new InviteGuest(Host, Visitor, day.Id, Today, true);
        var ids = Enumerable.Range(0, Allowed + 2).Select(_ => club.NextId()).ToList();
        ids.ForEach(id => club.Take(invite, id));
        ids.ForEach(id => club.Take(invite, id));
        club.Deliver();
        Assert.Equal(Allowed, ids.Count(id => club.OutcomeOf(invite, id)?.Outcome is MembershipTerm));
        Assert.Equal(Allowed, HostMembership.GuestsInvited);
        Assert.Equal(Allowed, club.State<MemberState>(Visitor.Grain).Memberships.Length);
        Refused(invite, MemberRefusal.NoGuestsLeft);
    }

    [Fact]
    public void Guest_ComesIn_OnlyWhileTheHostIsInside()
    {
        Invite(Host);
        var early = Scan(Visitor, door);
        Assert.Equal(AccessReason.OutsideHours, early.Reason);
        Assert.Null(early.Detail);

        Assert.True(Scan(Host, door).Granted);
        Assert.True(Scan(Visitor, door).Granted);
        Assert.True(Scan(Visitor, poolDoor).Granted);
        club.Restart();
        Assert.True(Scan(Host, door, Direction.Out).Granted);
        Assert.True(Scan(Visitor, door, Direction.Out).Granted);
        Assert.Equal(AccessReason.OutsideHours, Scan(Visitor, door).Reason);
    }

    [Fact]
    public void Guest_IsRefused_WhileTheHostIsSuspended()
    {
        Invite(Host);
        Scan(Host, door);
        club.Do(new SuspendMember(Host, null));
        Assert.Equal(AccessReason.OutsideHours, Scan(Visitor, door).Reason);
        club.Do(new ResumeMember(Host, null));
        Assert.True(Scan(Visitor, door).Granted);
    }

    [Fact]
    public void Guest_IsRefused_WhereTheHostIsNot()
    {
        var elsewhere = town.AddSite("Limete");
        var far = town.AddZone(elsewhere, "Far hall");
        var farDoor = town.AddGate(far, "Far door");
        var both = town.AddPlan("Both", new PlanLength(null, 1), null, hall, far);
        club.Do(new InviteGuest(Host, Visitor, both.Id, Today, true));
        Scan(Host, door);
        Assert.Equal(AccessReason.OutsideHours, Scan(Visitor, farDoor).Reason);
        Assert.True(Scan(Visitor, door).Granted);
    }

    [Fact]
    public void Guest_OfSeveralHosts_ComesInWithAnyOfThem()
    {
        Invite(Host);
        Invite(Other);
        Assert.Equal(AccessReason.OutsideHours, Scan(Visitor, door).Reason);
        Scan(Other, door);
        Assert.True(Scan(Visitor, door).Granted);
        Assert.True(Scan(Visitor, poolDoor).Granted);
    }

    [Fact]
    public void Guest_WithAPassOfTheirOwn_NeedsNoHost()
    {
        Invite(Host);
        club.Do(new AddMembership(Visitor, day.Id, Today, true));
        var asked = club.Journal.Count;
        Assert.True(Scan(Visitor, door).Granted);
        Assert.DoesNotContain(club.Journal.Skip(asked), j => j.Event is AccessAsked);
    }

    [Fact]
    public void Guest_IsRefused_ForTheEarlierReason_WithoutAskingTheHost()
    {
        club.Do(new InviteGuest(Host, Visitor, day.Id, Today, Paid: false));
        Assert.Equal(AccessReason.PaymentOverdue, Scan(Visitor, door).Reason);
        Assert.DoesNotContain(club.Journal, j => j.Event is AccessAsked);
    }

    [Fact]
    public void Guest_IsRefused_ForNoPlace_OnlyWhenTheHostIsInside()
    {
        Invite(Host);
        Scan(Other, poolDoor);
        var third = Town.Id<MemberTag>("third");
        Register(third, PersonKind.Visitor);
        club.Do(new AddMembership(third, day.Id, Today, true));
        Scan(third, poolDoor);
        Assert.Equal(AccessReason.OutsideHours, Scan(Visitor, poolDoor).Reason);
        Scan(Host, door);
        Assert.Equal(AccessReason.CapacityFull, Scan(Visitor, poolDoor).Reason);
    }

    [Fact]
    public void Host_TakenToHaveLeft_BringsNobodyIn()
    {
        var soft = town.AddZone(site, "Garden", AntiPassback.Hard, forgivenessMinutes: 60);
        var softDoor = town.AddGate(soft, "Garden door");
        var garden = town.AddPlan("Garden", new PlanLength(null, 1), null, soft);
        club.Do(new AddMembership(Host, garden.Id, Today, true));
        Invite(Host);
        Scan(Host, softDoor);
        Assert.True(Scan(Visitor, door).Granted);
        Scan(Visitor, door, Direction.Out);
        club.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(AccessReason.OutsideHours, Scan(Visitor, door).Reason);
    }

    [Fact]
    public void Guests_AreInside_OnlyWithAHostWhoWas_HoweverMessagesTravel()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            new GuestTests().Agree(seed);
        }
    }

    private void Agree(int seed)
    {
        var random = new Random(seed);
        Invite(Host);
        Invite(Other);
        var asked = new List<(RequestAccess Command, CommandId Id)>();
        MemberId[] people = [Host, Other, Visitor];
        for (var step = 0; step < 300; step++)
        {
            if (random.Next(3) == 0)
            {
                club.DeliverAny(random);
                continue;
            }

            var command = Request(
                people[random.Next(3)], random.Next(2) == 0 ? door : poolDoor,
                random.Next(2) == 0 ? Direction.In : Direction.Out);
            var id = club.NextId();
            club.Take(command, id);
            asked.Add((command, id));
        }

        club.Deliver();
        Assert.All(asked, a => Assert.IsType<AccessAnswer>(club.OutcomeOf(a.Command, a.Id)?.Outcome));
        Assert.Empty(club.State<MemberState>(Visitor.Grain).Asked);
        CheckJournal(seed);
    }

    // Whenever the guest was let in, one of the hosts was inside at some moment since the guest asked.
    private void CheckJournal(int seed)
    {
        var inside = new HashSet<(GrainId, ZoneId)>();
        var welcome = new Dictionary<long, bool>();
        var granted = 0;
        foreach (var (grain, happened) in club.Journal)
        {
            switch (happened)
            {
                case Entered entered when grain != Visitor.Grain:
                    inside.Add((grain, entered.ZoneId));
                    welcome = welcome.ToDictionary(w => w.Key, _ => true);
                    break;
                case Left left when grain != Visitor.Grain:
                    inside.Remove((grain, left.ZoneId));
                    break;
                case AccessAsked asked when grain == Visitor.Grain:
                    welcome[asked.Ticket] = inside.Count > 0;
                    break;
                case AccessGranted { Direction: Direction.In } entry when grain == Visitor.Grain:
                    Assert.True(welcome[entry.Ticket], $"seed {seed}: a guest came in without a host");
                    granted++;
                    break;
            }
        }

        Assert.True(granted > 0, $"seed {seed}: no guest ever came in");
    }

    private void Register(MemberId id, PersonKind kind)
    {
        club.Do(new RegisterPerson(id, kind, "First", "Last", null, null));
        Assert.Equal(kind, club.State<MemberState>(id.Grain).Kind);
        badges[id] = club.Do(new AddCredential(
            id, Town.Id<CredentialKeyTag>(id.ToString()), CredentialKind.Qr, "v")).Id;
    }

    private void Invite(MemberId host) => club.Do(new InviteGuest(host, Visitor, day.Id, Today, true));

    private RequestAccess Request(MemberId who, GateFacts gate, Direction direction) =>
        new(who, badges[who], gate.Id, $"{scans++}", direction);

    private AccessAnswer Scan(MemberId who, GateFacts gate, Direction direction = Direction.In) =>
        club.Do(Request(who, gate, direction));

    private void Refused(ICommand command, MemberRefusal reason) =>
        Assert.Equal(Refusal.Of(reason), club.Send(command).Refusal);
}
