using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Past;

/// <summary>A row of a view as it was.</summary>
public sealed record PastRow(string Key, IReadOnlyDictionary<string, object?> Columns)
{
    /// <summary>A text, or null.</summary>
    public string? Text(string column) => Columns.GetValueOrDefault(column) as string;

    /// <summary>A number; 0 where there is none.</summary>
    public long Number(string column) => Columns.GetValueOrDefault(column) is { } value
        ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
        : 0;

    /// <summary>A moment, as exact as the database keeps it; the beginning of time where there is none.</summary>
    public DateTimeOffset Time(string column) => Columns.GetValueOrDefault(column) is DateTimeOffset moment
        ? moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond))
        : DateTimeOffset.MinValue;
}

/// <summary>The tables of some views after some rows, held in memory: what the database showed then.</summary>
public sealed class PastTables
{
    private readonly Dictionary<(string Table, string Key), Dictionary<string, object?>> rows = [];

    /// <summary>Maps rows by views.</summary>
    public static PastTables Of(IEnumerable<IView> views, IEnumerable<JournalRow> journal)
    {
        var tables = new PastTables();
        var maps = views.ToList();
        foreach (var row in journal)
        {
            for (var i = 0; i < row.Events.Count; i++)
            {
                var type = row.Events[i].GetType();
                var asked = maps.Where(view => view.Events.Contains(type));
                foreach (var change in asked.SelectMany(view => view.Map(row.Recorded(i))))
                {
                    tables.Take(change);
                }
            }
        }

        return tables;
    }

    /// <summary>One row, or null.</summary>
    public PastRow? Find(string table, string key) =>
        rows.TryGetValue((table, key), out var columns) ? new PastRow(key, columns) : null;

    /// <summary>A table's rows, newest first by a moment, then by key.</summary>
    public IEnumerable<PastRow> Newest(string table, string moment) => rows
        .Where(row => row.Key.Table == table).Select(row => new PastRow(row.Key.Key, row.Value))
        .OrderByDescending(row => row.Time(moment)).ThenBy(row => row.Key, StringComparer.Ordinal);

    private void Take(RowChange change)
    {
        var place = (change.Table, change.Key);
        if (change.Columns is null)
        {
            rows.Remove(place);
            return;
        }

        if (!rows.TryGetValue(place, out var columns))
        {
            rows[place] = columns = [];
        }

        foreach (var (name, value) in change.Columns)
        {
            columns[name] = value;
        }
    }
}
