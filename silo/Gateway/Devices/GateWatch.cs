using SmartClub.Grains.Gates.Commands;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Views.Mirrors;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>
/// Notices gates that have fallen silent, and that are heard again. Beats are lossy; the change is a fact.
/// </summary>
public sealed class GateWatch(
    IGrains grains, GateMirror gates, DeviceRegistry devices, TimeProvider time, ILogger<GateWatch> log)
    : IStartsWithSilo
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly HashSet<GateId> silent = [];
    private DateTimeOffset since;

    /// <inheritdoc/>
    public async Task Start(CancellationToken cancel)
    {
        since = time.GetUtcNow();
        foreach (var gate in gates.All)
        {
            if (await grains.Read<GateState, bool>(gate.Id.Grain, g => g.IsSilent))
            {
                silent.Add(gate.Id);
            }
        }
    }

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            foreach (var gate in gates.All)
            {
                await Check(gate.Id);
            }
        }
    }

    private async Task Check(GateId gate)
    {
        var seen = devices.Known(gate)?.Telemetry.LastSeenAt;
        // A gate that never spoke is not silent: it is not installed yet.
        var isSilent = seen is { } last && time.GetUtcNow() - last > Limits.GateSilence
            || seen is null && silent.Contains(gate) && time.GetUtcNow() - since > Limits.GateSilence;
        if (isSilent == silent.Contains(gate) || (!isSilent && seen is null))
        {
            return;
        }

        ICommand report = isSilent ? new ReportSilence(gate, seen) : new ReportReturn(gate);
        try
        {
            await grains.Send(report, new Envelope(CommandIds.New(), Caller.System));
            _ = isSilent ? silent.Add(gate) : silent.Remove(gate);
        }
        catch (Journal.JournalUnavailableException)
        {
            log.LogWarning("Gate {Gate} changed; the journal is away, the next round tells it.", gate);
        }
    }
}
