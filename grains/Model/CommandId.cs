using System.Text;

namespace SmartClub.Grains.Model;

/// <summary>
/// Identity of one intent. The same id with the same content gets the first outcome again; with other content it
/// is refused as <c>command_id_reused</c>. Retries, sends and reminders all derive their ids, so that whatever is
/// repeated after a crash finds what was already decided.
/// </summary>
public readonly record struct CommandId(Guid Value)
{
    /// <summary>The id of an intent that is named by words: principal, route and the caller's own key, say.</summary>
    public static CommandId Of(params ReadOnlySpan<string> words)
    {
        // A separator that no word can hold keeps ("a", "bc") apart from ("ab", "c").
        var text = string.Join('\u001f', words!);
        return new CommandId(IdText.Hash(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The id of an intent that is named by bytes.</summary>
    public static CommandId Of(ReadOnlySpan<byte> name) => new(IdText.Hash(name));

    /// <summary>A further id of the same intent: for its sends, their returns and the ids it hands out.</summary>
    public CommandId Derive(string purpose, int number = 0)
    {
        Span<byte> bytes = stackalloc byte[16 + 4 + (purpose.Length * 3)];
        Value.TryWriteBytes(bytes, bigEndian: true, out _);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[16..], number);
        var length = Encoding.UTF8.GetBytes(purpose, bytes[20..]);
        return new CommandId(IdText.Hash(bytes[..(20 + length)]));
    }

    /// <inheritdoc/>
    public override string ToString() => IdText.Encode(Value);
}
