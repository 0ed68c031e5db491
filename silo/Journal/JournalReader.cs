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
    public Task<List<JournalRow>> Stream(GrainId grain, int afterVersion, CancellationToken cancel = default) =>
        Rows(store.Stream(grain, afterVersion, cancel), cancel);

    /// <summary>Rows of one grain before a version, newest first.</summary>
    public Task<List<JournalRow>> Before(
        GrainId grain, int version, int count, CancellationToken cancel = default) =>
        Rows(store.Before(grain, version, count, cancel), cancel);

    /// <summary>One row, or null.</summary>
    public async Task<JournalRow?> At(long position, CancellationToken cancel = default)
    {
        var rows = await Rows(store.After(position - 1, 1, cancel), cancel);
        return rows is [var row] && row.Position == position ? row : null;
    }

    /// <summary>The first position at or after a moment; one after the head where there is none.</summary>
    public async Task<long> FirstSince(DateTimeOffset moment, CancellationToken cancel = default)
    {
        var (from, to) = (1L, await store.Head(cancel) + 1);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            if (await Time(middle, cancel) < moment)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }

    /// <summary>Rows of all grains after a position, in order, with their bytes.</summary>
    public async IAsyncEnumerable<StoredRow> All(
        long after, int count, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        while (count > 0)
        {
            var asked = Math.Min(count, Limits.CatchUpRows);
            var page = await Page(store.After(after, asked, cancel), cancel);
            foreach (var raw in page)
            {
                yield return Decode(raw);
                after = raw.Position;
            }

            count = page.Count < asked ? 0 : count - asked;
        }
    }

    /// <summary>The same without decoding, for who checks the bytes first.</summary>
    public IAsyncEnumerable<RawRow> AllRaw(long after, int count, CancellationToken cancel = default) =>
        store.After(after, count, cancel);

    /// <summary>What a row says.</summary>
    public StoredRow Decode(RawRow raw) => new(
        codec.Decode(raw.Position, raw.Grain, raw.Version, raw.CommandId, raw.ContentHash, raw.Body),
        raw.Body, raw.Chain);

    private async Task<List<JournalRow>> Rows(IAsyncEnumerable<RawRow> stored, CancellationToken cancel) =>
        (await Page(stored, cancel)).ConvertAll(raw => Decode(raw).Row);

    // Read whole and let go of the connection before keys are asked for: who held one and waited for another would
    // wait for everybody else who does the same.
    private async Task<List<RawRow>> Page(IAsyncEnumerable<RawRow> stored, CancellationToken cancel)
    {
        var page = new List<RawRow>();
        await foreach (var raw in stored.WithCancellation(cancel))
        {
            page.Add(raw);
        }

        await codec.Prepare(page, cancel);
        return page;
    }

    private async Task<DateTimeOffset> Time(long position, CancellationToken cancel)
    {
        await foreach (var raw in store.After(position - 1, 1, cancel))
        {
            return RowCodec.TimeOf(raw.Body);
        }

        throw new InvalidDataException($"Row {position} is missing.");
    }
}
