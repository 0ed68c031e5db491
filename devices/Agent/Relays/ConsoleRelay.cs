using SmartClub.Devices;

namespace SmartClub.Agent.Relays;

/// <summary>Says what a lock would do: for trying a door on a desk.</summary>
public sealed class ConsoleRelay(Output output) : IRelay
{
    /// <inheritdoc/>
    public Task Open(TimeSpan length, CancellationToken stop)
    {
        output.Line($"relay open {length.TotalMilliseconds:0}");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Hold()
    {
        output.Line("relay hold");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Close()
    {
        output.Line("relay close");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
