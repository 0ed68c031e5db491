using SmartClub.Silo.Journal.Leasing;

namespace SmartClub.Silo.Journal;

/// <summary>A person's key as it is stored: wrapped by the club's master key.</summary>
public readonly record struct WrappedKey(Guid Person, byte[] Wrapped);

/// <summary>What came of trying to take the club's lock.</summary>
/// <param name="Head">The journal's head, read under the lock; null: another silo holds it.</param>
/// <param name="Sign">The lease as the last owner left it, or as its owner holds it.</param>
public readonly record struct Attempt(JournalHead? Head, LeaseSign Sign);

/// <summary>
/// The one way rows get into the journal: a connection that holds the club's lock as long as it lives. Only the
/// writer's loop uses it. In production its calls block that loop's own thread and are done when they return; a
/// simulated one takes its time on a simulated clock.
/// </summary>
public interface IAppendingConnection : IDisposable
{
    /// <summary>Whether the connection is alive as far as we know.</summary>
    bool IsOpen { get; }

    /// <summary>Connects and tries to take the club's lock.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database is away.</exception>
    ValueTask<Attempt> TryTake();

    /// <summary>Makes this silo the owner under the lock it has taken; returns the number of its epoch.</summary>
    ValueTask<long> BeginEpoch(string holder);

    /// <summary>A sign of life for whoever stands by.</summary>
    /// <exception cref="FencedException">Another epoch has begun.</exception>
    ValueTask Beat(long epoch);

    /// <summary>Says that this owner answers nobody any more, so that nobody waits for the end of its lease.</summary>
    /// <exception cref="FencedException">Another epoch has begun.</exception>
    ValueTask LetGo(long epoch);

    /// <summary>Says that rows will follow soon: what can be done before they are there is done now.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database is away.</exception>
    ValueTask Prepare();

    /// <summary>Appends rows in COPY's binary form and stores new keys of persons, both or neither.</summary>
    /// <exception cref="Npgsql.PostgresException">The database refused; nothing was stored.</exception>
    /// <exception cref="Npgsql.NpgsqlException">Nobody knows whether it was stored.</exception>
    ValueTask Append(ReadOnlyMemory<byte> rows, IReadOnlyList<WrappedKey> keys);

    /// <summary>Lets go of what is left after the database went away, before connecting anew.</summary>
    void Abandon();
}
