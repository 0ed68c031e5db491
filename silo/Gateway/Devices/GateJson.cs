using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Devices;

/// <summary>Reads the bodies; null where they are not of the contract's form.</summary>
public static class GateJson
{
    /// <summary>Longest name of a scan, in UTF-16 units.</summary>
    public const int ScanIdLength = 200;

    private static readonly JsonEncodedText[] Reasons =
        [.. Enum.GetValues<AccessReason>().Select(r => JsonEncodedText.Encode(Refusal.Snake(r.ToString())))];

    /// <summary>An access request.</summary>
    public static AccessRequest? ReadAccess(ReadOnlySequence<byte> body) =>
        Read<AccessRequest>(body) is { Direction: not null, Credential: { IsWhole: true } } request
        && IsScanId(request.ScanId)
            ? request
            : null;

    /// <summary>A report of events.</summary>
    public static EventsRequest? ReadEvents(ReadOnlySequence<byte> body) =>
        Read<EventsRequest>(body) is
        { Events: { Count: > 0 and <= SmartClub.Grains.Model.Limits.EventsPerRequest } items } request
        && items.All(i => i is { N: > 0, At: not null } && GateEvents.IsWhole(i))
            ? request
            : null;

    /// <summary>A sign of life.</summary>
    public static HeartbeatRequest? ReadHeartbeat(ReadOnlySequence<byte> body) =>
        Read<HeartbeatRequest>(body) is { UptimeSeconds: >= 0, QueueLength: >= 0 } request
        && request.DoorState is null or { Length: <= 50 }
        && (request.Answers is null || (request.Answers.Count <= SmartClub.Grains.Model.Limits.OpenOrdersPerGate
            && request.Answers.All(a => a is { Id: not null, Done: not null })))
            ? request
            : null;

    /// <summary>A wish for the next key.</summary>
    public static NextKeyRequest? ReadNextKey(ReadOnlySequence<byte> body) =>
        Read<NextKeyRequest>(body) is { } request && Enrolment.IsNonce(request.Nonce) ? request : null;

    /// <summary>Whether this can be the name of a scan.</summary>
    public static bool IsScanId(string? scanId) => scanId is { Length: > 0 and <= ScanIdLength };

    /// <summary>Writes a small answer: whole, with its length, in one piece.</summary>
    public static Task Write<T>(HttpContext http, T body)
    {
        var (buffer, json) = JsonScratch.Begin();
        if (body is AccessReply reply)
        {
            WriteReply(json, reply);
        }
        else
        {
            JsonSerializer.Serialize(json, body, ApiJson.Options);
        }

        json.Flush();
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.WrittenCount;
        http.Response.BodyWriter.Write(buffer.WrittenSpan);
        return http.Response.BodyWriter.FlushAsync().AsTask();
    }

    // Every scan is answered with one of these: by hand it needs neither a stack of frames nor texts for numbers.
    private static void WriteReply(Utf8JsonWriter json, AccessReply reply)
    {
        json.WriteStartObject();
        json.WriteString("decision"u8, reply.Decision);
        json.WriteString("reason"u8, Reasons[(int)reply.Reason]);
        json.WriteString("ticketId"u8, reply.TicketId);
        if (reply.Position is { } position)
        {
            json.WriteNumber("position"u8, position);
        }
        else
        {
            json.WriteNull("position"u8);
        }

        json.WriteNumber("openMs"u8, reply.OpenMs);
        json.WriteStartObject("display"u8);
        json.WriteString("fr"u8, reply.Display.Fr);
        json.WriteString("en"u8, reply.Display.En);
        json.WriteEndObject();
        if (reply.Member is { } member)
        {
            json.WriteStartObject("member"u8);
            json.WriteString("displayName"u8, member.DisplayName);
            json.WriteString("photoUrl"u8, member.PhotoUrl);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("member"u8);
        }

        json.WriteEndObject();
    }

    private static T? Read<T>(ReadOnlySequence<byte> body)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = ApiJson.Options.MaxDepth });
            var value = JsonSerializer.Deserialize<T>(ref reader, ApiJson.Options);
            return value is not null && !reader.Read() ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// Reads a credential without a frame of its own on the serialiser's stack: it is in every scan.
/// </summary>
public sealed class GateCredentialConverter : JsonConverter<GateCredential>
{
    private static readonly (byte[] Name, CredentialKind Kind)[] Kinds =
    [
        .. Enum.GetValues<CredentialKind>()
            .Select(k => (Encoding.UTF8.GetBytes(Refusal.Snake(k.ToString())), k)),
    ];

    /// <inheritdoc/>
    public override GateCredential Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Expected a credential.");
        }

        CredentialKind? kind = null;
        string? value = null;
        var (hasKind, hasValue) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "kind"u8))
            {
                Once(ref hasKind);
                reader.Read();
                kind = reader.TokenType == JsonTokenType.Null ? null : ReadKind(ref reader);
            }
            else if (Is(ref reader, "value"u8))
            {
                Once(ref hasValue);
                reader.Read();
                value = reader.TokenType == JsonTokenType.Null ? null : ApiJson.CleanText(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new GateCredential { Kind = kind, Value = value };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GateCredential value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, value.Kind is { } kind ? Refusal.Snake(kind.ToString()) : null);
        writer.WriteString("value"u8, value.Value);
        writer.WriteEndObject();
    }

    // On the bytes: a text made of them may be none, and names need no other letters than these.
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueTextEquals(name)
        || Ascii.EqualsIgnoreCase(
            reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan, name);

    private static void Once(ref bool seen) =>
        seen = seen ? throw new JsonException("A field is there twice.") : true;

    private static CredentialKind ReadKind(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var (name, kind) in Kinds)
            {
                if (Is(ref reader, name))
                {
                    return kind;
                }
            }
        }

        throw new JsonException("Not a kind of credential.");
    }
}
