using Npgsql;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Views;

/// <summary>
/// Row changes that wait to be written, merged by row: of many changes to one row only their sum is written. It holds
/// because a change sets results and never adds to what is there.
/// </summary>
public sealed class ViewBatch(IReadOnlyDictionary<string, ViewTable> tables)
{
    private readonly Dictionary<string, TableChanges> changes =
        tables.ToDictionary(t => t.Key, t => new TableChanges(t.Value));

    /// <summary>Rows that will change.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a change on top of those before it.</summary>
    public void Add(RowChange change)
    {
        var table = changes[change.Table];
        var before = table.Rows.Count;
        table.Add(change);
        Count += table.Rows.Count - before;
    }

    /// <summary>The rows as they would be written to empty tables: for checking a rebuild.</summary>
    public IEnumerable<(string Table, string Key, IReadOnlyDictionary<string, object?> Columns)> Rows() =>
        Changes().Where(c => c.Columns is not null).Select(c => (c.Table, c.Key, c.Columns!));

    /// <summary>What is to be done to each row: cleared first or not, then these columns set, if any.</summary>
    internal IEnumerable<(string Table, string Key, bool Cleared, IReadOnlyDictionary<string, object?>? Columns)>
        Changes() => changes.SelectMany(
            t => t.Value.Rows, (t, row) => (t.Key, row.Key, row.Value.IsCleared, t.Value.Columns(row.Value)));

    /// <summary>Writes all changes on an open transaction.</summary>
    public async Task Write(NpgsqlConnection connection, ViewSeal seal, CancellationToken cancel)
    {
        await using var sql = new NpgsqlBatch(connection);
        foreach (var table in changes.Values.Where(t => t.Rows.Count > 0))
        {
            table.Command(sql, seal);
        }

        if (sql.BatchCommands.Count > 0)
        {
            await sql.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Forgets what was written; not before the transaction has committed.</summary>
    public void Clear()
    {
        foreach (var table in changes.Values)
        {
            table.Rows.Clear();
        }

        Count = 0;
    }
}
