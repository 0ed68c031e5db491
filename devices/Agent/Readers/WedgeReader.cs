using System.Buffers.Binary;
using System.Text;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;
using SmartClub.Setup;

namespace SmartClub.Agent.Readers;

/// <summary>
/// A reader that types like a keyboard. It is read as a device (<c>/dev/input/by-id/…</c>), so that no page needs the
/// focus; digits, letters and the signs of a rotating pass are understood as a US keyboard types them.
/// </summary>
public sealed class WedgeReader(
    string device, CredentialFormat format, Direction direction, Output output, TimeProvider clock) : IReader
{
    // struct input_event of 64-bit Linux: two longs of time, type, code, value.
    private const int EventBytes = 24;
    private const ushort KeyEvent = 1;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task Run(Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using var events = new FileStream(device, FileMode.Open, FileAccess.Read);
                await ReadAll(events, found, stop);
            }
            catch (Exception away) when (away is IOException or UnauthorizedAccessException)
            {
                output.Fault(Words.AsWished($"The reader is away: {away.Message}"));
            }

            await Task.Delay(Again, clock, stop);
        }
    }

    /// <summary>Reads key strokes until their end.</summary>
    public async Task ReadAll(
        Stream events, Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        var buffer = new byte[EventBytes];
        var typed = new KeyLine();
        while (await events.ReadAtLeastAsync(buffer, EventBytes, throwOnEndOfStream: false, stop) == EventBytes)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(16)) == KeyEvent
                && typed.Take(
                    BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(18)),
                    BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(20))) is { Length: > 0 } line
                && format.Read(line) is { } credential)
            {
                await found(new Reading(credential, direction), stop);
            }
        }
    }
}

/// <summary>Puts the strokes of keys together to lines.</summary>
public sealed class KeyLine
{
    private const int Longest = 1_024;
    private const int Enter = 28;
    private const int KeypadEnter = 96;
    private const int LeftShift = 42;
    private const int RightShift = 54;

    // By the code of the key, from 2 (the key "1").
    private const string Plain = "1234567890-=\0\0qwertyuiop[]\0\0asdfghjkl;'`\0\\zxcvbnm,./";
    private const string Shifted = "!@#$%^&*()_+\0\0QWERTYUIOP{}\0\0ASDFGHJKL:\"~\0|ZXCVBNM<>?";
    private const string Keypad = "789-456+1230.";
    private readonly StringBuilder _line = new();
    private bool _isShifted;

    /// <summary>Takes a stroke (1 down, 0 up, 2 repeated); the line, when it has ended.</summary>
    public string? Take(int key, int value)
    {
        if (key is LeftShift or RightShift)
        {
            _isShifted = value != 0;
            return null;
        }

        if (value != 1)
        {
            return null;
        }

        if (key is Enter or KeypadEnter)
        {
            var line = _line.ToString();
            _line.Clear();
            return line;
        }

        var sign = key is >= 2 and < 54 ? (_isShifted ? Shifted : Plain)[key - 2]
            : key is >= 71 and < 84 ? Keypad[key - 71]
            : '\0';
        if (sign != '\0' && _line.Length < Longest)
        {
            _line.Append(sign);
        }

        return null;
    }
}
