using System.IO.Ports;
using SmartClub.Devices;
using SmartClub.Devices.Protocol;
using SmartClub.Setup;

namespace SmartClub.Agent.Readers;

/// <summary>A reader that ends each reading with a line end: standard input, or a serial port.</summary>
public sealed class LineReader(
    Func<TextReader> open, CredentialFormat format, Direction direction, bool isForEver, Output output,
    TimeProvider clock) : IReader
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>A serial port, as USB readers show themselves.</summary>
    public static Func<TextReader> Serial(string port, int baud) => () =>
    {
        var serial = new SerialPort(port, baud);
        serial.Open();
        return new StreamReader(serial.BaseStream);
    };

    /// <inheritdoc/>
    public async Task Run(Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using var lines = open();
                await ReadAll(lines, found, stop);
            }
            catch (Exception away) when (away is IOException or UnauthorizedAccessException)
            {
                output.Fault(Words.AsWished($"The reader is away: {away.Message}"));
            }

            if (!isForEver)
            {
                return;
            }

            await Task.Delay(Again, clock, stop);
        }
    }

    private async Task ReadAll(
        TextReader lines, Func<Reading, CancellationToken, Task> found, CancellationToken stop)
    {
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            // A line may name its direction; else it is the one of the reader.
            var text = line.Trim();
            var (towards, rest) = text.StartsWith("in ", StringComparison.Ordinal) ? (Direction.In, text[3..])
                : text.StartsWith("out ", StringComparison.Ordinal) ? (Direction.Out, text[4..])
                : (direction, text);
            if (format.Read(rest) is { } credential)
            {
                await found(new Reading(credential, towards), stop);
            }
            else if (rest.Length > 0)
            {
                output.Fault(Words.AsWished($"The reader said something that is no badge."));
            }
        }
    }
}
