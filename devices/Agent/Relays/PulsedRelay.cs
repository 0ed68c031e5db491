namespace SmartClub.Agent.Relays;

/// <summary>
/// A relay that is switched on and off. Two people in a row open it once, until the later one's time is over; while it
/// is held open nothing closes it.
/// </summary>
public abstract class PulsedRelay(TimeProvider clock) : IRelay
{
    private readonly SemaphoreSlim _gate = new(1);
    private long _pulse;
    private bool _isHeld;

    /// <inheritdoc/>
    public async Task Open(TimeSpan length, CancellationToken stop)
    {
        var pulse = Interlocked.Increment(ref _pulse);
        await Switch(true);
        _ = CloseAfter(pulse, length);
    }

    /// <inheritdoc/>
    public async Task Hold()
    {
        _isHeld = true;
        await Switch(true);
    }

    /// <inheritdoc/>
    public async Task Close()
    {
        _isHeld = false;
        await Switch(false);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Energises the coil or lets it go.</summary>
    protected abstract Task Set(bool isOn);

    private async Task CloseAfter(long pulse, TimeSpan length)
    {
        await Task.Delay(length, clock);
        if (Interlocked.Read(ref _pulse) == pulse && !_isHeld)
        {
            await Switch(false);
        }
    }

    private async Task Switch(bool isOn)
    {
        await _gate.WaitAsync();
        try
        {
            await Set(isOn);
        }
        finally
        {
            _gate.Release();
        }
    }
}
