namespace SmartClub.Agent.Relays;

/// <summary>
/// What moves the lock. It only ever lets in: what releases a door in a fire is wired, not programmed, and does not
/// pass through here.
/// </summary>
public interface IRelay : IDisposable
{
    /// <summary>Lets somebody through: open for so long, then closed.</summary>
    Task Open(TimeSpan length, CancellationToken stop);

    /// <summary>Keeps the door open until <see cref="Close"/>.</summary>
    Task Hold();

    /// <summary>Closes it.</summary>
    Task Close();
}
