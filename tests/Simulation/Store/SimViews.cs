using System.Runtime.CompilerServices;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Simulated.Core;

namespace SmartClub.Simulated.Store;

/// <summary>The tables of the views: rows and checkpoint move together or not at all.</summary>
internal sealed class SimViews(Machine machine, SimDatabase database, Faults faults, Dice dice) : IViewStore
{
    private static readonly IRowView[] AllViews =
        [new OutstandingView(), .. SimClub.Modules.SelectMany(m => m.Views).Select(v => new EventView(v))];

    private static readonly Dictionary<string, ViewTable> AllTables =
        AllViews.SelectMany(v => v.Tables).ToDictionary(t => t.Name);

    public IRowView[] Views => AllViews;

    public IReadOnlyDictionary<string, ViewTable> Tables => AllTables;

    /// <summary>The rows that the whole journal maps to.</summary>
    public static ViewBatch Map(IEnumerable<JournalRow> rows)
    {
        var batch = new ViewBatch(AllTables);
        foreach (var row in rows)
        {
            foreach (var change in AllViews.Where(v => v.Concerns(row)).SelectMany(v => v.Map(row)))
            {
                batch.Add(change);
            }
        }

        return batch;
    }

    public async Task<long> Prepare(CancellationToken cancel)
    {
        await Ask();
        if (database.ViewsAt is null)
        {
            database.ViewsAt = 0;
            foreach (var table in AllTables.Keys)
            {
                database.Views[table] = [];
            }
        }

        return database.ViewsAt.Value;
    }

    public async Task Advance(ViewBatch batch, long from, long to, CancellationToken cancel)
    {
        await Ask();
        if (database.ViewsAt != from)
        {
            throw new FencedException("The views have moved on without this silo.", null);
        }

        foreach (var (table, key, cleared, columns) in batch.Changes())
        {
            var rows = database.Views[table];
            if (cleared)
            {
                rows.Remove(key);
            }

            if (columns is not null)
            {
                var row = rows.TryGetValue(key, out var there) ? there : rows[key] = [];
                foreach (var (column, value) in columns)
                {
                    row[column] = Stored(value);
                }
            }
        }

        database.ViewsAt = to;
        if (faults.Happens(Fault.FailedRead))
        {
            throw SimDatabase.Away();
        }
    }

    public async Task<long> Reached(CancellationToken cancel)
    {
        await Ask();
        return database.ViewsAt ?? 0;
    }

    public async IAsyncEnumerable<(string Key, IReadOnlyDictionary<string, object?> Columns)> Rows(
        string table, IReadOnlyList<string> columns, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Ask();
        foreach (var (key, row) in database.Views[table].ToList())
        {
            yield return (key, columns.ToDictionary(c => c, row.GetValueOrDefault));
        }
    }

    /// <summary>A value as the database gives it back.</summary>
    public static object? Stored(object? value) => value switch
    {
        DateTimeOffset time => time.UtcDateTime,
        int or short or byte => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    private async Task Ask()
    {
        await machine.Wait(dice.Between(TimeSpan.FromMilliseconds(0.5), TimeSpan.FromMilliseconds(8)));
        if (!database.IsUp || faults.Happens(Fault.FailedRead))
        {
            throw SimDatabase.Away();
        }
    }
}
