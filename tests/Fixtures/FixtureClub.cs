using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Grains.Sites.Commands;
using SmartClub.Grains.Staff.Commands;
using SmartClub.Grains.Zones.Commands;
using SmartClub.Silo.Backups;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Fixtures;

/// <summary>
/// A club as a fixture keeps it: random lives, and by hand what chance leaves out, so that every kind of event of a
/// version is in its journal.
/// </summary>
internal static class FixtureClub
{
    /// <summary>Lives, and returns its backup with what a later version must find again.</summary>
    public static async Task<(byte[] File, byte[] Keys, Known Known)> Make(World world)
    {
        var silo = await world.Start();
        for (var seed = 1; seed <= 3; seed++)
        {
            await new RandomClub(seed).Live(silo, 250);
        }

        await Rare(world, silo);
        await silo.Commits.Settled().Happens("every send has come back");
        await silo.Views.WaitFor(silo.Writer.DurablePosition, default).Happens("the views are there");
        var (file, keys) = (new MemoryStream(), new MemoryStream());
        var manifest = await silo.Get<BackupWriter>().Write(file, keys, default);
        return (file.ToArray(), keys.ToArray(), await Known.Of(world, manifest.Position));
    }

    private static async Task Rare(World world, TestSilo silo)
    {
        var (site, zone, gate) = (Id<SiteTag>(), Id<ZoneTag>(), Id<GateTag>());
        await silo.Send(new CreateSite(site, "Limete", "Africa/Kinshasa", "CDF"), "rare site");
        await silo.Send(new CreateZone(zone, site, "Bassin", AntiPassback.Hard, 0, 2), "rare zone");
        await silo.Send(
            new CreateGate(gate, "Bassin", site, zone, GateDirection.Both, true, "c2VjcmV0"), "rare gate");
        var now = world.Clock.GetUtcNow();
        GateEventType[] alarms =
            [GateEventType.AccessForced, GateEventType.DoorHeld, GateEventType.Tamper, GateEventType.FireAlarm];
        var events = alarms.Select((type, i) => new GateEvent(i + 1, type, now))
            .Append(new GateEvent(alarms.Length + 1, GateEventType.OfflineAccess, now, ScanId: "unknown"));
        await silo.Send(new ReportGateEvents(gate, 1, [.. events]), "rare events");
        await silo.Send(new ReportSilence(gate, now), "rare silence");
        await silo.Send(new ReportReturn(gate), "rare return");
        await silo.Send(new DisableGate(gate), "rare disable");
        await silo.Send(new EnableGate(gate), "rare enable");
        await silo.Send(new ReplaceGateKey(gate, "YW5vdGhlcg=="), "rare key");
        var (staff, session) = (Id<StaffTag>(), Id<SessionTag>());
        await silo.Send(
            new CreateStaff(staff, "grace@example.com", "Grace", "hash", "secret", StaffRole.Reception), "rare staff");
        await silo.Send(new OpenSession(staff, session, "other token", now.AddHours(1), 1), "rare session");
        await silo.Send(new CloseSession(staff, session), "rare close");
    }

    private static Id<TTag> Id<TTag>()
        where TTag : IIdTag => new(CommandId.Of(TTag.Prefix, "fixture").Value);
}
