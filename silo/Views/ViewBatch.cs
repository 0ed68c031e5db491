using System.Text;
using Npgsql;
using NpgsqlTypes;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Views;

/// <summary>
/// Row changes that wait to be written, merged by row: of many changes to one row only their sum is written. It holds
/// because a change sets results and never adds to what is there.
/// </summary>
public sealed class ViewBatch(IReadOnlyDictionary<string, ViewTable> tables)
{
    private readonly Dictionary<(string Table, string Key), Merged> changes = [];

    /// <summary>Rows that will change.</summary>
    public int Count => changes.Count;

    /// <summary>Adds a change on top of those before it.</summary>
    public void Add(RowChange change)
    {
        var place = (change.Table, change.Key);
        if (change.Columns is null)
        {
            changes[place] = new Merged(Cleared: true, null);
            return;
        }

        if (!changes.TryGetValue(place, out var merged) || merged.Columns is null)
        {
            // The first change's own columns are merged into: a map makes them anew for each event.
            var cleared = merged is { Cleared: true };
            var columns = change.Columns as Dictionary<string, object?> ?? new(change.Columns);
            changes[place] = new Merged(cleared, columns);
            return;
        }

        foreach (var (column, value) in change.Columns)
        {
            merged.Columns[column] = value;
        }
    }

    /// <summary>The rows as they would be written to empty tables: for checking a rebuild.</summary>
    public IEnumerable<(string Table, string Key, IReadOnlyDictionary<string, object?> Columns)> Rows() =>
        changes.Where(c => c.Value.Columns is not null)
            .Select(c => (c.Key.Table, c.Key.Key, (IReadOnlyDictionary<string, object?>)c.Value.Columns!));

    /// <summary>What is to be done to each row: cleared first or not, then these columns set, if any.</summary>
    internal IEnumerable<(string Table, string Key, bool Cleared, IReadOnlyDictionary<string, object?>? Columns)>
        Changes() => changes.Select(c => (
            c.Key.Table, c.Key.Key, c.Value.Cleared, (IReadOnlyDictionary<string, object?>?)c.Value.Columns));

    /// <summary>Writes all changes on an open transaction.</summary>
    public async Task Write(NpgsqlConnection connection, ViewSeal seal, CancellationToken cancel)
    {
        await using var sql = new NpgsqlBatch(connection);
        foreach (var cleared in changes.Where(c => c.Value.Cleared).GroupBy(c => c.Key.Table))
        {
            var delete = new NpgsqlBatchCommand($"delete from views.{cleared.Key} where key = any($1)");
            delete.Parameters.Add(new NpgsqlParameter<string[]>
            {
                TypedValue = [.. cleared.Select(c => c.Key.Key)],
            });
            sql.BatchCommands.Add(delete);
        }

        var puts = changes.Where(c => c.Value.Columns is not null)
            .GroupBy(c => (c.Key.Table, Columns: c.Value.Columns!), SameColumns.Comparer);
        foreach (var put in puts)
        {
            sql.BatchCommands.Add(Upsert(tables[put.Key.Table], [.. put], seal));
        }

        if (sql.BatchCommands.Count > 0)
        {
            await sql.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Forgets what was written; not before the transaction has committed.</summary>
    public void Clear() => changes.Clear();

    private static NpgsqlBatchCommand Upsert(
        ViewTable table, List<KeyValuePair<(string Table, string Key), Merged>> rows, ViewSeal seal)
    {
        var columns = rows[0].Value.Columns!.Keys.Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder($"insert into views.{table.Name} (key");
        text.Append(string.Concat(columns.Select(c => ", " + c))).Append(") select * from unnest($1");
        text.Append(string.Concat(columns.Select((_, i) => $", ${i + 2}"))).Append(") on conflict (key) do ");
        text.Append(columns.Count == 0
            ? "nothing"
            : "update set " + string.Join(", ", columns.Select(c => $"{c} = excluded.{c}")));
        var command = new NpgsqlBatchCommand(text.ToString());
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(r => r.Key.Key)] });
        foreach (var column in columns)
        {
            command.Parameters.Add(Values(
                table.Columns[column], [.. rows.Select(r => r.Value.Columns![column])], seal));
        }

        return command;
    }

    private static NpgsqlParameter Values(ColumnType type, List<object?> values, ViewSeal seal) => type switch
    {
        ColumnType.Text => Array(NpgsqlDbType.Text, values.ConvertAll(v => (string?)v)),
        ColumnType.Json => Array(NpgsqlDbType.Jsonb, values.ConvertAll(v => (string?)v)),
        ColumnType.Number => Array(NpgsqlDbType.Bigint, values.ConvertAll(Number)),
        ColumnType.Flag => Array(NpgsqlDbType.Boolean, values.ConvertAll(v => (bool?)v)),
        ColumnType.Time => Array(NpgsqlDbType.TimestampTz, values.ConvertAll(v => ((DateTimeOffset?)v)?.UtcDateTime)),
        ColumnType.Sealed => Array(NpgsqlDbType.Bytea, values.ConvertAll(v => seal.Close((string?)v))),
        ColumnType.Day => Array(NpgsqlDbType.Date, values.ConvertAll(v => (DateOnly?)v)),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static long? Number(object? value) =>
        value is null ? null : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, List<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };

    // Rows of one table that set the same columns, in whatever order, go into one statement.
    private sealed class SameColumns : IEqualityComparer<(string Table, Dictionary<string, object?> Columns)>
    {
        public static readonly SameColumns Comparer = new();

        public bool Equals(
            (string Table, Dictionary<string, object?> Columns) x,
            (string Table, Dictionary<string, object?> Columns) y)
        {
            if (x.Table != y.Table || x.Columns.Count != y.Columns.Count)
            {
                return false;
            }

            foreach (var (column, _) in x.Columns)
            {
                if (!y.Columns.ContainsKey(column))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode((string Table, Dictionary<string, object?> Columns) put)
        {
            var hash = put.Table.GetHashCode(StringComparison.Ordinal);
            foreach (var (column, _) in put.Columns)
            {
                hash ^= column.GetHashCode(StringComparison.Ordinal);
            }

            return hash;
        }
    }

    private sealed record Merged(bool Cleared, Dictionary<string, object?>? Columns);
}
