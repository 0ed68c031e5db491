using Npgsql;

namespace SmartClub.Silo.Journal;

/// <summary>How the writer gets its connection back.</summary>
internal static class Reopening
{
    /// <summary>
    /// Connects anew after the database went away, as often as it takes, and reads the head under the lock.
    /// </summary>
    public static async ValueTask<JournalHead> Reopen(
        this IAppendingConnection connection, IWorkers workers, TimeProvider time, ILogger log)
    {
        var began = time.GetTimestamp();
        connection.Abandon();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (await connection.TryTake() is { } found)
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
                throw new FencedException("The database stayed away or another silo took the lock.", null);
            }

            // The writer's own thread may wait; nothing else can go on without it.
            await workers.Pause(TimeSpan.FromMilliseconds(Math.Min(20 << Math.Min(attempt, 4), 250)));
        }
    }
}
