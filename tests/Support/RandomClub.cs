using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Plans.Commands;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Grains.Zones.Commands;

namespace SmartClub.Tests.Support;

/// <summary>
/// A club's life by a seed, through the real grains: everything that a feature takes is sent at some time, sensible or
/// not, some of it twice, while the clock goes on by minutes and sometimes by weeks.
/// </summary>
internal sealed class RandomClub(int seed)
{
    private readonly Random random = new(seed);
    private readonly List<ZoneId> zones = [];
    private readonly List<PlanId> plans = [];
    private readonly List<(GateId Id, long LastEvent)> gates = [];
    private readonly List<Person> people = [];
    private readonly List<(ICommand Command, string Id)> sent = [];
    private int number;

    private World world = null!;
    private TestSilo silo = null!;

    /// <summary>Everything that was sent, with its id, for sending it again.</summary>
    public IReadOnlyList<(ICommand Command, string Id)> Sent => sent;

    public async Task Live(TestSilo where, int steps)
    {
        silo = where;
        world = where.World;
        if (plans.Count == 0)
        {
            await SetUp();
        }

        for (var i = 0; i < steps; i++)
        {
            await Step();
        }
    }

    private async Task SetUp()
    {
        var site = New<SiteTag>();
        await Send(new CreateSite(site, "Gombe", "Africa/Kinshasa", "USD"));
        foreach (var (passback, forgiveness, capacity) in ((AntiPassback, int, int?)[])
            [(AntiPassback.Hard, 240, 4), (AntiPassback.Soft, 60, null), (AntiPassback.Off, 0, 6)])
        {
            zones.Add(New<ZoneTag>());
            await Send(new CreateZone(zones[^1], site, $"Zone {zones.Count}", passback, forgiveness, capacity));
        }

        foreach (var (length, visits) in ((PlanLength, int?)[])[(new(1, null), null), (new(null, 10), 8)])
        {
            plans.Add(New<PlanTag>());
            ScheduleWindow[] evenings = [new([DayOfWeek.Tuesday, DayOfWeek.Friday], new(17, 0), new(2, 0))];
            await Send(new CreatePlan(
                plans[^1], $"Plan {plans.Count}", length, new Money(4_000, "USD"),
                [new(zones[0], null), new(zones[1], visits is null ? null : evenings), new(zones[2], null)], visits));
        }

        foreach (var zone in zones.Concat(zones))
        {
            gates.Add((New<GateTag>(), 0));
            await Send(new CreateGate(
                gates[^1].Id, $"Gate {gates.Count}", site, zone, GateDirection.Both, gates.Count > 3, "c2VjcmV0"));
        }

        var staff = New<StaffTag>();
        await Send(new CreateStaff(staff, "ruth@example.com", "Ruth", "hash", "secret", StaffRole.Reception));
        await Send(new OpenSession(staff, New<SessionTag>(), "token", world.Clock.GetUtcNow().AddHours(1), 1));
    }

    private async Task Step()
    {
        world.Clock.Advance(random.Next(40) == 0
            ? TimeSpan.FromDays(random.Next(1, 9))
            : TimeSpan.FromSeconds(random.Next(90)));
        if (people.Count < 5 || random.Next(12) == 0)
        {
            await Join();
            return;
        }

        var person = people[random.Next(people.Count)];
        await (random.Next(20) switch
        {
            0 => Send(new SuspendMember(person.Id, "badge lent")),
            1 or 2 => Send(new ResumeMember(person.Id, null)),
            3 => AddMembership(person),
            4 => Send(new SettleMembership(person.Id, person.Membership)),
            5 => Send(new FreezeMembership(person.Id, person.Membership, "travels")),
            6 or 7 => Send(new UnfreezeMembership(person.Id, person.Membership, null)),
            8 => AddBadge(person, people[random.Next(people.Count)].Key),
            9 when random.Next(6) == 0 => Send(new RevokeCredential(person.Id, person.Badge)),
            10 when random.Next(4) == 0 => Send(random.Next(2) == 0
                ? new DisableGate(gates[0].Id) : new EnableGate(gates[0].Id)),
            11 => Report(person, null),
            _ => Scan(person),
        });
        if (random.Next(10) == 0)
        {
            var again = sent[random.Next(sent.Count)];
            await silo.Send(again.Command, again.Id);
        }
    }

    private async Task Join()
    {
        var person = new Person(New<MemberTag>(), New<CredentialKeyTag>());
        people.Add(person);
        await Send(new RegisterMember(person.Id, $"Ruth {number}", "Lukusa", null, "+243 81"));
        await AddMembership(person);
        await AddBadge(person, person.Key);
    }

    private async Task AddMembership(Person person)
    {
        var day = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime).AddDays(random.Next(-3, 4));
        var answer = await Send(new AddMembership(person.Id, plans[random.Next(2)], day, random.Next(5) > 0));
        person.Membership = answer.Outcome is MembershipTerm term ? term.Id : person.Membership;
    }

    private async Task AddBadge(Person person, CredentialKey key)
    {
        var answer = await Send(new AddCredential(person.Id, key, CredentialKind.Rfid, $"badge {number}"));
        person.Badge = answer.Outcome is Created<CredentialTag> made ? made.Id : person.Badge;
    }

    private async Task Scan(Person person)
    {
        var (gate, _) = gates[random.Next(gates.Count)];
        var direction = random.Next(2) == 0 ? Direction.In : Direction.Out;
        var answer = await Send(new RequestAccess(person.Id, person.Badge, gate, $"scan {number}", direction));
        if (answer.Outcome is AccessAnswer { Granted: true, TicketId: { } ticket } && random.Next(4) > 0)
        {
            await Report(person, ticket, gate);
        }
    }

    private async Task Report(Person person, string? ticket, GateId? at = null)
    {
        var index = at is { } id ? gates.FindIndex(g => g.Id == id) : random.Next(gates.Count);
        var (gate, last) = gates[index];
        var now = world.Clock.GetUtcNow();
        var happened = ticket is null
            ? new GateEvent(last + 1, GateEventType.OfflineAccess, now, ScanId: $"scan {number - random.Next(5)}",
                Direction: Direction.In, IsGranted: random.Next(3) > 0, MemberId: person.Id, CredentialId: person.Badge)
            : new GateEvent(last + 1, random.Next(5) > 0 ? GateEventType.AccessPassed : GateEventType.AccessNotPassed,
                now, ticket);
        var answer = await Send(new ReportGateEvents(
            gate, 1, [happened, new GateEvent(last + 2, GateEventType.DoorHeld, now)]));
        gates[index] = (gate, answer.Outcome is GateEventsAcked acked ? acked.Acked : last);
    }

    private async Task<Answer> Send(ICommand command)
    {
        var id = $"{seed} {++number}";
        sent.Add((command, id));
        return (await silo.Send(command, id)).Answer;
    }

    private Id<TTag> New<TTag>()
        where TTag : IIdTag => new(CommandId.Of(TTag.Prefix, $"{seed}", $"{++number}").Value);

    private sealed class Person(MemberId id, CredentialKey key)
    {
        public MemberId Id { get; } = id;

        public CredentialKey Key { get; } = key;

        public MembershipId Membership { get; set; }

        public CredentialId Badge { get; set; }
    }
}
