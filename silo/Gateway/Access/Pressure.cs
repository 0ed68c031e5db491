using System.Net;
using System.Net.Sockets;

namespace SmartClub.Silo.Gateway.Access;

/// <summary>
/// How much more is asked than can be answered, from 0 to 10. It rises while everything has to wait for a processor,
/// and falls as soon as something does not: a short burst is no overload.
/// </summary>
public sealed class Pressure
{
    /// <summary>The most there is.</summary>
    public const int Highest = 10;

    private const int Window = 5;
    private TimeSpan shortest = TimeSpan.MaxValue;
    private int seen;
    private volatile int level;

    /// <summary>The level now.</summary>
    public int Level => level;

    /// <summary>Takes note of how long something had to wait before anybody worked on it.</summary>
    public void Observe(TimeSpan waited)
    {
        shortest = waited < shortest ? waited : shortest;
        if (++seen < Window)
        {
            return;
        }

        if (shortest > Limits.RequestDelay)
        {
            level = Math.Min(level + 1, Highest);
        }
        else if (shortest < Limits.RequestDelay / 2)
        {
            level = Math.Max(level - 1, 0);
        }

        (shortest, seen) = (TimeSpan.MaxValue, 0);
    }
}

/// <summary>
/// Sends a byte through a connection of its own, fifty times a second, and sees how long it lies there before somebody
/// takes it: as long as a request lies before anything is known of it. From a thread of its own, since those that take
/// requests are what is in question.
/// </summary>
public sealed class PressureWatch(Pressure pressure, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private readonly ManualResetEventSlim stopping = new();
    private readonly Socket near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private Socket? far;
    private long sentAt;
    private long waitedTicks;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        near.NoDelay = true;
        await near.ConnectAsync(listener.LocalEndpoint, cancellationToken);
        far = await listener.AcceptSocketAsync(cancellationToken);
        _ = Take(far);
        new Thread(Watch) { Name = "pressure", IsBackground = true }.Start();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        stopping.Set();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Set();
        near.Dispose();
        far?.Dispose();
    }

    private void Watch()
    {
        while (!stopping.Wait(Tick))
        {
            // A byte that was not taken yet has waited for so long at least.
            var sent = Interlocked.Read(ref sentAt);
            pressure.Observe(sent == 0
                ? TimeSpan.FromTicks(Interlocked.Read(ref waitedTicks))
                : time.GetElapsedTime(sent));
            if (sent != 0)
            {
                continue;
            }

            Interlocked.Exchange(ref sentAt, time.GetTimestamp());
            try
            {
                near.Send([0]);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Take(Socket from)
    {
        var buffer = new byte[16];
        try
        {
            while (await from.ReceiveAsync(buffer).ConfigureAwait(false) > 0)
            {
                Interlocked.Exchange(ref waitedTicks, time.GetElapsedTime(Interlocked.Read(ref sentAt)).Ticks);
                Interlocked.Exchange(ref sentAt, 0);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The silo ends.
        }
    }
}
