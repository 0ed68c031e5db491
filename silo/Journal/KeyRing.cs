using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;

namespace SmartClub.Silo.Journal;

/// <summary>
/// A key per person, wrapped by the master key. A new key waits here until the next group commit, which stores it in
/// the transaction of the first row that needs it: no row is ever durable before the key that opens it.
/// </summary>
public sealed class KeyRing(IJournalStore store, ClubKeys clubKeys, int keysMax = Limits.PersonKeys)
{
    private const int KeyBytes = 32;
    private readonly ConcurrentDictionary<Guid, byte[]> known = new();
    private readonly ConcurrentDictionary<Guid, bool> missing = new();
    private readonly Dictionary<Guid, byte[]> unsaved = [];
    private IReadOnlyDictionary<Guid, byte[]> saving = FrozenDictionary<Guid, byte[]>.Empty;
    private readonly Lock gate = new();

    // All keys are in memory: who is not among them has none, and no turn asks the database for a new person.
    private volatile bool isWhole;

    /// <summary>Whether every key there is is in memory.</summary>
    public bool IsWhole => isWhole;

    /// <summary>The key of a person, made now if there is none.</summary>
    public byte[] GetOrCreate(Guid person)
    {
        if (Find(person) is { } key)
        {
            return key;
        }

        lock (gate)
        {
            if (known.TryGetValue(person, out var raced))
            {
                return raced;
            }

            key = RandomNumberGenerator.GetBytes(KeyBytes);
            unsaved.Add(person, key);
            known[person] = key;
            missing.TryRemove(person, out _);
        }

        StayBounded();
        return key;
    }

    /// <summary>The key of a person, or null where it was destroyed or never made.</summary>
    public byte[]? Find(Guid person)
    {
        if (known.TryGetValue(person, out var key))
        {
            return key;
        }

        if (isWhole || missing.ContainsKey(person))
        {
            return null;
        }

        if (store.FindPersonKeyNow(person) is not { } wrapped)
        {
            return null;
        }

        key = Unwrap(person, wrapped);
        known[person] = key;
        StayBounded();
        return key;
    }

    /// <summary>
    /// Brings the key of a person into memory, or the knowledge that there is none. A turn that had to ask would hold
    /// its thread, and many at once would hold all threads while the connections wait for one.
    /// </summary>
    public async Task Prepare(Guid person, CancellationToken cancel)
    {
        await Load(person, cancel);
        StayBounded();
    }

    private async Task Load(Guid person, CancellationToken cancel)
    {
        if (isWhole || known.ContainsKey(person))
        {
            return;
        }

        if (await store.FindPersonKey(person, cancel) is { } wrapped)
        {
            known[person] = Unwrap(person, wrapped);
            return;
        }

        lock (gate)
        {
            if (missing.Count >= keysMax)
            {
                missing.Clear();
            }

            if (!known.ContainsKey(person))
            {
                missing[person] = true;
            }
        }
    }

    /// <summary>The same for many persons, as many as one page of rows names.</summary>
    public async Task Prepare(IReadOnlyCollection<Guid> persons, CancellationToken cancel)
    {
        // Room is made before, or the last ones would push out the first.
        StayBounded(persons.Count);
        foreach (var person in persons.Where(person => !missing.ContainsKey(person)))
        {
            await Load(person, cancel);
        }
    }

    /// <summary>Reads many keys at once, ahead of reading many rows.</summary>
    public async Task Preload(CancellationToken cancel)
    {
        await foreach (var (person, wrapped) in store.PersonKeys(keysMax, cancel))
        {
            known.TryAdd(person, UnwrapAtStart(person, wrapped));
        }

        isWhole = known.Count < keysMax;
    }

    /// <summary>Takes the keys that the coming commit must store.</summary>
    internal IReadOnlyDictionary<Guid, byte[]> TakeUnsaved()
    {
        lock (gate)
        {
            // What the commit before took is durable or was put back by now.
            saving = unsaved.Count == 0
                ? FrozenDictionary<Guid, byte[]>.Empty
                : new Dictionary<Guid, byte[]>(unsaved);
            unsaved.Clear();
            return saving;
        }
    }

    /// <summary>Gives back keys whose commit failed; storing one twice is harmless.</summary>
    internal void PutBack(IReadOnlyDictionary<Guid, byte[]> keys)
    {
        lock (gate)
        {
            foreach (var (person, key) in keys)
            {
                unsaved[person] = key;
            }
        }
    }

    /// <summary>Keys as they are stored: with the first row that needs them, in one transaction.</summary>
    internal IReadOnlyList<WrappedKey> Wrap(IReadOnlyDictionary<Guid, byte[]> keys) => keys.Count == 0
        ? []
        : [.. keys.Select(pair => new WrappedKey(pair.Key, Wrap(pair.Key, pair.Value)))];

    // Which keys go first does not matter: a miss reads the key again. One that is not durable yet must stay, or its
    // person would get a second one.
    private void StayBounded(int room = 0)
    {
        var excess = known.Count + room - keysMax;
        if (excess <= 0)
        {
            return;
        }

        lock (gate)
        {
            isWhole = false;
            foreach (var other in known.Keys.Where(IsDurable).Take(Math.Max(excess, keysMax / 10)))
            {
                known.TryRemove(other, out _);
            }
        }
    }

    private bool IsDurable(Guid person) => !unsaved.ContainsKey(person) && !saving.ContainsKey(person);

    private byte[] Wrap(Guid person, byte[] key)
    {
        var box = new byte[12 + 16 + key.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, 12));
        using var aes = new AesGcm(clubKeys.PersonWrap, 16);
        aes.Encrypt(box.AsSpan(0, 12), key, box.AsSpan(28), box.AsSpan(12, 16), person.ToByteArray());
        return box;
    }

    // A silo that went on would give the person a second key, and what the first one closed would be lost.
    private byte[] UnwrapAtStart(Guid person, byte[] box)
    {
        try
        {
            return Unwrap(person, box);
        }
        catch (InvalidDataException)
        {
            throw new RefusesToRunException(
                $"The key of person {person:N} does not open. Restore the keys folder, or run verify, then restore.");
        }
    }

    private byte[] Unwrap(Guid person, byte[] box)
    {
        try
        {
            var key = new byte[KeyBytes];
            using var aes = new AesGcm(clubKeys.PersonWrap, 16);
            aes.Decrypt(box.AsSpan(0, 12), box.AsSpan(28), box.AsSpan(12, 16), key, person.ToByteArray());
            return key;
        }
        catch (Exception damage) when (damage is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException(
                $"The key of person {person:N} was changed, or was not made with this folder's keys/master.key.");
        }
    }
}
