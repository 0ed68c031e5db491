using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Running;

/// <summary>
/// Asks every acknowledged scan once more under its scanId. The silo must repeat its first answer; a difference means
/// that something acknowledged was lost or done twice.
/// </summary>
public sealed class AcknowledgedCheck(IReadOnlyDictionary<string, GateClient> gates)
{
    private const int AskedAtOnce = 16;

    private long _same;

    public long Same => Interlocked.Read(ref _same);

    /// <summary>The first difference found, or null.</summary>
    public async Task<FormattableString?> FirstDifference(
        IEnumerable<(AskedScan Asked, AnsweredScan? Answered)> scans, CancellationToken stop)
    {
        FormattableString? first = null;
        using var found = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = found.Token };
        try
        {
            await Parallel.ForEachAsync(scans, options, async (scan, cancel) =>
            {
                if (scan.Answered is { Position: not null } answered
                    && await Difference(scan.Asked, answered, cancel) is { } difference)
                {
                    Interlocked.CompareExchange(ref first, difference, null);
                    await found.CancelAsync();
                }
            });
        }
        catch (OperationCanceledException) when (first is not null)
        {
            // One difference is enough; the others were stopped.
        }

        return first;
    }

    private async Task<FormattableString?> Difference(AskedScan asked, AnsweredScan answered, CancellationToken stop)
    {
        if (!gates.TryGetValue(asked.GateId, out var gate))
        {
            FormattableString unknown = $"{asked.ScanId}: its gate {asked.GateId} is not in the state folder.";
            return unknown;
        }

        var request = new AccessRequest(asked.ScanId, asked.Credential, asked.Direction, asked.At);
        var again = await gate.Show(request, stop);
        var then = (answered.Decision, answered.Reason, answered.TicketId, answered.Position);
        var now = (again.Decision, again.Reason, again.TicketId, again.Position);
        if (then == now)
        {
            Interlocked.Increment(ref _same);
            return null;
        }

        FormattableString differs = $"{asked.ScanId} at gate {asked.GateId}: acknowledged {then}, now {now}.";
        return differs;
    }
}
