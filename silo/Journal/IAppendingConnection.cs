namespace SmartClub.Silo.Journal;

/// <summary>A person's key as it is stored: wrapped by the club's master key.</summary>
public readonly record struct WrappedKey(Guid Person, byte[] Wrapped);

/// <summary>
/// The one way rows get into the journal: a connection that holds the club's lock as long as it lives. Only the
/// writer's loop uses it. In production its calls block that loop's own thread and are done when they return; a
/// simulated one takes its time on a simulated clock.
/// </summary>
public interface IAppendingConnection : IDisposable
{
    /// <summary>Whether the connection is alive as far as we know.</summary>
    bool IsOpen { get; }

    /// <summary>Connects and tries to take the club's lock. Null: another silo holds it.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database is away.</exception>
    ValueTask<JournalHead?> TryTake();

    /// <summary>Appends rows in COPY's binary form and stores new keys of persons, both or neither.</summary>
    /// <exception cref="Npgsql.PostgresException">The database refused; nothing was stored.</exception>
    /// <exception cref="Npgsql.NpgsqlException">Nobody knows whether it was stored.</exception>
    ValueTask Append(ReadOnlyMemory<byte> rows, IReadOnlyList<WrappedKey> keys);

    /// <summary>Lets go of what is left after the database went away, before connecting anew.</summary>
    void Abandon();
}
