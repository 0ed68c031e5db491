using System.Security.Cryptography;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Plans.Commands;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>A gate as the load sees it.</summary>
internal sealed record BenchGate(string Id, byte[] Key);

/// <summary>A club for the load: one zone, gates that do not confirm, members whose membership runs.</summary>
internal sealed record GateClub(IReadOnlyList<BenchGate> Gates, IReadOnlyList<string> Badges)
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    public static async Task<GateClub> Create(IGrains grains, ClubKeys keys, int gates, int members)
    {
        var site = new SiteId(Guid.NewGuid());
        var zone = new ZoneId(Guid.NewGuid());
        var plan = new PlanId(Guid.NewGuid());
        await Send(grains, new CreateSite(site, "Gombe", "Africa/Kinshasa", "USD"));
        await Send(grains, new CreateZone(zone, site, "Musculation", AntiPassback.Off, 0, null));
        await Send(grains, new CreatePlan(
            plan, "Premium", new PlanLength(120, null), new Money(4_500, "USD"), [new Entitlement(zone, null)], null));
        var doors = new List<BenchGate>();
        for (var i = 0; i < gates; i++)
        {
            var id = new GateId(Guid.NewGuid());
            var key = RandomNumberGenerator.GetBytes(32);
            await Send(grains, new CreateGate(
                id, $"Portillon {i}", site, zone, GateDirection.Both, false, Convert.ToBase64String(key)));
            doors.Add(new BenchGate(id.ToString(), key));
        }

        var badges = Enumerable.Range(0, members).Select(i => $"04A1{i:X8}").ToList();
        await Parallel.ForEachAsync(
            badges,
            new ParallelOptions { MaxDegreeOfParallelism = 200 },
            async (badge, _) => await AddMember(grains, keys, plan, badge));
        return new GateClub(doors, badges);
    }

    private static async Task AddMember(IGrains grains, ClubKeys keys, PlanId plan, string badge)
    {
        var member = new MemberId(Guid.NewGuid());
        await Send(grains, new RegisterMember(member, "Ruth", "Lukusa", null, null));
        await Send(grains, new AddMembership(member, plan, Start, true));
        var key = new CredentialKey(ClubKeys.Name(keys.CredentialIndex, "rfid", badge));
        await Send(grains, new AddCredential(member, key, CredentialKind.Rfid, badge));
    }

    private static async Task Send(IGrains grains, ICommand command)
    {
        var answered = await grains.Send(command, new Envelope(new CommandId(Guid.NewGuid()), Caller.System));
        if (answered.Answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{command.GetType().Name} was refused: {refusal.Code}.");
        }
    }
}
