using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Zones;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Tests.Model;

namespace SmartClub.Tests.Members;

/// <summary>Many members want the last places of one zone, and messages between grains overtake each other.</summary>
public sealed class CapacityTests
{
    private const int Capacity = 5;
    private readonly Town town = new();
    private readonly ZoneFacts zone;
    private readonly GateFacts plain;
    private readonly GateFacts confirming;
    private readonly MiniClub club;
    private readonly List<(MemberId Id, CredentialId Badge)> members = [];
    private int scans;

    public CapacityTests()
    {
        var site = town.AddSite("Gombe");
        zone = town.AddZone(site, "Pool", AntiPassback.Hard, 0, Capacity);
        plain = town.AddGate(zone, "Plain");
        confirming = town.AddGate(zone, "Confirms", confirms: true);
        var plan = town.AddPlan("Free", new PlanLength(12, null), null, zone);
        club = new MiniClub(town);
        club.Do(new CreateZone(zone.Id, site.Id, "Pool", AntiPassback.Hard, 0, Capacity));
        for (var i = 0; i < 12; i++)
        {
            var id = Town.Id<MemberTag>($"{i}");
            club.Do(new RegisterMember(id, "First", "Last", null, null));
            club.Do(new AddMembership(id, plan.Id, site.Day(club.Now), true));
            var key = Town.Id<CredentialKeyTag>($"{i}");
            members.Add((id, club.Do(new AddCredential(id, key, CredentialKind.Rfid, "v")).Id));
        }
    }

    private ZoneState Zone => club.State<ZoneState>(zone.Id.Grain);

    [Fact]
    public void ScansAtOnce_GetAsManyGrantsAsThereArePlaces()
    {
        var asked = members.ConvertAll(m => Take(m.Id, m.Badge, plain, Direction.In));
        Assert.All(asked, a => Assert.Null(club.OutcomeOf(a.Command, a.Id)));
        club.Deliver();
        var reasons = asked.ConvertAll(a => Answer(a)!.Reason);
        Assert.Equal(Capacity, reasons.Count(r => r == AccessReason.Ok));
        Assert.Equal(members.Count - Capacity, reasons.Count(r => r == AccessReason.CapacityFull));
        Assert.Equal(Capacity, Zone.Taken(club.Now));
    }

    [Fact]
    public void Denied_SaysHowManyPlacesThereAre()
    {
        var asked = members.ConvertAll(m => Take(m.Id, m.Badge, plain, Direction.In));
        club.Deliver();
        Assert.Equal(Capacity, Answer(asked[^1])!.Detail?.Capacity);
    }

    [Fact]
    public void Repeat_JoinsTheOpenOutcome()
    {
        var asked = Take(members[0].Id, members[0].Badge, plain, Direction.In);
        club.Take(asked.Command, asked.Id);
        club.Deliver();
        Assert.True(Answer(asked)!.Granted);
        Assert.Single(club.Journal, j => j.Event is AccessAsked);
    }

    [Fact]
    public void ZoneAndMembers_Agree_HoweverMessagesTravel()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            new CapacityTests().Agree(seed);
        }
    }

    private void Agree(int seed)
    {
        var random = new Random(seed);
        var asked = new List<(RequestAccess Command, CommandId Id)>();
        for (var step = 0; step < 400; step++)
        {
            var (id, badge) = members[random.Next(members.Count)];
            switch (random.Next(8))
            {
                case < 2:
                    asked.Add(Take(id, badge, random.Next(2) == 0 ? plain : confirming, Direction.In));
                    break;
                case 2:
                    asked.Add(Take(id, badge, plain, Direction.Out));
                    break;
                case 3 when club.State<MemberState>(id.Grain).Tickets is [.., var ticket]:
                    ICommand report = random.Next(3) == 0
                        ? new RecordNonPassage(id, ticket.Number, confirming.Id)
                        : new RecordPassage(id, ticket.Number, confirming.Id, club.Now);
                    club.Take(report, club.NextId());
                    break;
                case 4:
                    club.Advance(TimeSpan.FromSeconds(random.Next(20)));
                    break;
                default:
                    club.DeliverAny(random);
                    break;
            }
        }

        club.Deliver();
        Assert.All(asked, a => Assert.NotNull(Answer(a)));
        club.Advance(Limits.TicketLife);
        var inside = members.Count(m => club.State<MemberState>(m.Id.Grain).PresenceIn(zone.Id) is { IsInside: true });
        Assert.True(inside == Zone.Taken(club.Now), $"seed {seed}: {inside} inside, {Zone.Taken(club.Now)} places");
    }

    private (RequestAccess Command, CommandId Id) Take(
        MemberId id, CredentialId badge, GateFacts gate, Direction direction)
    {
        var command = new RequestAccess(id, badge, gate.Id, $"{scans++}", direction);
        var commandId = club.NextId();
        club.Take(command, commandId);
        return (command, commandId);
    }

    private AccessAnswer? Answer((RequestAccess Command, CommandId Id) asked) =>
        club.OutcomeOf(asked.Command, asked.Id)?.Outcome as AccessAnswer;
}
