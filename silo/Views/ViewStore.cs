using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Views;

/// <summary>The tables of all views, their checkpoints, and how a view is built anew.</summary>
public sealed class ViewStore : IViewStore
{
    private readonly Database database;
    private readonly JournalReader reader;

    /// <summary>Knows the views of these modules and the silo's own.</summary>
    public ViewStore(IEnumerable<FeatureModule> modules, Database database, JournalReader reader, ViewSeal seal)
    {
        Seal = seal;
        this.database = database;
        this.reader = reader;
        List<FeatureModule> all = [.. modules];
        var ofFeatures = all.SelectMany(m => m.Views).Select(v => new EventView(v));
        Views = [new OutstandingView(), new AuditView(all), .. ofFeatures];
        Tables = Views.SelectMany(v => v.Tables).ToDictionary(t => t.Name);
    }

    /// <summary>Closes and opens sealed columns.</summary>
    public ViewSeal Seal { get; }

    /// <inheritdoc/>
    public IRowView[] Views { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, ViewTable> Tables { get; }

    /// <inheritdoc/>
    public async Task<long> Prepare(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var stored = await Checkpoints(connection, cancel);
        await ForgetOthers(connection, stored.Keys.Except(Views.Select(v => v.Name)).ToArray(), cancel);
        var current = Views.Where(v => stored.TryGetValue(v.Name, out var s) && s.Version == v.Version).ToList();
        var reached = current.Count == 0 ? await reader.Head(cancel) : current.Min(v => stored[v.Name].Position);
        foreach (var view in Views.Except(current))
        {
            await Create(connection, view, cancel);
        }

        // Views move in step, so a view that is new or behind the others is brought to where they are.
        var elsewhere = Views.Where(v => !current.Contains(v) || stored[v.Name].Position != reached);
        await Rebuild([.. elsewhere], reached, cancel);
        return reached;
    }

    /// <summary>
    /// Builds views from position 0 up to a position, in one transaction: readers see the old rows until it commits.
    /// </summary>
    public async Task Rebuild(IReadOnlyList<IRowView> views, long upTo, CancellationToken cancel)
    {
        if (views.Count == 0)
        {
            return;
        }

        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var table in views.SelectMany(v => v.Tables))
        {
            await Execute(connection, $"delete from views.{table.Name}", cancel);
        }

        var batch = new ViewBatch(Tables);
        await foreach (var row in Rows(upTo, cancel))
        {
            foreach (var change in views.Where(v => v.Concerns(row)).SelectMany(v => v.Map(row)))
            {
                batch.Add(change);
            }

            if (batch.Count >= Limits.ViewBatchRows)
            {
                await batch.Write(connection, Seal, cancel);
                batch.Clear();
            }
        }

        await batch.Write(connection, Seal, cancel);
        foreach (var view in views)
        {
            await using var command = new NpgsqlCommand(
                "insert into views.checkpoints values ($1, $2, $3) on conflict (name) do update "
                + "set version = excluded.version, position = excluded.position",
                connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = view.Name });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = view.Version });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
            await command.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <inheritdoc/>
    public async Task Advance(ViewBatch batch, long from, long to, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await batch.Write(connection, Seal, cancel);
        await using var command = new NpgsqlCommand(
            "update views.checkpoints set position = $2 where position = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = to });
        if (await command.ExecuteNonQueryAsync(cancel) < Views.Length)
        {
            throw new FencedException("The views have moved on without this silo.", null);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <inheritdoc/>
    public async Task<long> Reached(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var stored = await Checkpoints(connection, cancel);
        return Views.Min(v => stored.TryGetValue(v.Name, out var s) ? s.Position : 0);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<(string Key, IReadOnlyDictionary<string, object?> Columns)> Rows(
        string table, IReadOnlyList<string> columns,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var more = string.Concat(columns.Select(c => ", " + c));
        await using var command = new NpgsqlCommand($"select key{more} from views.{table}", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var values = new Dictionary<string, object?>(columns.Count);
            for (var i = 0; i < columns.Count; i++)
            {
                values[columns[i]] = rows.IsDBNull(i + 1) ? null : rows.GetValue(i + 1);
            }

            yield return (rows.GetString(0), values);
        }
    }

    private async IAsyncEnumerable<JournalRow> Rows(
        long upTo, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (long after = 0; after < upTo;)
        {
            var before = after;
            await foreach (var stored in reader.All(after, Limits.CatchUpRows, cancel))
            {
                after = stored.Row.Position;
                if (after <= upTo)
                {
                    yield return stored.Row;
                }
            }

            if (after == before)
            {
                throw new InvalidDataException($"The journal ends at {after}, before the views' position {upTo}.");
            }
        }
    }

    // Views that an older silo kept: their rows would stay, persons' data among them, and nobody would read them.
    private async Task ForgetOthers(NpgsqlConnection connection, string[] gone, CancellationToken cancel)
    {
        if (gone.Length == 0)
        {
            return;
        }

        var tables = new List<string>();
        await using (var command = new NpgsqlCommand(
            "select quote_ident(tablename) from pg_tables where schemaname = 'views' and tablename <> all($1)",
            connection))
        {
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Tables.Keys, "checkpoints"] });
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                tables.Add(rows.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            await Execute(connection, $"drop table views.{table}", cancel);
        }

        await using var delete = new NpgsqlCommand("delete from views.checkpoints where name = any($1)", connection);
        delete.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = gone });
        await delete.ExecuteNonQueryAsync(cancel);
    }

    private static async Task Create(NpgsqlConnection connection, IRowView view, CancellationToken cancel)
    {
        foreach (var table in view.Tables)
        {
            var columns = string.Concat(table.Columns.Select(c => $", {c.Key} {SqlType(c.Value)}"));
            await Execute(connection, $"drop table if exists views.{table.Name}", cancel);

            // Room on each page for new versions of its rows: a change of columns without an index then touches none.
            await Execute(
                connection,
                $"create table views.{table.Name} (key text collate \"C\" primary key{columns}) with (fillfactor = 80)",
                cancel);
            foreach (var index in table.Indexes)
            {
                await Execute(connection, $"create index on views.{table.Name} ({index})", cancel);
            }
        }
    }

    private static string SqlType(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Number => "bigint",
        ColumnType.Flag => "boolean",
        ColumnType.Time => "timestamptz",
        ColumnType.Day => "date",
        ColumnType.Json => "jsonb",
        ColumnType.Sealed => "bytea",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static async Task<Dictionary<string, (int Version, long Position)>> Checkpoints(
        NpgsqlConnection connection, CancellationToken cancel)
    {
        var found = new Dictionary<string, (int, long)>();
        await using var command = new NpgsqlCommand(
            "select name, version, position from views.checkpoints", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            found[rows.GetString(0)] = (rows.GetInt32(1), rows.GetInt64(2));
        }

        return found;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
