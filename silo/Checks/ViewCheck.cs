using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Checks;

/// <summary>Compares every row of every view with what a rebuild would give.</summary>
internal sealed class ViewCheck(ViewStore store, IReadOnlyDictionary<string, long> reached)
{
    private readonly ViewBatch rebuilt = new(store.Tables);

    /// <summary>Maps a row into the views that have reached it.</summary>
    public void Take(JournalRow row)
    {
        foreach (var view in store.Views)
        {
            if (reached.GetValueOrDefault(view.Name) >= row.Position && view.Concerns(row))
            {
                foreach (var change in view.Map(row))
                {
                    rebuilt.Add(change);
                }
            }
        }
    }

    /// <summary>Compares and returns the number of rows.</summary>
    public async Task<int> Compare(NpgsqlConnection connection, CancellationToken cancel)
    {
        var expected = rebuilt.Rows().ToLookup(r => r.Table);
        var count = 0;
        foreach (var table in store.Views.Where(v => reached.ContainsKey(v.Name)).SelectMany(v => v.Tables))
        {
            var rows = expected[table.Name].ToDictionary(r => r.Key, r => r.Columns);
            count += await Compare(connection, table, rows, cancel);
        }

        return count;
    }

    private async Task<int> Compare(
        NpgsqlConnection connection, ViewTable table,
        Dictionary<string, IReadOnlyDictionary<string, object?>> expected, CancellationToken cancel)
    {
        var columns = table.Columns.Keys.ToList();
        await using var command = new NpgsqlCommand(
            $"select key{string.Concat(columns.Select(c => ", " + c))} from views.{table.Name}", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var count = 0;
        while (await rows.ReadAsync(cancel))
        {
            // Keys carry ids only, so naming them says nothing about a person.
            var key = rows.GetString(0);
            Verifier.Require(
                expected.Remove(key, out var should),
                $"View {table.Name} has a row {key} that the journal does not give.");
            for (var i = 0; i < columns.Count; i++)
            {
                var found = rows.IsDBNull(i + 1) ? null : rows.GetValue(i + 1);
                Verifier.Require(
                    IsSame(table.Columns[columns[i]], should!.GetValueOrDefault(columns[i]), found),
                    $"View {table.Name}, row {key}, column {columns[i]} differs from the journal.");
            }

            count++;
        }

        Verifier.Require(expected.Count == 0, $"View {table.Name} lacks row {expected.Keys.FirstOrDefault()}.");
        return count;
    }

    private bool IsSame(ColumnType type, object? should, object? found)
    {
        if (should is null || found is null)
        {
            return should is null && found is null;
        }

        return type switch
        {
            // The database keeps microseconds.
            ColumnType.Time => ((DateTimeOffset)should).UtcTicks / 10 == ((DateTime)found).Ticks / 10,
            ColumnType.Sealed => should.Equals(Unsealed((byte[])found)),
            ColumnType.Day => (DateOnly)should == ToDay(found),
            ColumnType.Number =>
                Convert.ToInt64(should, System.Globalization.CultureInfo.InvariantCulture) == (long)found,
            ColumnType.Json => JsonNode.DeepEquals(JsonNode.Parse((string)should), JsonNode.Parse((string)found)),
            _ => should.Equals(found),
        };
    }

    // What was not sealed by this club says nothing at all.
    private string? Unsealed(byte[] found)
    {
        try
        {
            return store.Seal.Open(found);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static DateOnly ToDay(object found) =>
        found is DateTime moment ? DateOnly.FromDateTime(moment) : (DateOnly)found;
}
