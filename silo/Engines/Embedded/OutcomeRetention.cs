using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>
/// Since which position outcomes are kept: about 30 days back. Positions grow with time, so the place is looked up in
/// the journal itself, and is right from the first moment after a restart.
/// </summary>
public sealed class OutcomeRetention(JournalReader reader, TimeProvider time, ILogger<OutcomeRetention> log)
{
    private static readonly TimeSpan Often = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterOutage = TimeSpan.FromMinutes(1);
    private long oldestKept;

    /// <summary>Answers below this position need not be remembered.</summary>
    public long OldestKept => Interlocked.Read(ref oldestKept);

    /// <summary>Looks up where the 30 days begin now.</summary>
    public async Task Renew(CancellationToken cancel)
    {
        try
        {
            var oldest = time.GetUtcNow() - SmartClub.Grains.Model.Limits.OutcomesKept;
            Interlocked.Exchange(ref oldestKept, await reader.FirstSince(oldest, cancel));
        }
        catch (InvalidDataException damage)
        {
            log.LogWarning("Outcomes are kept for longer, run verify: {Reason}", damage.Message);
        }
    }

    /// <summary>Moves on with the days until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var wait = Often;
        while (true)
        {
            await Task.Delay(wait, time, cancel);
            try
            {
                await Renew(cancel);
                wait = Often;
            }
            catch (Exception away) when (DatabaseAway.Is(away))
            {
                log.LogWarning("Outcomes are kept for longer: {Reason}.", away.GetType().Name);
                wait = AfterOutage;
            }
        }
    }
}
