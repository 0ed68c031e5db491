using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using SmartClub.Grains.Model;

namespace SmartClub.Silo.Views;

/// <summary>
/// The changes to one table's rows that wait. Under load thousands of them wait for a second, so a row is kept as an
/// array of its columns and one bit for each that is set.
/// </summary>
internal sealed class TableChanges
{
    private readonly ViewTable table;
    private readonly string[] names;
    private readonly Dictionary<string, int> places;

    public TableChanges(ViewTable table)
    {
        this.table = table;
        names = [.. table.Columns.Keys.Order(StringComparer.Ordinal)];
        places = names.Select((name, place) => (name, place)).ToDictionary(c => c.name, c => c.place);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Length, 8 * sizeof(ulong));
    }

    /// <summary>What is to be done to each row, by its key.</summary>
    public Dictionary<string, MergedRow> Rows { get; } = [];

    /// <summary>Adds a change on top of those before it.</summary>
    public void Add(RowChange change)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(Rows, change.Key, out _);
        if (change.Columns is null)
        {
            row = new MergedRow(IsCleared: true, Values: null, Set: 0);
            return;
        }

        var (values, set) = (row.Values ?? new object?[names.Length], row.Set);
        foreach (var (column, value) in change.Columns)
        {
            var place = places[column];
            values[place] = value;
            set |= 1UL << place;
        }

        row = row with { Values = values, Set = set };
    }

    /// <summary>The columns that a row's change sets; null: it only clears the row.</summary>
    public IReadOnlyDictionary<string, object?>? Columns(MergedRow row) =>
        row.Values is null ? null : Places(row.Set).ToDictionary(place => names[place], place => row.Values[place]);

    /// <summary>Adds what writes these rows: cleared ones first, then by the columns that are set.</summary>
    public void Command(NpgsqlBatch sql, ViewSeal seal)
    {
        string[] cleared = [.. Rows.Where(r => r.Value.IsCleared).Select(r => r.Key)];
        if (cleared.Length > 0)
        {
            var delete = new NpgsqlBatchCommand($"delete from views.{table.Name} where key = any($1)");
            delete.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = cleared });
            sql.BatchCommands.Add(delete);
        }

        foreach (var put in Rows.Where(r => r.Value.Values is not null).GroupBy(r => r.Value.Set))
        {
            sql.BatchCommands.Add(Upsert(put.Key, [.. put], seal));
        }
    }

    private NpgsqlBatchCommand Upsert(ulong set, List<KeyValuePair<string, MergedRow>> rows, ViewSeal seal)
    {
        int[] columns = [.. Places(set)];
        var text = new StringBuilder($"insert into views.{table.Name} (key");
        text.Append(string.Concat(columns.Select(c => ", " + names[c]))).Append(") select * from unnest($1");
        text.Append(string.Concat(columns.Select((_, i) => $", ${i + 2}"))).Append(") on conflict (key) do ");
        text.Append(columns.Length == 0
            ? "nothing"
            : "update set " + string.Join(", ", columns.Select(c => $"{names[c]} = excluded.{names[c]}")));
        var command = new NpgsqlBatchCommand(text.ToString());
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(r => r.Key)] });
        foreach (var column in columns)
        {
            command.Parameters.Add(Values(
                table.Columns[names[column]], rows.ConvertAll(r => r.Value.Values![column]), seal));
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
        value is null ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, List<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };

    private static IEnumerable<int> Places(ulong set)
    {
        for (; set != 0; set &= set - 1)
        {
            yield return BitOperations.TrailingZeroCount(set);
        }
    }
}

/// <summary>What many changes come to for one row.</summary>
/// <param name="IsCleared">It is removed first.</param>
/// <param name="Values">What its columns become, by their place; null: nothing is written.</param>
/// <param name="Set">One bit for each column that is set.</param>
internal readonly record struct MergedRow(bool IsCleared, object?[]? Values, ulong Set);
