using SmartClub.Grains.Model;

namespace SmartClub.Silo.Engines.Embedded;

/// <summary>
/// Which commands a grain has answered, and at which position the answer stands: 24 bytes a command. Open addressing
/// in two plain arrays, because an idle member must stay small and a hot grain answers 100,000 a second.
/// </summary>
internal sealed class OutcomeIndex
{
    private Guid[] ids = [];
    private long[] positions = [];

    /// <summary>How many are known.</summary>
    public int Count { get; private set; }

    /// <summary>Where the command was answered.</summary>
    public bool TryFind(CommandId id, out long position)
    {
        if (Count > 0)
        {
            var slot = Slot(id.Value);
            position = positions[slot];
            return position != 0;
        }

        position = 0;
        return false;
    }

    /// <summary>Remembers an answer; a later position replaces an earlier one.</summary>
    public void Add(CommandId id, long position)
    {
        // Three quarters full at the most keeps probes short.
        if ((Count + 1) * 4 > ids.Length * 3)
        {
            Resize(Math.Max(8, ids.Length * 2));
        }

        var slot = Slot(id.Value);
        if (positions[slot] == 0)
        {
            ids[slot] = id.Value;
            Count++;
        }

        positions[slot] = position;
    }

    /// <summary>The same answers, which no longer change.</summary>
    public OutcomeIndex Copy() => new() { ids = [.. ids], positions = [.. positions], Count = Count };

    /// <summary>All of them, for a snapshot; older ones than <paramref name="from"/> are past their time.</summary>
    public IEnumerable<(CommandId Id, long Position)> Since(long from)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            if (positions[i] >= from && positions[i] != 0)
            {
                yield return (new CommandId(ids[i]), positions[i]);
            }
        }
    }

    private int Slot(Guid id)
    {
        // Ids are hashes already, so any of their bits will do.
        var mask = ids.Length - 1;
        var slot = id.GetHashCode() & mask;
        while (positions[slot] != 0 && ids[slot] != id)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Resize(int size)
    {
        var (oldIds, oldPositions) = (ids, positions);
        ids = new Guid[size];
        positions = new long[size];
        for (var i = 0; i < oldPositions.Length; i++)
        {
            if (oldPositions[i] != 0)
            {
                var slot = Slot(oldIds[i]);
                ids[slot] = oldIds[i];
                positions[slot] = oldPositions[i];
            }
        }
    }
}
