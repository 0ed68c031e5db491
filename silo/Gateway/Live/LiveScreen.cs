using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Alerts;
using SmartClub.Silo.Gateway.Devices;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Live;

/// <summary>Puts the board and the reference data together: the whole page, or what moved for one screen.</summary>
public sealed class LiveScreen(
    LiveBoard board, SiteMirror sites, ZoneMirror zones, GateMirror gates, DeviceRegistry devices,
    DoorReturns returns, TimeProvider time)
{
    /// <summary>The whole page.</summary>
    public LiveSnapshot Snapshot()
    {
        var (position, decisions, counts, today) = board.All();
        var inside = counts.ToDictionary(c => c.Id);
        return new LiveSnapshot(
            position,
            time.GetUtcNow(),
            [.. sites.All.OrderBy(s => s.Name, StringComparer.Ordinal)
                .Select(s => new LiveSite(s.Id, s.Name, s.TimeZone.Id, s.Currency))],
            [.. zones.All.OrderBy(z => z.Name, StringComparer.Ordinal).Select(z => new LiveZone(
                z.Id, z.SiteId, z.Name, inside.GetValueOrDefault(z.Id)?.Inside ?? 0, z.Capacity,
                inside.GetValueOrDefault(z.Id)?.Estimated ?? false))],
            Gates(),
            today,
            decisions);
    }

    /// <summary>
    /// What moved since a position, four times a second at the most and every ten seconds at least. A slow screen
    /// takes longer to accept a delta; what happens meanwhile is in the next one.
    /// </summary>
    /// <param name="after">The position that the screen knows.</param>
    /// <param name="maySee">Asked of each delta that was read. The end of a session is a row, which wakes it.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<LiveDelta> Watch(
        long after, Func<bool> maySee,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var known = after;
        long? sequence = null;
        var told = new Dictionary<GateId, LiveGate>();
        while (true)
        {
            var changed = board.Changed();
            var change = board.Since(known, sequence);
            var moved = Gates().Where(g => !told.TryGetValue(g.Id, out var before) || before != g).ToList();
            if (!maySee())
            {
                yield break;
            }

            moved.ForEach(g => told[g.Id] = g);
            yield return new LiveDelta(
                known, change.Position, change.IsReset, change.Skipped, change.Decisions, change.Zones, moved,
                change.Today);
            (known, sequence) = (change.Position, change.Sequence);
            await Task.WhenAny(changed, Task.Delay(Limits.LiveBeat, time, cancel));
            await Task.Delay(Limits.LiveTick, time, cancel);
        }
    }

    private List<LiveGate> Gates()
    {
        var now = time.GetUtcNow();
        return [.. gates.All.OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => Gate(g, now))];
    }

    private LiveGate Gate(GateFacts facts, DateTimeOffset now)
    {
        var seen = devices.Known(facts.Id)?.Telemetry ?? new Telemetry(null, null, 0);
        var status = facts.IsDisabled ? "disabled"
            : seen.LastSeenAt is not { } last ? "never"
            : now - last > Limits.GateSilence ? "silent" : "ok";

        // Whole seconds: a busy gate is not news in every delta.
        DateTimeOffset? lastSeen = seen.LastSeenAt is { } at
            ? new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero)
            : null;
        return new LiveGate(
            facts.Id, facts.SiteId, facts.ZoneId, facts.Name, facts.Direction, lastSeen, status, seen.DoorState,
            seen.QueueLength, returns.StillIn(facts.Id));
    }
}
