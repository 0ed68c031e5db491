using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SmartClub.Agent.Store;
using SmartClub.Devices;
using SmartClub.Grains.Gates;
using SmartClub.Grains.Model;

namespace SmartClub.Agent.Lists;

/// <summary>Hours of the week as the list writes them.</summary>
public sealed record ListedHours(IReadOnlyList<string> Days, string From, string To);

/// <summary>The key of a phone: its id as passes name it, and x and y of its point, base64url.</summary>
public sealed record ListedKey(string K, string Key);

/// <summary>A right that the club has lent to this door.</summary>
public sealed record ListedEntry(
    string H, IReadOnlyList<string> Zones, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
    IReadOnlyList<ListedHours>? Schedule, IReadOnlyList<ListedKey>? PassKeys = null);

/// <summary>A list, or what has changed in it.</summary>
public sealed record ListChange(
    long Version, long Since, bool Full, string TimeZone, IReadOnlyList<ListedEntry> Upsert,
    IReadOnlyList<string> Remove, DateTimeOffset ExpiresAt);

/// <summary>
/// Whom this door may let in by itself. It is in memory, because somebody stands at the door, and on the disk, because
/// power fails; only what the club has signed for this gate gets in.
/// </summary>
public sealed class KeptList
{
    private readonly ListStore _store;
    private readonly Lock _lock = new();
    private Dictionary<string, ListedRight> _rights = [];

    private KeptList(ListStore store) => _store = store;

    /// <summary>The version that is kept; 0: none.</summary>
    public long Version { get; private set; }

    /// <summary>When the list ends as a whole.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>The site's clock.</summary>
    public TimeZoneInfo TimeZone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>How many rights are kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rights.Count;
            }
        }
    }

    /// <summary>Reads what is on the disk.</summary>
    public static KeptList Load(AgentStore store)
    {
        var list = new KeptList(store.List) { Version = store.List.Version };
        if (store.List.ExpiresAt is { } expires)
        {
            list.ExpiresAt = expires;
            list.TimeZone = TimeZoneInfo.FindSystemTimeZoneById(store.List.TimeZone!);
        }

        foreach (var (hash, body) in store.List.Entries())
        {
            list._rights[hash] = ListedRight.Of(JsonSerializer.Deserialize<ListedEntry>(body, Wire.Json)!);
        }

        return list;
    }

    /// <summary>The right behind a hash, or null.</summary>
    public ListedRight? Find(string hash)
    {
        lock (_lock)
        {
            return _rights.GetValueOrDefault(hash);
        }
    }

    /// <summary>
    /// Takes what the silo answered. False: it is not signed by the club for this gate, or it is older than what is
    /// kept, or it changes a version that this door does not have.
    /// </summary>
    public bool Take(byte[] answer, ECDsa club, string gateId)
    {
        if (!GateListing.IsGenuine(club, gateId, answer))
        {
            return false;
        }

        var change = Wire.Read<ListChange>(answer);
        if (change.Full ? change.Version < Version && change.Version != 0 : change.Since != Version)
        {
            return false;
        }

        _store.Change(
            change.Full, change.Upsert.Select(e => (e.H, Wire.Text(e))), change.Remove, change.Version,
            change.ExpiresAt, change.TimeZone);
        Swap(change);
        return true;
    }

    /// <summary>Forgets the list: it was made for a key that has ended.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _rights = [];
            Version = 0;
            ExpiresAt = default;
        }
    }

    private void Swap(ListChange change)
    {
        lock (_lock)
        {
            var rights = change.Full ? new Dictionary<string, ListedRight>(change.Upsert.Count) : _rights;
            foreach (var entry in change.Upsert)
            {
                rights[entry.H] = ListedRight.Of(entry);
            }

            foreach (var hash in change.Remove)
            {
                rights.Remove(hash);
            }

            _rights = rights;
            Version = change.Version;
            ExpiresAt = change.ExpiresAt;
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(change.TimeZone);
        }
    }
}

/// <summary>A right as it is asked at the door.</summary>
public sealed record ListedRight(
    DateTimeOffset NotBefore, DateTimeOffset NotAfter, IReadOnlyList<ScheduleWindow>? Schedule,
    string? PassKey = null)
{
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Reads an entry.</summary>
    public static ListedRight Of(ListedEntry entry) => new(
        entry.NotBefore, entry.NotAfter,
        entry.Schedule is null ? null : [.. entry.Schedule.Select(Window)],
        entry.PassKeys is [var key] ? key.Key : null);

    // The end of a day is written 24:00; the rules know it as the next day's beginning.
    private static ScheduleWindow Window(ListedHours hours) => new(
        [.. hours.Days.Select(day => (DayOfWeek)Array.IndexOf(Days, day))],
        TimeOnly.ParseExact(hours.From, "HH:mm", CultureInfo.InvariantCulture),
        hours.To == "24:00"
            ? TimeOnly.MinValue
            : TimeOnly.ParseExact(hours.To, "HH:mm", CultureInfo.InvariantCulture));
}
