using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>
/// A seeded run of random commands against the real grains and the naive model beside them. After every step both
/// must say the same; the text of a failure names the seed, the step and what was done.
/// </summary>
public sealed partial class NaiveRun
{
    private readonly Random random;
    private readonly int seed;
    private readonly Town town = new();
    private readonly SiteFacts site;
    private readonly List<ZoneFacts> zones = [];
    private readonly List<GateFacts> gates = [];
    private readonly List<PlanFacts> plans = [];
    private readonly Dictionary<MemberId, NaiveMember> members = [];
    private readonly Dictionary<ZoneId, NaiveZone> places = [];
    private readonly List<(ICommand Command, CommandId Id, Answer Answer)> sent = [];
    private readonly Dictionary<GateId, List<GateEvent>> reports = [];
    private readonly List<Scanned> scanned = [];
    private int scans;
    private int badges;
    private string step = "";

    public NaiveRun(int seed)
    {
        this.seed = seed;
        random = new Random(seed);
        site = town.AddSite("Gombe");
        Club = new MiniClub(town);
        for (var i = 0; i < 3; i++)
        {
            var zone = town.AddZone(
                site, $"Zone {i}", Pick(Enum.GetValues<AntiPassback>()), Pick(0, 1, 30), i == 1 ? Pick(1, 2) : null);
            zones.Add(zone);
            places.Add(zone.Id, new NaiveZone(zone));
            gates.Add(town.AddGate(zone, $"Confirms {i}", confirms: true));
            gates.Add(town.AddGate(zone, $"Plain {i}"));
            Club.Do(new Grains.Zones.Commands.CreateZone(
                zone.Id, site.Id, zone.Name, zone.AntiPassback, zone.ForgivenessMinutes, zone.Capacity));
        }

        foreach (var gate in gates)
        {
            reports.Add(gate.Id, []);
            Club.Do(new CreateGate(
                gate.Id, gate.Name, site.Id, gate.ZoneId, gate.Direction, gate.ConfirmsPassage, "key"));
        }

        var hours = new ScheduleWindow(Enum.GetValues<DayOfWeek>(), new TimeOnly(20, 0), new TimeOnly(13, 0));
        plans.Add(town.AddPlan("Free", new PlanLength(1, null), null, [.. zones]));
        plans.Add(town.AddPlan("Two", new PlanLength(null, 3), 2, zones[0], zones[1]));
        plans.Add(town.AddPlan("Four", new PlanLength(null, 7), 4, [.. zones]));
        plans.Add(town.AddPlan("Night", new PlanLength(null, 20), null, new Entitlement(zones[2].Id, [hours])));
        for (var i = 0; i < 3; i++)
        {
            var id = Town.Id<MemberTag>($"member {seed} {i}");
            members.Add(id, new NaiveMember(site));
            Club.Do(new RegisterMember(id, "First", "Last", null, null));
            AddBadge(id);
            AddMembership(id);
        }
    }

    public MiniClub Club { get; }

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            try
            {
                Step();
                Check();
                if (i % 50 == 49)
                {
                    Club.Restart();
                }
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, step {i}, {step}: {e.Message}", e);
            }
        }
    }

    private void Check()
    {
        foreach (var (id, member) in members)
        {
            var state = Club.State<MemberState>(id.Grain);
            foreach (var sold in member.Memberships)
            {
                Assert.Equal(sold.Visits, state.Membership(sold.Id)!.VisitsUsed);
            }

            foreach (var zone in zones)
            {
                var expected = member.Places.GetValueOrDefault(zone.Id);
                var actual = state.PresenceIn(zone.Id);
                Assert.Equal(expected is { Inside: true }, actual is { IsInside: true });
                Assert.Equal(expected?.Moved, actual?.MovedAt);
                if (expected is { Inside: true })
                {
                    Assert.Equal(expected.Since, actual!.Value.EnteredAt);
                }
            }

            var today = site.Day(Club.Now);
            var runs = member.Memberships.Any(m => m.First <= today && today <= m.Last);
            Assert.Equal(
                member.IsSuspended ? MemberStatus.Suspended : runs ? MemberStatus.Active : MemberStatus.Expired,
                state.Standing.Status);
        }

        foreach (var zone in zones.Where(z => z.Capacity is not null))
        {
            Assert.Equal(places[zone.Id].Taken(Club.Now), Club.State<ZoneState>(zone.Id.Grain).Taken(Club.Now));
        }
    }

    private void Step()
    {
        var member = Pick([.. members.Keys]);
        switch (random.Next(100))
        {
            case < 35: Ask(member, Direction.In); break;
            case < 50: Ask(member, Direction.Out); break;
            case < 65: Report(member); break;
            case < 73: Alone(); break;
            case < 76: AddMembership(member); break;
            case < 82: Change(member); break;
            case < 83: AddBadge(member); break;
            case < 90: Repeat(); break;
            default: Wait(); break;
        }
    }

    private void Wait()
    {
        var seconds = random.Next(10) switch
        {
            < 5 => random.Next(1, 30),
            < 7 => 60,
            < 9 => random.Next(60, 3_600),
            _ => random.Next(3_600, 400_000),
        };
        step = $"wait {seconds} s";
        Club.Advance(TimeSpan.FromSeconds(seconds));
    }

    private void Repeat()
    {
        if (sent.Count == 0)
        {
            return;
        }

        var (command, id, first) = Pick([.. sent]);
        step = $"repeat {command}";
        var before = Club.Journal.Count;
        Assert.Equal(first, Club.Send(command, id));
        Assert.Equal(before, Club.Journal.Count);
    }

    private Answer Send(ICommand command)
    {
        step = command.ToString()!;
        var id = Club.NextId();
        var answer = Club.Send(command, id);
        sent.Add((command, id, answer));
        return answer;
    }

    private void AddMembership(MemberId member)
    {
        var plan = Pick([.. plans]);
        var startsOn = site.Day(Club.Now).AddDays(Pick(-30, -2, -1, 0, 0, 0, 1, 2));
        var paid = random.Next(5) > 0;
        var term = (MembershipTerm)Send(new AddMembership(member, plan.Id, startsOn, paid)).Outcome!;
        members[member].Memberships.Add(new NaiveMember.Sold
        {
            Id = term.Id,
            Plan = plan,
            First = startsOn,
            Last = term.ExpiresOn,
            Paid = paid,
        });
    }

    private void AddBadge(MemberId member)
    {
        var key = Town.Id<CredentialKeyTag>($"{seed} {badges++}");
        var added = (Created<CredentialTag>)Send(new AddCredential(member, key, CredentialKind.Rfid, "v")).Outcome!;
        members[member].Badges.Add(added.Id);
        var again = Send(new AddCredential(Pick([.. members.Keys]), key, CredentialKind.Rfid, "v"));
        Assert.Equal(Refusal.Of(MemberRefusal.CredentialInUse), again.Refusal);
    }

    private void Change(MemberId id)
    {
        var member = members[id];
        var sold = Pick([.. member.Memberships]);
        switch (random.Next(7))
        {
            case 0:
                Send(new SuspendMember(id, "why"));
                member.IsSuspended = true;
                break;
            case 1 or 2:
                Send(new ResumeMember(id, "why"));
                member.IsSuspended = false;
                break;
            case 3:
                Send(new SettleMembership(id, sold.Id));
                sold.Paid = true;
                break;
            case 4:
                Send(new FreezeMembership(id, sold.Id, null));
                sold.Frozen = true;
                break;
            case 5:
                Send(new UnfreezeMembership(id, sold.Id, null));
                sold.Frozen = false;
                break;
            default:
                var badge = Pick([.. member.Badges]);
                Send(new RevokeCredential(id, badge));
                member.Revoked.Add(badge);
                break;
        }
    }

    private sealed record Scanned(
        MemberId Member, CredentialId Badge, GateId Gate, string ScanId, Direction Way);

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
