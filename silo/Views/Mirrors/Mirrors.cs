using System.Collections.Frozen;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views.Mirrors;

/// <summary>A view's table held in memory, for questions that every scan asks.</summary>
public interface IMirror
{
    /// <summary>The table.</summary>
    string Table { get; }

    /// <summary>The columns it needs.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>A row was set; only columns that changed may be there.</summary>
    void Put(string key, IReadOnlyDictionary<string, object?> columns);

    /// <summary>A row was removed.</summary>
    void Remove(string key);
}

/// <summary>
/// Keeps the mirrors: loaded from the views' tables at start, then moved on by the journal before any reply that
/// depends on it is released. So who was told "badge added" finds the badge working.
/// </summary>
public sealed class MirrorSet : ICommitListener
{
    private readonly Dictionary<string, IMirror> byTable;
    private readonly FrozenDictionary<Type, IView[]> byEvent;

    /// <summary>Feeds these mirrors from the views that own their tables.</summary>
    public MirrorSet(IEnumerable<IMirror> mirrors, IEnumerable<FeatureModule> modules)
    {
        byTable = mirrors.ToDictionary(m => m.Table);
        byEvent = modules.SelectMany(m => m.Views).Where(v => v.Tables.Any(t => byTable.ContainsKey(t.Name)))
            .SelectMany(v => v.Events.Select(e => (Event: e, View: v))).GroupBy(p => p.Event, p => p.View)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray());
    }

    /// <inheritdoc/>
    public void Committed(IReadOnlyList<PendingRow> rows)
    {
        foreach (var row in rows)
        {
            Take(row);
        }
    }

    /// <summary>Moves the mirrors on by one row.</summary>
    public void Take(JournalRow row)
    {
        for (var i = 0; i < row.Events.Count; i++)
        {
            if (!byEvent.TryGetValue(row.Events[i].GetType(), out var concerned))
            {
                continue;
            }

            foreach (var change in concerned.SelectMany(v => v.Map(row.Recorded(i))))
            {
                Take(change);
            }
        }
    }

    /// <summary>Loads all mirrors from the views' tables.</summary>
    public async Task Load(IViewStore store, CancellationToken cancel)
    {
        foreach (var mirror in byTable.Values)
        {
            await foreach (var (key, columns) in store.Rows(mirror.Table, mirror.Columns, cancel))
            {
                mirror.Put(key, columns);
            }
        }
    }

    private void Take(RowChange change)
    {
        if (!byTable.TryGetValue(change.Table, out var mirror))
        {
            return;
        }

        if (change.Columns is null)
        {
            mirror.Remove(change.Key);
        }
        else
        {
            mirror.Put(change.Key, change.Columns);
        }
    }
}
