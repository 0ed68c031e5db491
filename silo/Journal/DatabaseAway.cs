using Npgsql;

namespace SmartClub.Silo.Journal;

/// <summary>Whether a fault means that the database is away for now, and not that we asked it badly.</summary>
public static class DatabaseAway
{
    /// <summary>
    /// Whether to try again later: the server cannot be reached, is short of something, or ends connections (class
    /// 57P, which it sends when it stops, crashes or starts). A query that was cancelled and not by its caller, whose
    /// own cancels come as such: the cancel of the query before on the same connection came late.
    /// </summary>
    public static bool Is(Exception fault) => fault is NpgsqlException
        && (fault is not PostgresException said
            || said.IsTransient
            || said.SqlState == PostgresErrorCodes.QueryCanceled
            || said.SqlState.StartsWith("57P", StringComparison.Ordinal));
}
