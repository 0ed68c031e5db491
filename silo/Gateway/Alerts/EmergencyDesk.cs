using SmartClub.Grains.Emergencies;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Alerts;

/// <summary>Puts together what somebody needs on a phone outside: the doors, and who is inside.</summary>
public sealed class EmergencyDesk(
    IGrains grains, EmergencyQueries queries, SiteMirror sites, ZoneMirror zones, GateMirror gates, NameMirror names,
    DeviceRegistry devices, DoorReturns returns, AlertWords words, TimeProvider time)
{
    /// <summary>The state of a site; null: there is no such site.</summary>
    public async Task<EmergencyAnswer?> Find(SiteId id, CancellationToken cancel)
    {
        if (sites.Find(id) is not { } site)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var state = await Read(id);
        var (people, asOf) = await queries.Inside(
            [.. zones.All.Where(z => z.SiteId == id).Select(z => z.Id)], cancel);
        return new EmergencyAnswer(
            id.ToString(), site.Name, state.Kind, state.Since, words.Person(state.Operator), state.Reason,
            state.Ended, state.EndedAt, await Doors(id, state, now, cancel),
            [.. zones.All.Where(z => z.SiteId == id).OrderBy(z => z.Name, StringComparer.Ordinal)
                .Select(z => Zone(z, people, state, now))],
            now, asOf);
    }

    /// <summary>Whether a site is locked, and its doors; null: there is no such site.</summary>
    public async Task<LockDownAnswer?> FindLockDown(SiteId id, CancellationToken cancel)
    {
        if (sites.Find(id) is not { } site)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var state = await Read(id);
        return new LockDownAnswer(
            id.ToString(), site.Name, state.Kind, state.Since, words.Person(state.Operator), state.Reason,
            await Doors(id, state, now, cancel), now);
    }

    private Task<Seen> Read(SiteId id) => grains.Read<EmergencyState, Seen>(
        new EmergencyId(id.Value).Grain,
        s => new Seen(s.Kind, s.Since, s.Operator, s.Reason, [.. s.Outside], s.Ended, s.EndedAt));

    private async Task<IReadOnlyList<EmergencyGate>> Doors(
        SiteId site, Seen state, DateTimeOffset now, CancellationToken cancel)
    {
        var here = gates.All.Where(g => g.SiteId == site).OrderBy(g => g.Name, StringComparer.Ordinal).ToList();
        var orders = state.Since is { } since
            ? await queries.Orders([.. here.Select(g => g.Id)], since, cancel)
            : null;
        var doors = new List<EmergencyGate>();
        foreach (var gate in here)
        {
            var seenAt = devices.Known(gate.Id)?.Telemetry.LastSeenAt;
            var left = state.EndedAt is { } ended ? await returns.Of(gate.Id, ended) : null;
            var (said, at, detail) = left is null
                ? DoorStandings.Of(state.Kind, [.. orders?[gate.Id.ToString()] ?? []])
                : (left.State, left.Since, left.Detail);
            doors.Add(new EmergencyGate(
                gate.Id.ToString(), gate.Name, said, at, detail, seenAt,
                seenAt is null || now - seenAt > Limits.GateSilence));
        }

        return doors;
    }

    private EmergencyZone Zone(
        ZoneFacts zone, IReadOnlyList<InsideRow> people, Seen state, DateTimeOffset now) => new(
        zone.Id.ToString(), zone.Name,
        [.. people.Where(p => p.ZoneId == zone.Id)
            .Select(p => new EmergencyPerson(
                p.MemberId.ToString(), names.Find(p.MemberId), null, p.Since,
                zone.ForgivenessMinutes > 0 && p.Since <= now.AddMinutes(-zone.ForgivenessMinutes),
                state.Outside.Contains(p.MemberId)))
            .OrderBy(p => p.DisplayName, StringComparer.CurrentCultureIgnoreCase).ThenBy(p => p.Id)]);

    private sealed record Seen(
        Grains.Emergencies.Commands.EmergencyKind Kind, DateTimeOffset? Since, string? Operator, string? Reason,
        HashSet<MemberId> Outside, Grains.Emergencies.Commands.EmergencyKind Ended, DateTimeOffset? EndedAt);
}
