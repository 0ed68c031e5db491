using System.Device.Gpio;
using System.Globalization;
using SmartClub.Devices;

namespace SmartClub.Agent.Doors;

/// <summary>
/// Contacts at pins of the box, closed to ground: somebody passed, the fire alarm is heard, the box was opened, the
/// door stands open. They tell; nothing that keeps people safe depends on them.
/// </summary>
public sealed class GpioInputs : IDisposable
{
    private static readonly string[] Known = ["passage", "fire", "tamper", "held"];
    private readonly GpioController _pins = new();

    /// <summary>Listens to pins given as <c>passage=22,fire=23</c>.</summary>
    public GpioInputs(string choice, Door door)
    {
        foreach (var (name, pin) in Parse(choice))
        {
            _pins.OpenPin(pin, PinMode.InputPullUp);
            _pins.RegisterCallbackForPinValueChangedEvent(
                pin, PinEventTypes.Falling, (_, _) => Sense(door, name));
        }
    }

    /// <summary>The inputs of a choice and their pins.</summary>
    public static IReadOnlyList<(string Name, int Pin)> Parse(string choice)
    {
        var inputs = new List<(string, int)>();
        foreach (var part in choice.Split(','))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            if (cut < 0 || !Known.Contains(part[..cut])
                || !int.TryParse(part[(cut + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var pin))
            {
                throw new DeviceException($"There is no input '{part}'; there are: passage, fire, tamper, held.");
            }

            inputs.Add((part[..cut], pin));
        }

        return inputs;
    }

    /// <summary>What a contact means for the door.</summary>
    public static void Sense(Door door, string name)
    {
        switch (name)
        {
            case "passage":
                door.Passed();
                break;
            case "fire":
                door.Note("fire_alarm");
                break;
            case "tamper":
                door.Note("tamper");
                break;
            default:
                door.Note("door.held");
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pins.Dispose();
}
