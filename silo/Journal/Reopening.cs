using Npgsql;

namespace SmartClub.Silo.Journal;

/// <summary>How the writer gets its connection back.</summary>
internal static class Reopening
{
    /// <summary>
    /// Connects anew after the database went away, as often as it takes, and reads the head under the lock.
    /// </summary>
    /// <exception cref="FencedException">Another epoch has begun, or the database stayed away.</exception>
    public static async ValueTask<JournalHead> Reopen(
        this IAppendingConnection connection, long epoch, IWorkers workers, TimeProvider time, ILogger log)
    {
        var began = time.GetTimestamp();
        connection.Abandon();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var taken = await connection.TryTake();
                if (taken.Sign.Epoch != epoch)
                {
                    throw new FencedException("Another silo has taken over; this one steps down.", null);
                }

                // The lock may be held by what is left of our own connection, or by whoever is about to take over.
                if (taken.Head is { } found)
                {
                    log.LogInformation("The journal's connection is back.");
                    return found;
                }
            }
            catch (NpgsqlException)
            {
                // Still starting up or away: there is nothing to do but to try again.
            }

            if (time.GetElapsedTime(began) > Limits.DatabaseWait)
            {
                throw new FencedException("The database stayed away, or the lock did.", null);
            }

            // The writer's own thread may wait; nothing else can go on without it.
            await workers.Pause(TimeSpan.FromMilliseconds(Math.Min(20 << Math.Min(attempt, 4), 250)));
        }
    }
}
