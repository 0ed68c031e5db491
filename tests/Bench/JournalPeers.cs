using System.Buffers.Binary;
using System.Security.Cryptography;
using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// What PostgreSQL takes from plain clients on a table like the journal's, indexes included, with rows like ours:
/// the bodies are a real one of ours again and again. Positions are given out by the clients themselves.
/// </summary>
internal sealed class JournalPeers : IAsyncDisposable
{
    private const int CopyRows = 100;
    private const int Purses = 1_000;
    private readonly NpgsqlDataSource source;
    private readonly byte[] body;
    private readonly byte[] hash = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] link = RandomNumberGenerator.GetBytes(32);
    private long position;
    private long acknowledged;
    private long sent;

    private JournalPeers(NpgsqlDataSource source, byte[] body)
    {
        this.source = source;
        this.body = body;
    }

    public static async Task<JournalPeers> Create(string uri)
    {
        var settings = new NpgsqlConnectionStringBuilder(new Database(uri).ConnectionString) { MaxPoolSize = 64 };
        var source = NpgsqlDataSource.Create(settings.ConnectionString);
        await using var make = source.CreateCommand(
            "create table peer_rows (like journal.rows including all);"
            + "create table peer_purse (id int primary key, paid_out bigint not null, paid_in bigint not null);"
            + $"insert into peer_purse select i, 0, 0 from generate_series(0, {Purses - 1}) i;"
            + "create table peer_send (id uuid primary key, payee int not null, is_done bool not null);"
            + "create table peer_effect (id uuid primary key)");
        await make.ExecuteNonQueryAsync();
        await using var any = source.CreateCommand("select body from journal.rows order by position desc limit 1");
        return new JournalPeers(source, await any.ExecuteScalarAsync() as byte[] ?? []);
    }

    /// <summary>One row per commit.</summary>
    public async Task<Run> Inserts(int clients, TimeSpan warmUp, TimeSpan length)
    {
        await Empty();
        var commands = new List<NpgsqlCommand>();
        for (var i = 0; i < clients; i++)
        {
            var command = new NpgsqlCommand(
                "insert into peer_rows values ($1, 1000, $2, $3, $4, $5, $6, $7)", await source.OpenConnectionAsync());
            command.Parameters.Add(new NpgsqlParameter<long>());
            command.Parameters.Add(new NpgsqlParameter<Guid>());
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 1 });
            command.Parameters.Add(new NpgsqlParameter<Guid>());
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = link });
            await command.PrepareAsync();
            commands.Add(command);
        }

        var run = await Load.Closed(clients, warmUp, length, async caller =>
        {
            var command = commands[caller];
            ((NpgsqlParameter<long>)command.Parameters[0]).TypedValue = Interlocked.Increment(ref position);
            ((NpgsqlParameter<Guid>)command.Parameters[1]).TypedValue = Guid.NewGuid();
            ((NpgsqlParameter<Guid>)command.Parameters[3]).TypedValue = Guid.NewGuid();
            var rows = await command.ExecuteNonQueryAsync();
            Interlocked.Add(ref acknowledged, rows);
            return rows == 1;
        });
        await Close(commands);
        return run;
    }

    /// <summary>A hundred rows per commit by binary COPY of bytes that are ready: as fast as the server goes.</summary>
    public async Task<Run> Copies(int connections, TimeSpan warmUp, TimeSpan length)
    {
        await Empty();
        var open = new List<(NpgsqlConnection Connection, byte[] Rows)>();
        for (var i = 0; i < connections; i++)
        {
            open.Add((await source.OpenConnectionAsync(), Template()));
        }

        var run = await Load.Closed(connections, warmUp, length, async caller =>
        {
            var (connection, rows) = open[caller];
            Renumber(rows);
            await using (var copy = await connection.BeginRawBinaryCopyAsync(
                "copy peer_rows from stdin (format binary)"))
            {
                await copy.WriteAsync(rows);
            }

            Interlocked.Add(ref acknowledged, CopyRows);
            return true;
        });
        foreach (var (connection, _) in open)
        {
            await connection.DisposeAsync();
        }

        return run with { Operations = run.Operations * CopyRows };
    }

    /// <summary>Whether the table holds what was acknowledged since it was last empty.</summary>
    public async Task<bool> HoldsAll()
    {
        await using var count = source.CreateCommand("select count(*) from peer_rows");
        return (long)(await count.ExecuteScalarAsync())! == Interlocked.Read(ref acknowledged);
    }

    /// <summary>
    /// A send without grains: one transaction takes and notes the send, another gives, once, and ticks it off.
    /// </summary>
    public async Task<Run> TwoTransactions(int clients, TimeSpan warmUp, TimeSpan length)
    {
        var connections = new List<NpgsqlConnection>();
        for (var i = 0; i < clients; i++)
        {
            connections.Add(await source.OpenConnectionAsync());
        }

        var run = await Load.Closed(clients, warmUp, length, async caller =>
        {
            var payer = Random.Shared.Next(Purses);
            var payee = (payer + 1 + Random.Shared.Next(Purses - 1)) % Purses;
            var id = Guid.NewGuid();
            await Locked(
                connections[caller], payer, "paid_out",
                ("insert into peer_send values ($1, $2, false)", [id, payee]));
            await Locked(
                connections[caller], payee, "paid_in",
                ("insert into peer_effect values ($1)", [id]),
                ("update peer_send set is_done = true where id = $1", [id]));
            Interlocked.Increment(ref sent);
            return true;
        });
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        return run;
    }

    /// <summary>Whether every send had its effect, once.</summary>
    public async Task<bool> IsBalanced()
    {
        await using var sums = source.CreateCommand(
            "select sum(paid_out)::bigint, sum(paid_in)::bigint, (select count(*) from peer_effect), "
            + "(select count(*) from peer_send where is_done) from peer_purse");
        await using var row = await sums.ExecuteReaderAsync();
        await row.ReadAsync();
        return Enumerable.Range(0, 4).All(i => row.GetInt64(i) == Interlocked.Read(ref sent));
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    // The row is locked and read first, because the program decides on what it finds; the rest goes in one batch.
    private static async Task Locked(
        NpgsqlConnection connection, int purse, string column, params (string Sql, object[] Values)[] more)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var find = new NpgsqlCommand(
            "select paid_out, paid_in from peer_purse where id = $1 for update", connection);
        find.Parameters.Add(new NpgsqlParameter<int> { TypedValue = purse });
        await find.ExecuteScalarAsync();
        await using var batch = new NpgsqlBatch(connection);
        var move = ($"update peer_purse set {column} = {column} + 1 where id = $1", new object[] { purse });
        foreach (var (sql, values) in more.Prepend(move))
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private async Task Empty()
    {
        await using var truncate = source.CreateCommand("truncate peer_rows");
        await truncate.ExecuteNonQueryAsync();
        acknowledged = 0;
    }

    private static async Task Close(List<NpgsqlCommand> commands)
    {
        foreach (var command in commands)
        {
            await command.Connection!.DisposeAsync();
        }
    }

    private byte[] Template()
    {
        using var rows = new MemoryStream();
        rows.Write(JournalConnection.CopyHeader);
        for (var i = 0; i < CopyRows; i++)
        {
            rows.Write([0, 8]);
            byte[][] fields = [new byte[8], [3, 232], new byte[16], [0, 0, 0, 1], new byte[16], hash, body, link];
            foreach (var field in fields)
            {
                var length = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
                rows.Write(length);
                rows.Write(field);
            }
        }

        rows.Write(JournalConnection.CopyTrailer);
        return rows.ToArray();
    }

    // New positions, streams and commands in place; all rows of the template are equally long.
    private void Renumber(byte[] rows)
    {
        var header = JournalConnection.CopyHeader.Length;
        var row = (rows.Length - header - JournalConnection.CopyTrailer.Length) / CopyRows;
        for (var i = 0; i < CopyRows; i++)
        {
            var at = rows.AsSpan(header + (i * row), row);
            BinaryPrimitives.WriteInt64BigEndian(at[6..], Interlocked.Increment(ref position));
            Guid.NewGuid().TryWriteBytes(at[24..]);
            Guid.NewGuid().TryWriteBytes(at[52..]);
        }
    }
}
