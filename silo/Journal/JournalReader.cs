using System.Runtime.CompilerServices;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Journal;

/// <summary>A row with the bytes it was decoded from, for checking.</summary>
public readonly record struct StoredRow(JournalRow Row, byte[] Body, byte[] Chain);

/// <summary>Reads the journal: by stream, by position, by command.</summary>
public sealed class JournalReader(IJournalStore store, RowCodec codec)
{
    /// <summary>The last stored position; 0 where there is none.</summary>
    public Task<long> Head(CancellationToken cancel = default) => store.Head(cancel);

    /// <summary>Rows of one grain after a version, in order.</summary>
    public async Task<List<JournalRow>> Stream(GrainId grain, int afterVersion, CancellationToken cancel = default)
    {
        var rows = new List<JournalRow>();
        await foreach (var raw in store.Stream(grain, afterVersion, cancel))
        {
            rows.Add(Decode(raw).Row);
        }

        return rows;
    }

    /// <summary>Rows of one grain before a version, newest first.</summary>
    public async Task<List<JournalRow>> Before(
        GrainId grain, int version, int count, CancellationToken cancel = default)
    {
        var rows = new List<JournalRow>();
        await foreach (var raw in store.Before(grain, version, count, cancel))
        {
            rows.Add(Decode(raw).Row);
        }

        return rows;
    }

    /// <summary>One row, or null.</summary>
    public async Task<JournalRow?> At(long position, CancellationToken cancel = default)
    {
        await foreach (var raw in store.After(position - 1, 1, cancel))
        {
            return raw.Position == position ? Decode(raw).Row : null;
        }

        return null;
    }

    /// <summary>Rows of all grains after a position, in order, with their bytes.</summary>
    public async IAsyncEnumerable<StoredRow> All(
        long after, int count, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var raw in store.After(after, count, cancel))
        {
            yield return Decode(raw);
        }
    }

    /// <summary>The same without decoding, for who checks the bytes first.</summary>
    public IAsyncEnumerable<RawRow> AllRaw(long after, int count, CancellationToken cancel = default) =>
        store.After(after, count, cancel);

    /// <summary>What a row says.</summary>
    public StoredRow Decode(RawRow raw) => new(
        codec.Decode(raw.Position, raw.Grain, raw.Version, raw.CommandId, raw.ContentHash, raw.Body),
        raw.Body, raw.Chain);
}
