using System.Collections.Concurrent;
using SmartClub.Grains.Alerts;
using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Emergencies;
using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Gateway.Live;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Alerts;

/// <summary>
/// Looks after doors whose site was evacuated or locked, until each is back to normal: the ones that are not are
/// alerts, and a door that was away is told again once it is heard.
/// </summary>
public sealed class DoorReturns(
    IGrains grains, SiteMirror sites, GateMirror gates, DeviceRegistry devices, LiveBoard live, TimeProvider time,
    ILogger<DoorReturns> log) : IStartsWithSilo
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<GateId, EmergencyKind> notBack = new();
    private readonly ConcurrentDictionary<GateId, DateTimeOffset> back = new();
    private readonly Dictionary<SiteId, DateTimeOffset> calm = [];
    private readonly Dictionary<GateId, DateTimeOffset> told = [];

    /// <summary>What a door is still in although it has ended for its site; none for all others.</summary>
    public EmergencyKind StillIn(GateId gate) => notBack.GetValueOrDefault(gate);

    /// <summary>Whether a door is back to normal after an end; null: it is.</summary>
    public Task<DoorNotBack?> Of(GateId gate, DateTimeOffset endedAt) =>
        Of(gate, endedAt, notBack.ContainsKey(gate));

    private async Task<DoorNotBack?> Of(GateId gate, DateTimeOffset endedAt, bool isKnown)
    {
        // Once it was seen to be back, it may be held open again: that is another matter.
        if (back.TryGetValue(gate, out var since) && since == endedAt)
        {
            return null;
        }

        var (stand, isSilent) = await grains.Read<GateState, (GateStand?, bool)>(
            gate.Grain, g => (g.Stand, g.IsSilent));
        var seen = devices.Known(gate)?.Telemetry ?? new Telemetry(null, null, 0);
        if (DoorReturn.IsShown(stand, seen))
        {
            back[gate] = endedAt;
        }

        return DoorReturn.Of(stand, endedAt, seen, isSilent, isKnown, time.GetUtcNow());
    }

    /// <inheritdoc/>
    public Task Start(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            foreach (var site in sites.All.Select(s => s.Id))
            {
                try
                {
                    await Check(site);
                }
                catch (JournalUnavailableException)
                {
                    log.LogWarning("The doors of {Site} are not all back; the next round tells it.", site);
                }
            }
        }
    }

    private async Task Check(SiteId site)
    {
        var ended = await grains.Read<EmergencyState, EndedEmergency>(
            new EmergencyId(site.Value).Grain, s => new EndedEmergency(s.Ended, s.EndedAt, s.EndedBy));
        if (ended.At is { } since && calm.TryGetValue(site, out var done) && done == since)
        {
            return;
        }

        var here = gates.All.Where(g => g.SiteId == site).Select(g => g.Id).ToList();
        var open = ended.At is null && !here.Exists(notBack.ContainsKey) ? [] : await Open(site);
        var isCalm = ended.At is not null;
        foreach (var gate in here)
        {
            var left = ended.At is { } end ? await Of(gate, end, IsKnown(gate, open)) : null;
            Show(gate, left is { IsDue: true } ? ended.Kind : EmergencyKind.None);
            isCalm &= left is null && (back.ContainsKey(gate) || !MayStillSay(ended.At));
            await (left switch
            {
                null when open.Contains(gate) => Send(new SettleAlert(site, AlertKind.DoorNotReleased, gate)),
                { IsDue: true } => Alarm(site, gate, ended.At!.Value, open.Contains(gate)),
                _ => Task.CompletedTask,
            });
            if (left is { State: "expired" } && IsHeard(gate))
            {
                await Send(new DirectGate(gate, GateOrderKind.Unlock, ended.By ?? Caller.System.Principal, null));
            }
        }

        if (isCalm)
        {
            calm[site] = ended.At!.Value;
        }
    }

    private async Task<HashSet<GateId>> Open(SiteId site) => await grains.Read<AlertBookState, HashSet<GateId>>(
        new AlertBookId(site.Value).Grain,
        book => [.. book.Alerts.Where(a => a.Kind == AlertKind.DoorNotReleased).Select(a => a.GateId!.Value)]);

    // Told once for each end, also after a restart: who has ended such an alert by hand has seen to the door.
    private async Task Alarm(SiteId site, GateId gate, DateTimeOffset endedAt, bool isOpen)
    {
        if (!isOpen && (!told.TryGetValue(gate, out var before) || before != endedAt))
        {
            await grains.Send(
                new RaiseAlert(site, AlertKind.DoorNotReleased, gate, null, endedAt, 1),
                new Envelope(CommandId.Of("door-not-released", $"{gate}:{endedAt.UtcTicks}"), Caller.System));
            told[gate] = endedAt;
        }
    }

    private Task Send(ICommand command) => grains.Send(command, new Envelope(CommandIds.New(), Caller.System));

    private void Show(GateId gate, EmergencyKind kind)
    {
        var before = StillIn(gate);
        if (kind == EmergencyKind.None)
        {
            notBack.TryRemove(gate, out _);
        }
        else
        {
            notBack[gate] = kind;
        }

        if (before != kind)
        {
            live.GateSpoke();
        }
    }

    // A door that has said yes shows with its next beat whether it does as it says.
    private bool MayStillSay(DateTimeOffset? endedAt) => time.GetUtcNow() - endedAt <= Limits.DoorReturnWatch;

    private bool IsKnown(GateId gate, HashSet<GateId> open) => notBack.ContainsKey(gate) || open.Contains(gate);

    private bool IsHeard(GateId gate) =>
        devices.Known(gate)?.Telemetry.LastSeenAt is { } seen && time.GetUtcNow() - seen < Limits.GateSilence;
}
