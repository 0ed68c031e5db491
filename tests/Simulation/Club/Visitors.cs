using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Plans.Commands;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Simulated.Core;

namespace SmartClub.Simulated.Club;

/// <summary>Members of a real club: zones with few places, badges that are claimed, gates that report.</summary>
internal sealed class Visitors(Guests guests, World world, Dice dice)
{
    private readonly List<ZoneId> zones = [];
    private readonly List<PlanId> plans = [];
    private readonly List<CredentialKey> badges = [];
    private SiteId site;

    public async Task SetUp()
    {
        site = guests.New<SiteTag>();
        await guests.Insist(new CreateSite(site, "Gombe", "Africa/Kinshasa", "USD"));
        foreach (var (passback, forgiveness, capacity) in ((AntiPassback, int, int?)[])
            [(AntiPassback.Hard, 240, 2), (AntiPassback.Soft, 60, 1), (AntiPassback.Off, 0, 2)])
        {
            zones.Add(guests.New<ZoneTag>());
            await guests.Insist(
                new CreateZone(zones[^1], site, $"Zone {zones.Count}", passback, forgiveness, capacity));
        }

        foreach (var length in (PlanLength[])[new(1, null), new(null, 1)])
        {
            plans.Add(guests.New<PlanTag>());
            await guests.Insist(new CreatePlan(
                plans[^1], $"Plan {plans.Count}", length, new Money(4_000, "USD"),
                [.. zones.Select(z => new Entitlement(z, null))], length.Days is null ? null : 8));
        }
    }

    public async Task Visit(int steps)
    {
        var gates = new List<GateId>();
        foreach (var zone in zones)
        {
            gates.Add(guests.New<GateTag>());
            await guests.Insist(new CreateGate(
                gates[^1], $"Gate {gates.Count}", site, zone, GateDirection.Both, dice.OneIn(2), "c2VjcmV0"));
        }

        var (member, badge) = await Join();
        var told = new long[gates.Count];
        for (var i = 0; i < steps; i++)
        {
            var at = dice.Below(gates.Count);
            var scan = $"scan {member} {i}";
            var answer = await guests.Insist(new RequestAccess(
                member, badge, gates[at], scan, dice.OneIn(3) ? Direction.Out : Direction.In));
            if (answer.Outcome is AccessAnswer { Granted: true, TicketId: { } ticket } && !dice.OneIn(4))
            {
                await guests.Pause();
                var passed = dice.OneIn(5) ? GateEventType.AccessNotPassed : GateEventType.AccessPassed;
                await guests.Insist(new ReportGateEvents(
                    gates[at], 1, [new GateEvent(++told[at], passed, Now, ticket)]));
            }

            if (dice.OneIn(12))
            {
                await guests.Insist(dice.OneIn(2) ? new DisableGate(gates[at]) : new EnableGate(gates[at]));
            }

            await guests.Pause();
        }
    }

    private DateTimeOffset Now => Timeline.Epoch.AddTicks(world.Timeline.Now);

    private async Task<(MemberId, CredentialId)> Join()
    {
        var member = guests.New<MemberTag>();
        await guests.Insist(new RegisterMember(member, "Ruth", "Lukusa", null, "+243 81"));
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        await guests.Insist(new AddMembership(member, dice.Pick(plans), today, IsPaid(dice)));
        badges.Add(guests.New<CredentialKeyTag>());
        CredentialId badge = default;
        foreach (var key in (CredentialKey[])[dice.Pick(badges), badges[^1]])
        {
            // Somebody else's badge is refused; one's own a second time as well.
            var answer = await guests.Insist(new AddCredential(member, key, CredentialKind.Rfid, "a badge"));
            badge = answer.Outcome is Created<CredentialTag> made ? made.Id : badge;
        }

        return (member, badge);
    }

    private static bool IsPaid(Dice dice) => !dice.OneIn(8);
}
