using System.Device.Gpio;
using System.Globalization;
using System.IO.Ports;
using System.Text;
using SmartClub.Devices;

namespace SmartClub.Agent.Relays;

/// <summary>A relay at a pin of the box itself.</summary>
public sealed class GpioRelay : PulsedRelay
{
    private readonly GpioController _pins = new();
    private readonly int _pin;

    /// <summary>Takes a pin; it starts closed.</summary>
    public GpioRelay(int pin, TimeProvider clock)
        : base(clock)
    {
        _pin = pin;
        _pins.OpenPin(pin, PinMode.Output, PinValue.Low);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _pins.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task Set(bool isOn)
    {
        _pins.Write(_pin, isOn ? PinValue.High : PinValue.Low);
        return Task.CompletedTask;
    }
}

/// <summary>A USB relay of the common kind (LCUS, CH340): four bytes switch its one channel.</summary>
public sealed class SerialRelay : PulsedRelay
{
    private readonly SerialPort _port;

    /// <summary>Takes a port.</summary>
    public SerialRelay(string port, TimeProvider clock)
        : base(clock)
    {
        _port = new SerialPort(port, 9_600);
        _port.Open();
    }

    /// <summary>The bytes that switch the relay: start, channel, state, and their sum.</summary>
    public static byte[] Frame(bool isOn)
    {
        byte state = isOn ? (byte)1 : (byte)0;
        return [0xA0, 0x01, state, (byte)(0xA0 + 0x01 + state)];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _port.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task Set(bool isOn)
    {
        var frame = Frame(isOn);
        _port.Write(frame, 0, frame.Length);
        return Task.CompletedTask;
    }
}

/// <summary>A relay with a small web server, as many network relays have: one address to open, one to close.</summary>
public sealed class HttpRelay(HttpClient http, Uri address, TimeProvider clock) : PulsedRelay(clock)
{
    /// <inheritdoc/>
    public override void Dispose()
    {
        http.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task Set(bool isOn)
    {
        using var body = new StringContent(isOn ? "on" : "off", Encoding.ASCII, "text/plain");
        using var answer = await http.PostAsync(address, body);
        answer.EnsureSuccessStatusCode();
    }
}

/// <summary>Makes the relay that a door was set up with.</summary>
public static class RelayChoice
{
    private static readonly TimeSpan NetworkPatience = TimeSpan.FromSeconds(2);

    /// <summary><c>console</c>, <c>gpio:PIN</c>, <c>serial:PORT</c> or an <c>http</c> address.</summary>
    public static IRelay Of(string choice, Output output, TimeProvider clock)
    {
        var cut = choice.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = cut < 0 ? (choice, "") : (choice[..cut], choice[(cut + 1)..]);
        return kind switch
        {
            "console" => new ConsoleRelay(output),
            "gpio" => new GpioRelay(int.Parse(rest, CultureInfo.InvariantCulture), clock),
            "serial" => new SerialRelay(rest, clock),
            "http" or "https" => new HttpRelay(
                new HttpClient { Timeout = NetworkPatience }, new Uri(choice), clock),
            _ => throw new DeviceException($"There is no relay '{choice}'."),
        };
    }
}
