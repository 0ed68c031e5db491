using System.Buffers;
using System.Text.Json;

namespace SmartClub.Silo.Journal;

/// <summary>
/// A buffer and a writer for each thread: a scan serialises several small records, and would need an array for each.
/// </summary>
internal static class JsonScratch
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? json;

    /// <summary>Both anew, behind a prefix. What is written is valid until the next call on this thread.</summary>
    public static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Begin(ReadOnlySpan<byte> prefix = default)
    {
        buffer ??= new ArrayBufferWriter<byte>(1_024);
        json ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        buffer.ResetWrittenCount();
        buffer.Write(prefix);
        json.Reset(buffer);
        return (buffer, json);
    }
}
