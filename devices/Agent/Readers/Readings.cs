using SmartClub.Devices.Protocol;

namespace SmartClub.Agent.Readers;

/// <summary>Something that was held to a reader, and at which side of the door.</summary>
public sealed record Reading(Credential Credential, Direction Direction);

/// <summary>A reader: it tells what is held to it until it is stopped.</summary>
public interface IReader
{
    /// <summary>Reads until stopped; a reader that was pulled out is waited for.</summary>
    Task Run(Func<Reading, CancellationToken, Task> found, CancellationToken stop);
}

/// <summary>
/// Lets a badge that lies on the reader through once: readers tell the same badge many times a second.
/// </summary>
public sealed class OnceAtATime(TimeProvider clock)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);
    private readonly Lock _lock = new();
    private Reading? _last;
    private long _at;

    /// <summary>Whether this is a new reading.</summary>
    public bool IsNew(Reading reading)
    {
        lock (_lock)
        {
            var isSame = reading == _last && clock.GetElapsedTime(_at) < Quiet;
            _last = reading;
            _at = clock.GetTimestamp();
            return !isSame;
        }
    }
}
