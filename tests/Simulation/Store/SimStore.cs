using System.Runtime.CompilerServices;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines.Embedded;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Simulated.Core;

namespace SmartClub.Simulated.Store;

/// <summary>Reading from the simulated database: each question takes a while and may find the database away.</summary>
internal sealed class SimStore(Machine machine, SimDatabase database, Faults faults, Dice dice)
    : IJournalStore, IOwedStore
{
    public Task Migrate(CancellationToken cancel) => Ask();

    public async Task<long> Head(CancellationToken cancel)
    {
        await Ask();
        return database.Rows.Count;
    }

    public async IAsyncEnumerable<RawRow> Stream(
        GrainId grain, int afterVersion, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Ask();
        foreach (var index in Indexes(grain))
        {
            if (database.Rows[index].Version > afterVersion)
            {
                yield return database.Rows[index];
            }
        }
    }

    public async IAsyncEnumerable<RawRow> Before(
        GrainId grain, int version, int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Ask();
        foreach (var row in Indexes(grain).Select(i => database.Rows[i]).Where(r => r.Version < version)
            .OrderByDescending(r => r.Version).Take(count))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<RawRow> After(
        long position, int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Ask();
        var from = (int)Math.Clamp(position, 0, database.Rows.Count);
        foreach (var row in database.Rows.GetRange(from, Math.Min(count, database.Rows.Count - from)))
        {
            yield return row;
        }
    }

    public async Task<Snapshot?> FindSnapshot(GrainId grain, CancellationToken cancel)
    {
        await Ask();
        return database.Snapshots.GetValueOrDefault(grain);
    }

    public async Task SaveSnapshots(IReadOnlyList<Snapshot> snapshots, CancellationToken cancel)
    {
        await Ask();
        foreach (var snapshot in snapshots)
        {
            if (!database.Snapshots.TryGetValue(snapshot.Grain, out var stored) || stored.Version <= snapshot.Version)
            {
                database.Snapshots[snapshot.Grain] = snapshot;
            }
        }
    }

    public async Task<byte[]?> FindPersonKey(Guid person, CancellationToken cancel)
    {
        await Ask();
        return database.PersonKeys.GetValueOrDefault(person);
    }

    public byte[]? FindPersonKeyNow(Guid person) => database.IsUp && !faults.Happens(Fault.FailedRead)
        ? database.PersonKeys.GetValueOrDefault(person)
        : throw SimDatabase.Away();

    public async IAsyncEnumerable<WrappedKey> PersonKeys(int count, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Ask();
        foreach (var (person, wrapped) in database.PersonKeys.Take(count).ToList())
        {
            yield return new WrappedKey(person, wrapped);
        }
    }

    public Task<List<(string Key, long Position)>> Sends(CancellationToken cancel) => Owed(due => due is null);

    public Task<List<(string Key, long Position)>> Reminders(DateTimeOffset before, CancellationToken cancel) =>
        Owed(due => due <= before.UtcDateTime);

    private async Task<List<(string Key, long Position)>> Owed(Func<DateTime?, bool> isAsked)
    {
        await Ask();
        return [.. database.Views[OutstandingView.Table]
            .Where(r => isAsked((DateTime?)r.Value["due"]))
            .Select(r => (r.Key, (long)r.Value["position"]!))
            .OrderBy(r => r.Item2).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    private IReadOnlyList<int> Indexes(GrainId grain) =>
        database.Streams.TryGetValue(grain, out var stream) ? [.. stream] : [];

    private async Task Ask()
    {
        await machine.Wait(dice.Between(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(3)));
        if (!database.IsUp || faults.Happens(Fault.FailedRead))
        {
            throw SimDatabase.Away();
        }
    }
}

/// <summary>The signed head; a file that is always whole.</summary>
internal sealed class SimSignedHead(SimDatabase database) : ISignedHead
{
    public void Write(JournalHead head) => database.SignedHead = head;

    public JournalHead? Read() => database.SignedHead;
}
