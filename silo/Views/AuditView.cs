using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using SmartClub.Grains.Model;
using SmartClub.Grains.Staff;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views;

/// <summary>
/// Who of the staff did what, from what every row says of itself: who asked, in which session, why. It holds no names
/// but the reasons that were given; names are looked up when it is read.
/// </summary>
public sealed class AuditView : IRowView
{
    /// <summary>The table.</summary>
    public const string Table = "audit";

    private const string StaffPrefix = "staff:";

    // They come along with something else, which is what was done.
    private static readonly FrozenSet<Type> Aside =
        [typeof(SessionClosed), typeof(CodeUsed), typeof(RecoveryCodeUsed), typeof(PasskeyUsed)];

    private readonly FrozenDictionary<Type, string> names;
    private readonly FrozenDictionary<Type, PropertyInfo> reasons;
    private readonly FrozenDictionary<short, string> prefixes;

    /// <summary>Knows the events of these modules.</summary>
    public AuditView(IEnumerable<FeatureModule> modules)
    {
        var events = modules.SelectMany(m => m.Grains).SelectMany(g => g.Events).ToList();
        names = events.ToFrozenDictionary(e => e.Type, e => e.Name[..e.Name.LastIndexOf('.')]);
        reasons = events.Select(e => (e.Type, Reason: e.Type.GetProperty("Reason")))
            .Where(e => e.Reason?.PropertyType == typeof(string))
            .ToFrozenDictionary(e => e.Type, e => e.Reason!);
        prefixes = typeof(IIdTag).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IIdTag).IsAssignableFrom(t))
            .Select(t => (
                Kind: Static<short>(t, nameof(IIdTag.Kind)), Prefix: Static<string>(t, nameof(IIdTag.Prefix))))
            .Where(t => t.Kind > 0).ToFrozenDictionary(t => t.Kind, t => t.Prefix);
    }

    /// <inheritdoc/>
    public string Name => "audit";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public IReadOnlyList<ViewTable> Tables { get; } =
    [
        new(
            Table,
            new Dictionary<string, ColumnType>
            {
                ["position"] = ColumnType.Number,
                ["at"] = ColumnType.Time,
                ["staff_id"] = ColumnType.Text,
                ["session_id"] = ColumnType.Text,
                ["target"] = ColumnType.Text,
                ["what"] = ColumnType.Text,
                ["events"] = ColumnType.Json,
                ["reason"] = ColumnType.Text,
                ["refusal"] = ColumnType.Text,
            },
            "position", "staff_id", "target"),
    ];

    /// <inheritdoc/>
    public bool Concerns(JournalRow row) =>
        row.Principal.StartsWith(StaffPrefix, StringComparison.Ordinal)
        && (row.Events.Count > 0 || row.Answer?.Refusal is not null);

    /// <inheritdoc/>
    public IEnumerable<RowChange> Map(JournalRow row)
    {
        var who = row.Principal[StaffPrefix.Length..].Split('/');
        var done = row.Events.FirstOrDefault(e => !Aside.Contains(e.GetType()))
            ?? (row.Events.Count > 0 ? row.Events[0] : null);
        var reason = row.Events.Select(Reason).FirstOrDefault(r => !string.IsNullOrWhiteSpace(r));
        yield return new RowChange(Table, row.Position.ToString("D19", null), new Dictionary<string, object?>
        {
            ["position"] = row.Position,
            ["at"] = row.At,
            ["staff_id"] = who[0],
            ["session_id"] = who.Length > 1 ? who[1] : null,
            ["target"] = Colleague(done)?.ToString()
                ?? IdText.Encode(row.Grain.Key, prefixes.GetValueOrDefault(row.Grain.Kind, "")),
            ["what"] = done is null ? null : names[done.GetType()],
            ["events"] = JsonSerializer.Serialize(row.Events.Select(e => names[e.GetType()])),
            ["reason"] = reason,
            ["refusal"] = row.Answer?.Refusal?.Code,
        });
    }

    // Who looks with a colleague's eyes changes only their own session; whom it concerns is the colleague.
    private static StaffId? Colleague(IEvent? done) => done switch
    {
        ViewAsBegun begun => begun.Colleague,
        ViewAsEnded ended => ended.Colleague,
        _ => null,
    };

    private string? Reason(IEvent happened) =>
        reasons.TryGetValue(happened.GetType(), out var reason) ? (string?)reason.GetValue(happened) : null;

    // The property is implemented explicitly, so its name is that of the interface and the property.
    private static T Static<T>(Type tag, string property) =>
        (T)tag.GetProperties(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Single(p => p.Name.EndsWith("." + property, StringComparison.Ordinal) || p.Name == property)
            .GetValue(null)!;
}
