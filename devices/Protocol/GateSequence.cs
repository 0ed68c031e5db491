using System.Globalization;
using System.Text;

namespace SmartClub.Devices.Protocol;

/// <summary>
/// Sequence numbers that rise for the whole life of a gate key, also across restarts. They start at the Unix time
/// in microseconds, which a restart has always left behind; the file covers a clock that was set back.
/// </summary>
public sealed class GateSequence
{
    /// <summary>Numbers reserved by one write of the file, so that a request costs no disk access.</summary>
    private const ulong BlockSize = 65_536;

    private readonly Lock _lock = new();
    private readonly Action<ulong> _reserve;
    private readonly TimeProvider _clock;
    private ulong _next;
    private ulong _reserved;

    /// <summary>Goes on above what was reserved before, and has each further block kept before it is used.</summary>
    public GateSequence(ulong reserved, Action<ulong> reserve, TimeProvider clock)
    {
        _reserve = reserve;
        _clock = clock;
        _reserved = reserved;
        _next = Math.Max(reserved, Microseconds());
    }

    public static GateSequence Open(string path, TimeProvider clock)
    {
        if (!File.Exists(path))
        {
            return new GateSequence(0, Reserve, clock);
        }

        var text = File.ReadAllText(path).Trim();
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var reserved)
            ? new GateSequence(reserved, Reserve, clock)
            : throw new DeviceException($"{path} does not hold a sequence number.");

        void Reserve(ulong number) => PrivateFile.Replace(
            path, Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
    }

    public ulong Take()
    {
        lock (_lock)
        {
            if (_next >= _reserved)
            {
                _reserved = _next + BlockSize;
                _reserve(_reserved);
            }

            return _next++;
        }
    }

    /// <summary>After <c>replayed</c>: somebody used higher numbers with this key, so go on above the clock.</summary>
    public void JumpAhead()
    {
        lock (_lock)
        {
            _next = Math.Max(_next + 1_024, Microseconds());
        }
    }

    private ulong Microseconds() =>
        (ulong)(_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
