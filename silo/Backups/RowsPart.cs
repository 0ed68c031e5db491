using System.Buffers;
using System.Buffers.Binary;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Backups;

/// <summary>Rows of the journal as a part of a backup holds them: each as the appending connection wrote it.</summary>
internal static class RowsPart
{
    private const short ColumnCount = 8;

    /// <summary>Adds a row, and insists that it follows the one before.</summary>
    /// <exception cref="Checks.FaultFoundException">The journal is damaged here.</exception>
    public static JournalHead Add(ArrayBufferWriter<byte> part, RawRow row, JournalHead before)
    {
        Checks.Verifier.Require(row.Position == before.Position + 1, $"Position {before.Position + 1} is missing.");
        var link = Chain.Write(part, row, before.Chain);
        Checks.Verifier.Require(
            link.AsSpan().SequenceEqual(row.Chain),
            $"The chain breaks at position {row.Position}: the row was changed.");
        return new JournalHead(row.Position, link);
    }

    /// <summary>The rows of a part, with where each one ends in it.</summary>
    public static IEnumerable<(RawRow Row, int End)> Read(byte[] part)
    {
        for (var at = 0; at < part.Length;)
        {
            var row = Row(part, ref at);
            yield return (row, at);
        }
    }

    private static RawRow Row(byte[] part, ref int at)
    {
        var rest = part.AsSpan();
        if (BinaryPrimitives.ReadInt16BigEndian(rest[at..]) != ColumnCount)
        {
            throw new InvalidDataException("A row of the backup has another number of columns.");
        }

        at += 2;
        var position = BinaryPrimitives.ReadInt64BigEndian(Column(rest, ref at));
        var kind = BinaryPrimitives.ReadInt16BigEndian(Column(rest, ref at));
        var stream = new Guid(Column(rest, ref at), bigEndian: true);
        var version = BinaryPrimitives.ReadInt32BigEndian(Column(rest, ref at));
        var command = new CommandId(new Guid(Column(rest, ref at), bigEndian: true));
        return new RawRow(
            position, new GrainId(kind, stream), version, command, Column(rest, ref at).ToArray(),
            Column(rest, ref at).ToArray(), Column(rest, ref at).ToArray());
    }

    private static ReadOnlySpan<byte> Column(ReadOnlySpan<byte> part, ref int at)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(part[at..]);
        at += 4 + length;
        return part.Slice(at - length, length);
    }
}
