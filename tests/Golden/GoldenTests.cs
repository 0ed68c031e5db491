using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartClub.Grains;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Golden;

/// <summary>
/// Whatever was ever stored still loads. Each stored name has an example as the journal writes it, open and personal
/// part; a changed field gets a new version and keeps the old example.
/// </summary>
/// <remarks>
/// A new name is written by running with <c>SMARTCLUB_GOLDEN=write</c>; an example that exists is never overwritten.
/// </remarks>
public sealed class GoldenTests : IAsyncLifetime
{
    private static readonly Guid Person = CommandId.Of("golden", "person").Value;
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private World world = null!;
    private Codec codec = null!;
    private KeyRing keys = null!;

    private static bool Writes => Environment.GetEnvironmentVariable("SMARTCLUB_GOLDEN") == "write";

    public async Task InitializeAsync()
    {
        world = await World.Create();
        var database = world.Connect();
        await Schema.Migrate(database, default);
        keys = new KeyRing(new PostgresJournalStore(database), ClubKeys.Open(world.DataFolder));
        codec = new Codec(Modules.All, keys);
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public void EveryStoredName_HasAnExample_ThatLoadsAndIsWrittenTheSame()
    {
        var faults = new List<string>();
        foreach (var (name, type) in codec.Names.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            var file = FilePath($"events/{name}.json");
            if (Writes && !File.Exists(file))
            {
                File.WriteAllText(file, Write(Pack(Sample.Of(type))), new UTF8Encoding(false));
            }

            if (!File.Exists(file))
            {
                faults.Add($"{name} has no example");
                continue;
            }

            var stored = File.ReadAllText(file);
            var loaded = Load(name, stored);
            if (Write(Pack(loaded)) != stored)
            {
                faults.Add($"{name} loads as {loaded}, which is written differently");
            }

            if (Text(loaded) != Text(Sample.Of(type)))
            {
                faults.Add($"{name} has fields that its example does not fill: give it a new version");
            }
        }

        Assert.Empty(faults);
    }

    /// <summary>A field that may be missing can be added; what was stored without it is kept beside.</summary>
    [Fact]
    public void EarlierForms_StillLoad_AndAreWrittenTheSame() => Assert.All(
        Directory.GetFiles(FilePath("earlier"), "*.json"),
        file =>
        {
            var stored = File.ReadAllText(file);
            Assert.Equal(stored, Write(Pack(Load(Path.GetFileNameWithoutExtension(file), stored))));
        });

    [Fact]
    public void EveryExample_BelongsToAName_ThatIsStillKnown()
    {
        Assert.All(
            Directory.GetFiles(FilePath("events"), "*.json").Select(Path.GetFileNameWithoutExtension),
            name => Assert.Contains(name!, codec.Names.Keys));
    }

    [Fact]
    public void Contracts_AreWhatTheManifestSays()
    {
        var manifest = new StringBuilder();
        foreach (var (name, type) in codec.Names.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            manifest.Append(name).Append('\n');
            foreach (var property in type.GetProperties().Where(IsStored).OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                var personal = property.GetCustomAttribute<PersonalAttribute>() is null ? "" : " personal";
                manifest.Append("  " + property.Name + ": " + Describe(property.PropertyType) + personal + "\n");
            }
        }

        var file = FilePath("contracts.txt");
        if (Writes)
        {
            File.WriteAllText(file, manifest.ToString(), new UTF8Encoding(false));
        }

        Assert.True(
            File.ReadAllText(file) == manifest.ToString(),
            "What is stored has changed. Rows written before must still load: give a changed event a new version, let "
            + "only new fields be optional, and then write the manifest with SMARTCLUB_GOLDEN=write.");
    }

    [Fact]
    public void Layout_OfARow_IsTheOneThatWasStored()
    {
        var row = new JournalRow
        {
            Position = 7,
            Grain = new GrainId(4, Person),
            Version = 3,
            CommandId = CommandId.Of("golden", "row"),
            ContentHash = [1, 2, 3],
            At = new DateTimeOffset(2026, 11, 24, 17, 5, 0, TimeSpan.Zero),
            Principal = "staff:golden",
            CausedBy = 5,
            Correlation = CommandId.Of("golden", "cause"),
            Events = [],
            Answer = Answer.Refused(new Refusal("not_found")),
            Settled = [new SettledOutcome(CommandId.Of("golden", "settled"), [4, 5], Answer.Accepted(Done.Instance))],
            Finished = [CommandId.Of("golden", "finished")],
        };
        var rows = new RowCodec(codec);
        var body = Convert.ToHexStringLower(rows.Encode(row));
        var link = Convert.ToHexStringLower(Chain.Expected(row, rows.Encode(row), new byte[32]));
        var file = FilePath("row.txt");
        if (Writes && !File.Exists(file))
        {
            File.WriteAllText(file, $"{body}\n{link}\n");
        }

        Assert.Equal(File.ReadAllText(file), $"{body}\n{link}\n");
        var read = rows.Decode(7, row.Grain, 3, row.CommandId, row.ContentHash, Convert.FromHexString(body));
        Assert.Equal(row.Correlation, read.Correlation);
        Assert.Equal(row.Answer, read.Answer);
        Assert.Equal(row.Settled[0].Answer, read.Settled[0].Answer);
        Assert.Equal(row.Finished, read.Finished);
        Assert.Equal(body, Convert.ToHexStringLower(rows.Encode(read)));
    }

    // The sealed part is encrypted with a fresh nonce; the example shows what was sealed.
    private string Write(Packed packed)
    {
        var whole = JsonNode.Parse(Text(codec.Unpack(packed)))!.AsObject();
        var clear = JsonNode.Parse(packed.Clear.Span)!.AsObject();
        var personal = new JsonObject();
        foreach (var field in whole.Where(f => !clear.ContainsKey(f.Key)))
        {
            personal[field.Key] = field.Value?.DeepClone();
        }

        return new JsonObject { ["clear"] = clear, ["personal"] = personal }.ToJsonString(Pretty) + "\n";
    }

    private Packed Pack(object record)
    {
        var writer = BodyWriter.Mine;
        codec.Write(writer, record, Person);
        return new BodyReader(writer.ToArray()).Packed();
    }

    private object Load(string name, string stored)
    {
        var parts = JsonNode.Parse(stored)!.AsObject();
        var whole = parts["clear"]!.DeepClone().AsObject();
        foreach (var field in parts["personal"]!.AsObject())
        {
            whole[field.Key] = field.Value!.DeepClone();
        }

        // Packed again, since what was sealed in the example was sealed for one run only.
        var record = whole.Deserialize(codec.Names[name], Codec.Json)!;
        return codec.Unpack(Pack(record));
    }

    private static string Text(object record) => JsonSerializer.Serialize(record, record.GetType(), Codec.Json);

    private static bool IsStored(PropertyInfo property) =>
        property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0;

    private static string Describe(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Describe))}>"
        : type.IsEnum ? $"{type.Name}({string.Join("|", Enum.GetNames(type))})"
        : type.Name;

    private static string FilePath(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, name);
}
