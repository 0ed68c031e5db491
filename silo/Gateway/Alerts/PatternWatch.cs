using SmartClub.Grains.Alerts;
using SmartClub.Grains.Alerts.Commands;
using SmartClub.Grains.Members;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Queries;
using DomainLimits = SmartClub.Grains.Model.Limits;

namespace SmartClub.Silo.Gateway.Alerts;

/// <summary>
/// Follows what doors decide and makes an alert of a pattern. It begins some time before the head, so that a restart
/// breaks no pattern off; what was told before is known by its id, and told once.
/// </summary>
public sealed class PatternWatch(
    Feed feed, LiveStart start, IGrains grains, IReference reference, TimeProvider time,
    ILogger<PatternWatch> log) : IStartsWithSilo
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Queue<(CommandId Id, DoorFinding Found)> untold = new();
    private DoorPatterns patterns = new();
    private long position;
    private DateTimeOffset telling;

    /// <inheritdoc/>
    public async Task Start(CancellationToken cancel)
    {
        // Well before what is told: whatever is told again is then found under the same conditions as the first time.
        telling = time.GetUtcNow() - DomainLimits.PatternWindow;
        patterns = new DoorPatterns();
        position = await start.FirstSince(telling - DomainLimits.LongestJourney, cancel);
    }

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            await feed.Past(position).WaitAsync(cancel);
            foreach (var row in await feed.Read(position, cancel))
            {
                See(row);
                position = row.Position;
            }

            await Tell(cancel);
        }
    }

    private void See(JournalRow row)
    {
        for (var i = 0; i < row.Events.Count; i++)
        {
            if (Step(row, row.Events[i]) is not { } step)
            {
                continue;
            }

            foreach (var found in patterns.See(step, reference))
            {
                if (row.At >= telling && untold.Count < Limits.PatternsUntold)
                {
                    var words = $"{row.Position}:{i}:{found.Kind}:{found.GateId is null}";
                    untold.Enqueue((CommandId.Of("door-pattern", words), found));
                }
            }
        }
    }

    private async Task Tell(CancellationToken cancel)
    {
        while (untold.TryPeek(out var next))
        {
            var (id, found) = next;
            try
            {
                await grains.Send(
                    new RaiseAlert(found.SiteId, found.Kind, found.GateId, found.MemberId, found.At, 1),
                    new Envelope(id, Caller.System));
                untold.Dequeue();
            }
            catch (JournalUnavailableException)
            {
                log.LogWarning("A pattern at the doors waits for the journal.");
                await Task.Delay(Pause, time, cancel);
            }
        }
    }

    // Doors that decided alone are told late; when it happened counts, not when it was told.
    private static DoorStep? Step(JournalRow row, IEvent happened) => happened switch
    {
        AccessGranted e => new DoorStep(
            new MemberId(row.Grain.Key), e.GateId, e.At,
            e.Until is null ? DoorStepKind.Granted : DoorStepKind.Ticketed),
        AccessDenied e => new DoorStep(new MemberId(row.Grain.Key), e.GateId, e.At, DoorStepKind.Refused),
        OfflineAccessRecorded e => new DoorStep(
            new MemberId(row.Grain.Key), e.GateId, e.At,
            e.IsGranted ? DoorStepKind.Granted : DoorStepKind.Refused),
        Entered e => new DoorStep(new MemberId(row.Grain.Key), e.GateId, e.At, DoorStepKind.Passed),
        Left e => new DoorStep(new MemberId(row.Grain.Key), e.GateId, e.At, DoorStepKind.Passed),
        PassedWithoutMove e => new DoorStep(new MemberId(row.Grain.Key), e.GateId, e.At, DoorStepKind.Passed),
        _ => null,
    };
}
