namespace SmartClub.Grains.Imports;

/// <summary>What a line of a file brings besides its member.</summary>
/// <param name="Line">Its number, by which the ids of what it makes are derived.</param>
/// <param name="HasMembership">Whether it gives a membership.</param>
/// <param name="IsPaid">Whether that is paid.</param>
/// <param name="HasBadge">Whether it gives a badge or code.</param>
public readonly record struct ImportedLine(int Line, bool HasMembership, bool IsPaid, bool HasBadge);

/// <summary>
/// The lines of a file as one short text: for each, how far it is from the line before, and what it brings. It holds
/// nothing about a person, and 50,000 lines fit into one row of the journal.
/// </summary>
public static class ImportedLines
{
    private const int Bits = 7;
    private const int More = 1 << Bits;

    /// <summary>Writes lines that are in the order of their file.</summary>
    public static string Write(IEnumerable<ImportedLine> lines)
    {
        var bytes = new List<byte>();
        var before = 0;
        foreach (var line in lines)
        {
            var step = line.Line - before;
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step, nameof(lines));
            for (; step >= More; step >>= Bits)
            {
                bytes.Add((byte)((step & (More - 1)) | More));
            }

            bytes.Add((byte)step);
            bytes.Add((byte)((line.HasMembership ? 1 : 0) | (line.IsPaid ? 2 : 0) | (line.HasBadge ? 4 : 0)));
            before = line.Line;
        }

        return Convert.ToBase64String([.. bytes]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null where it did not.</summary>
    public static IReadOnlyList<ImportedLine>? Read(string? text)
    {
        var bytes = new byte[(text ?? "").Length];
        if (!Convert.TryFromBase64String(text ?? "", bytes, out var length))
        {
            return null;
        }

        var lines = new List<ImportedLine>();
        var (line, at) = (0L, 0);
        while (at < length)
        {
            var (step, shift) = (0L, 0);
            for (; at < length && (bytes[at] & More) != 0 && shift < 4 * Bits; at++, shift += Bits)
            {
                step |= (long)(bytes[at] & (More - 1)) << shift;
            }

            if (at + 1 >= length || (bytes[at] & More) != 0)
            {
                return null;
            }

            step |= (long)bytes[at] << shift;
            line += step;
            var brings = bytes[at + 1];
            if (step == 0 || line > int.MaxValue || brings > 7)
            {
                return null;
            }

            lines.Add(new ImportedLine((int)line, (brings & 1) != 0, (brings & 2) != 0, (brings & 4) != 0));
            at += 2;
        }

        return lines;
    }
}
