using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Journal;

/// <summary>A stored record: its name, its open part as JSON and its personal part, encrypted.</summary>
public readonly record struct Packed(string Name, ReadOnlyMemory<byte> Clear, ReadOnlyMemory<byte> Sealed);

/// <summary>
/// Turns events, commands and outcomes into bytes and back. Fields marked <see cref="PersonalAttribute"/> are kept
/// apart, encrypted with the key of their person; once that key is destroyed they read as null.
/// </summary>
public sealed class Codec
{
    private readonly FrozenDictionary<Type, Shape> byType;
    private readonly FrozenDictionary<string, Shape> byName;
    private readonly KeyRing keys;

    /// <summary>Knows the records of these modules.</summary>
    public Codec(IEnumerable<FeatureModule> modules, KeyRing keys)
    {
        this.keys = keys;
        var shapes = new Dictionary<string, Shape>();
        foreach (var grain in modules.SelectMany(m => m.Grains))
        {
            foreach (var named in grain.Commands.Concat(grain.Events))
            {
                shapes.Add(named.Name, Shape.Of(named.Name, named.Type));
                if (named.OutcomeType is { } outcome)
                {
                    shapes.TryAdd(OutcomeName(outcome), Shape.Of(OutcomeName(outcome), outcome));
                }
            }
        }

        byName = shapes.ToFrozenDictionary();
        byType = shapes.Values.ToFrozenDictionary(s => s.Type);
    }

    /// <summary>JSON as the journal writes it.</summary>
    public static JsonSerializerOptions Json { get; } = JournalJson();

    /// <summary>The keys that personal parts are sealed with.</summary>
    public KeyRing Keys => keys;

    /// <summary>Whose key a sealed part needs.</summary>
    public static Guid PersonOf(ReadOnlyMemory<byte> box) => box.Length < 16
        ? throw new InvalidDataException("A sealed part is too short.")
        : new Guid(box.Span[..16], bigEndian: true);

    /// <summary>All stored names, for the golden files.</summary>
    public IReadOnlyDictionary<string, Type> Names => byName.ToDictionary(p => p.Key, p => p.Value.Type);

    /// <summary>
    /// Writes a record; its personal fields are sealed for <paramref name="owner"/> or whom it names.
    /// </summary>
    internal void Write(BodyWriter writer, object record, Guid owner)
    {
        var shape = ShapeOf(record);
        writer.Bytes(shape.NameBytes);
        writer.Bytes(Serialize(record, shape.Clear));
        if (shape.Personal is null || Serialize(record, shape.Personal) is not { Length: > 2 } personal)
        {
            writer.Count(0);
            return;
        }

        var person = record is IAboutPerson about ? about.PersonKey : owner;
        writer.Bytes(Seal(keys.GetOrCreate(person), person, personal));
    }

    /// <summary>The record again; personal fields are null where the key is gone.</summary>
    public object Unpack(Packed packed)
    {
        var shape = byName.TryGetValue(packed.Name, out var known)
            ? known
            : throw new InvalidDataException($"The journal holds '{packed.Name}', which no module knows.");
        var json = packed.Clear;
        if (!packed.Sealed.IsEmpty && Open(packed.Sealed.Span) is { } personal)
        {
            json = Merge(packed.Clear.Span, personal);
        }

        return JsonSerializer.Deserialize(json.Span, shape.Whole)
            ?? throw new InvalidDataException($"'{packed.Name}' is stored as null.");
    }

    /// <summary>
    /// Keyed hash of a command's whole content: what tells a repeat from another command of the same id.
    /// </summary>
    public byte[] ContentHash(ICommand command, byte[] key)
    {
        var shape = ShapeOf(command);
        Span<byte> digest = stackalloc byte[32];
        KeyedHash.Compute(key, Serialize(command, shape.Whole, shape.NameBytes), digest);
        return digest[..16].ToArray();
    }

    // Valid until this thread serialises again.
    private static ReadOnlySpan<byte> Serialize(object record, JsonTypeInfo shape, ReadOnlySpan<byte> prefix = default)
    {
        var (buffer, json) = JsonScratch.Begin(prefix);
        JsonSerializer.Serialize(json, record, shape);
        json.Flush();
        return buffer.WrittenSpan;
    }

    private Shape ShapeOf(object record) => byType.TryGetValue(record.GetType(), out var known)
        ? known
        : throw new InvalidOperationException($"{record.GetType().Name} is registered by no module.");

    // Outcomes are shared by commands, so their stored name is their type's: outcome.done, outcome.created.site_tag.
    private static string OutcomeName(Type type)
    {
        var name = "outcome." + Refusal.Snake(type.Name.Split('`')[0]);
        return type.IsGenericType
            ? $"{name}.{string.Join('.', type.GetGenericArguments().Select(a => Refusal.Snake(a.Name)))}"
            : name;
    }

    private static byte[] Seal(byte[] key, Guid person, ReadOnlySpan<byte> content)
    {
        const int nonceBytes = 12;
        const int tagBytes = 16;
        var box = new byte[16 + nonceBytes + tagBytes + content.Length];
        person.TryWriteBytes(box, bigEndian: true, out _);
        var nonce = box.AsSpan(16, nonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, tagBytes);
        aes.Encrypt(nonce, content, box.AsSpan(44), box.AsSpan(28, tagBytes), box.AsSpan(0, 16));
        return box;
    }

    private byte[]? Open(ReadOnlySpan<byte> box)
    {
        var person = new Guid(box[..16], bigEndian: true);
        if (keys.Find(person) is not { } key)
        {
            return null;
        }

        var content = new byte[box.Length - 44];
        using var aes = new AesGcm(key, 16);
        try
        {
            aes.Decrypt(box.Slice(16, 12), box[44..], box.Slice(28, 16), content, box[..16]);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            // Erased, and later given another key: what the first one closed stays closed. The chain finds damage.
            return null;
        }
    }

    // Both parts are objects that our serialiser wrote, so joining them is dropping two braces.
    private static byte[] Merge(ReadOnlySpan<byte> clear, ReadOnlySpan<byte> personal)
    {
        if (clear.Length <= 2)
        {
            return personal.ToArray();
        }

        var whole = new byte[clear.Length + personal.Length - 1];
        clear[..^1].CopyTo(whole);
        whole[clear.Length - 1] = (byte)',';
        personal[1..].CopyTo(whole.AsSpan(clear.Length));
        return whole;
    }

    private static JsonSerializerOptions JournalJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly();
        return options;
    }

    private sealed class Shape
    {
        // Dear to make and the same for every codec of the process.
        private static readonly ConcurrentDictionary<(string Name, Type Type), Shape> Known = new();

        private Shape(string name, Type type)
        {
            Name = name;
            NameBytes = Encoding.UTF8.GetBytes(name);
            Type = type;
            Whole = Json.GetTypeInfo(type);
            var hasPersonal = type.GetProperties().Any(IsPersonal);
            Clear = hasPersonal ? Part(type, false) : Whole;
            Personal = hasPersonal ? Part(type, true) : null;
        }

        public string Name { get; }

        public byte[] NameBytes { get; }

        public Type Type { get; }

        public JsonTypeInfo Whole { get; }

        public JsonTypeInfo Clear { get; }

        public JsonTypeInfo? Personal { get; }

        public static Shape Of(string name, Type type) =>
            Known.GetOrAdd((name, type), static key => new Shape(key.Name, key.Type));

        private static bool IsPersonal(PropertyInfo property) =>
            property.GetCustomAttribute<PersonalAttribute>() is not null;

        private static JsonTypeInfo Part(Type type, bool personal)
        {
            var resolver = new DefaultJsonTypeInfoResolver();
            resolver.Modifiers.Add(info =>
            {
                for (var i = info.Properties.Count - 1; info.Type == type && i >= 0; i--)
                {
                    var source = info.Properties[i].AttributeProvider;
                    var marked = source?.IsDefined(typeof(PersonalAttribute), true) == true;
                    if (marked != personal)
                    {
                        info.Properties.RemoveAt(i);
                    }
                }
            });
            var options = new JsonSerializerOptions(Json) { TypeInfoResolver = resolver };
            return options.GetTypeInfo(type);
        }
    }
}
