using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Journal;

/// <summary>
/// The body of a row as exact bytes: a small length-prefixed layout around the packed records, so that hashing,
/// storing and checking speak of the same bytes.
/// </summary>
public sealed class RowCodec(Codec codec)
{
    private const byte Layout = 1;
    internal const byte AnswerOpen = 0;
    internal const byte AnswerAccepted = 1;
    internal const byte AnswerRefused = 2;

    /// <summary>Encodes everything of a row but its columns.</summary>
    public byte[] Encode(JournalRow row)
    {
        var writer = BodyWriter.Mine;
        var owner = row.Grain.Key;
        writer.Byte(Layout);
        writer.Time(row.At);
        writer.Text(row.Principal);
        writer.Long(row.CausedBy);
        writer.Id(row.Correlation.Value);
        writer.Count(row.Events.Count);
        for (var i = 0; i < row.Events.Count; i++)
        {
            codec.Write(writer, row.Events[i], owner);
        }

        WriteAnswer(writer, row.Answer, owner);
        writer.Count(row.Settled.Count);
        foreach (var settled in row.Settled)
        {
            writer.Id(settled.Command.Value);
            writer.Bytes(settled.ContentHash);
            WriteAnswer(writer, settled.Answer, owner);
        }

        writer.Count(row.Sends.Count);
        foreach (var send in row.Sends)
        {
            writer.Id(send.ReturnId.Value);
            codec.Write(writer, send.Command, owner);
        }

        writer.Count(row.Reminders.Count);
        foreach (var reminder in row.Reminders)
        {
            writer.Id(reminder.FiringId.Value);
            writer.Text(reminder.Name);
            writer.Time(reminder.Due);
            codec.Write(writer, reminder.Command, owner);
        }

        writer.Count(row.Finished.Count);
        foreach (var id in row.Finished)
        {
            writer.Id(id.Value);
        }

        return writer.ToArray();
    }

    /// <summary>When a row was decided, from its body alone.</summary>
    public static DateTimeOffset TimeOf(byte[] body)
    {
        var reader = new BodyReader(body);
        reader.Byte();
        return reader.Time();
    }

    /// <summary>Decodes a row from its columns and body.</summary>
    public JournalRow Decode(
        long position, GrainId grain, int version, CommandId commandId, byte[] contentHash, byte[] body)
    {
        var reader = new BodyReader(body);
        if (reader.Byte() != Layout)
        {
            throw new InvalidDataException($"Row {position} has a layout that this version does not know.");
        }

        return new JournalRow
        {
            Position = position,
            Grain = grain,
            Version = version,
            CommandId = commandId,
            ContentHash = contentHash,
            At = reader.Time(),
            Principal = reader.Text(),
            CausedBy = reader.Long(),
            Correlation = new CommandId(reader.Id()),
            Events = reader.List(r => (IEvent)codec.Unpack(r.Packed())),
            Answer = ReadAnswer(reader),
            Settled = reader.List(r => new SettledOutcome(
                new CommandId(r.Id()), r.Bytes().ToArray(), ReadAnswer(r)!.Value)),
            Sends = reader.List(r => new StoredSend(
                new CommandId(r.Id()), (ICommand)codec.Unpack(r.Packed()))),
            Reminders = reader.List(r => new StoredReminder(
                new CommandId(r.Id()), r.Text(), r.Time(), (ICommand)codec.Unpack(r.Packed()))),
            Finished = reader.List(r => new CommandId(r.Id())),
        };
    }

    /// <summary>
    /// Brings the keys of the persons that rows speak of into memory, so that decoding them asks nobody.
    /// </summary>
    public async Task Prepare(IReadOnlyCollection<RawRow> rows, CancellationToken cancel)
    {
        if (!codec.Keys.IsWhole)
        {
            var persons = new HashSet<Guid>();
            foreach (var row in rows)
            {
                RowPersons.Find(row.Body, persons);
            }

            await codec.Keys.Prepare(persons, cancel);
        }
    }

    private void WriteAnswer(BodyWriter writer, Answer? answer, Guid owner)
    {
        switch (answer)
        {
            case null:
                writer.Byte(AnswerOpen);
                break;
            case { Refusal: { } refusal }:
                writer.Byte(AnswerRefused);
                writer.Text(refusal.Code);
                break;
            default:
                writer.Byte(AnswerAccepted);
                codec.Write(writer, answer.Value.Outcome!, owner);
                break;
        }
    }

    private Answer? ReadAnswer(BodyReader reader) => reader.Byte() switch
    {
        AnswerOpen => null,
        AnswerAccepted => Answer.Accepted(codec.Unpack(reader.Packed())),
        AnswerRefused => Answer.Refused(new Refusal(reader.Text())),
        var other => throw new InvalidDataException($"Unknown kind of answer {other}."),
    };
}

/// <summary>Appends length-prefixed values.</summary>
internal sealed class BodyWriter
{
    [ThreadStatic]
    private static BodyWriter? mine;

    private readonly ArrayBufferWriter<byte> buffer = new(1_024);

    private BodyWriter()
    {
    }

    /// <summary>This thread's, empty: a body is written in one go and copied out.</summary>
    public static BodyWriter Mine
    {
        get
        {
            mine ??= new BodyWriter();
            mine.buffer.ResetWrittenCount();
            return mine;
        }
    }

    public void Byte(byte value) => buffer.Write([value]);

    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    public void Time(DateTimeOffset value) => Long(value.UtcTicks);

    public void Id(Guid value)
    {
        value.TryWriteBytes(buffer.GetSpan(16), bigEndian: true, out _);
        buffer.Advance(16);
    }

    public void Count(int value)
    {
        var rest = (uint)value;
        while (rest > 0x7F)
        {
            Byte((byte)(rest | 0x80));
            rest >>= 7;
        }

        Byte((byte)rest);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        buffer.Write(value);
    }

    public void Text(string value)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (Encoding.UTF8.TryGetBytes(value, bytes, out var length))
        {
            Bytes(bytes[..length]);
        }
        else
        {
            Bytes(Encoding.UTF8.GetBytes(value));
        }
    }

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}

/// <summary>Reads what <see cref="BodyWriter"/> wrote; anything else is damage and throws.</summary>
internal sealed class BodyReader(byte[] body)
{
    private int at;

    public byte Byte() => Take(1)[0];

    public long Long() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public DateTimeOffset Time() => new(Long(), TimeSpan.Zero);

    public Guid Id() => new(Take(16), bigEndian: true);

    public int Count()
    {
        var value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A length is damaged.");
    }

    public ReadOnlySpan<byte> Bytes() => Take(Count());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public Packed Packed()
    {
        var name = Text();
        return new Packed(name, Memory(), Memory());
    }

    public IReadOnlyList<T> List<T>(Func<BodyReader, T> read)
    {
        var count = Count();
        if (count == 0)
        {
            return [];
        }

        var items = new List<T>(Math.Min(count, body.Length - at));
        for (var i = 0; i < count; i++)
        {
            items.Add(read(this));
        }

        return items;
    }

    private ReadOnlyMemory<byte> Memory()
    {
        var length = Count();
        Take(length);
        return body.AsMemory(at - length, length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > body.Length - at)
        {
            throw new InvalidDataException("A row's body ends too early.");
        }

        at += length;
        return body.AsSpan(at - length, length);
    }
}
