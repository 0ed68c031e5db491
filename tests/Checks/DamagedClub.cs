using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using SmartClub.Grains.Model;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Journal;
using SmartClub.Silo;
using SmartClub.Tests.Support;

namespace SmartClub.Tests.Checks;

/// <summary>A club that has lived a while and is down, whose database can be damaged and mended again.</summary>
internal sealed class DamagedClub : IAsyncDisposable
{
    /// <summary>The columns of a row of the journal.</summary>
    public static readonly string[] Columns =
        ["position", "kind", "stream", "version", "command_id", "content_hash", "body", "chain"];

    private DamagedClub(World world)
    {
        World = world;
        Parts = Build();
    }

    public World World { get; }

    /// <summary>The silo's parts, without a silo.</summary>
    public ServiceProvider Parts { get; private set; }

    public Random Random { get; } = new(20_261_124);

    /// <summary>Where the journal ends, whole.</summary>
    public long Head { get; private set; }

    public static async Task<DamagedClub> Make()
    {
        var world = await World.Create();
        var silo = await world.Start();
        await new RandomClub(7).Live(silo, 150);
        await silo.Commits.Settled().Happens("every send has come back");
        await silo.SnapshotAll();
        await silo.Views.WaitFor(silo.Writer.DurablePosition, default).Happens("the views are there");
        await silo.Stop();
        var club = new DamagedClub(world);
        club.Head = (await club.Verify()).Rows;
        Assert.True(club.Head > 150);
        await world.Database.Run(
            "create table kept_rows as table journal.rows; create table kept_snapshots as table journal.snapshots; "
            + "create table kept_keys as table vault.person_keys");
        return club;
    }

    /// <summary>Forgets what the silo's parts hold in memory.</summary>
    public async Task Renew()
    {
        await Parts.DisposeAsync();
        Parts = Build();
    }

    public async ValueTask DisposeAsync()
    {
        await Parts.DisposeAsync();
        await World.DisposeAsync();
    }

    // One byte of one column becomes another. False: no table could hold it.
    public async Task<bool> TryFlip(string table, string column, string where)
    {
        await using var connection = await World.Database.Open();
        byte[] bytes;
        await using (var read = new NpgsqlCommand($"select {column} from {table} where {where}", connection))
        {
            bytes = await read.ExecuteScalarAsync() switch
            {
                byte[] value => value,
                Guid value => value.ToByteArray(),
                long value => BitConverter.GetBytes(value),
                int value => BitConverter.GetBytes(value),
                short value => BitConverter.GetBytes(value),
                var other => throw new InvalidOperationException($"{table}.{column} is {other ?? "null"}"),
            };
        }

        bytes[Random.Next(bytes.Length)] ^= (byte)Random.Next(1, 256);
        await using var write = new NpgsqlCommand($"update {table} set {column} = $1 where {where}", connection);
        write.Parameters.Add(column switch
        {
            "stream" or "command_id" => new NpgsqlParameter<Guid> { TypedValue = new Guid(bytes) },
            "position" => new NpgsqlParameter<long> { TypedValue = BitConverter.ToInt64(bytes) },
            "version" or "state_version" => new NpgsqlParameter<int> { TypedValue = BitConverter.ToInt32(bytes) },
            "kind" => new NpgsqlParameter<short> { TypedValue = BitConverter.ToInt16(bytes) },
            _ => new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        });
        try
        {
            return await write.ExecuteNonQueryAsync() == 1;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    public async Task<List<RawRow>> Raw()
    {
        var rows = new List<RawRow>();
        await foreach (var row in Parts.GetRequiredService<JournalReader>().AllRaw(0, int.MaxValue))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The commands whose outcome a later row settles.</summary>
    public async Task<HashSet<CommandId>> Settled()
    {
        var settled = new HashSet<CommandId>();
        await foreach (var stored in Parts.GetRequiredService<JournalReader>().All(0, int.MaxValue))
        {
            settled.UnionWith(stored.Row.Settled.Select(s => s.Command));
        }

        return settled;
    }

    // As somebody would who can write to the database and knows how the chain is made: it holds in itself.
    public async Task Write(IEnumerable<RawRow> rows)
    {
        await using var connection = await World.Database.Open();
        await World.Database.Run("truncate journal.rows");
        var last = JournalHead.Empty;
        await using var import = await connection.BeginBinaryImportAsync(
            $"copy journal.rows ({string.Join(", ", Columns)}) from stdin (format binary)");
        foreach (var row in rows.Select(r => r with { Position = last.Position + 1 }))
        {
            last = new JournalHead(row.Position, Chain.Expected(row, last.Chain));
            await import.WriteRowAsync(
                default, row.Position, row.Grain.Kind, row.Grain.Key, row.Version, row.CommandId.Value,
                row.ContentHash, row.Body, last.Chain);
        }

        await import.CompleteAsync();
    }

    private ServiceProvider Build() => new ServiceCollection().AddLogging()
        .AddSilo(
            new SiloSettings(World.Database.Uri(), World.DataFolder, 0, null, null, null), TestSilo.Modules)
        .BuildServiceProvider();

    private Task<Verified> Verify() => Parts.GetRequiredService<Verifier>().Run(default);

    public async Task<string> Fault()
    {
        var fault = (await Assert.ThrowsAsync<FaultFoundException>(Verify)).Message;
        Assert.DoesNotMatch(@"Ruth|Lukusa|badge \d|\+243", fault);
        return fault;
    }

    public async Task IsWhole() => Assert.Equal(Head, (await Verify()).Rows);

    public Task UndoRows() =>
        World.Database.Run("truncate journal.rows; insert into journal.rows select * from kept_rows");

    public Task UndoSnapshots() =>
        World.Database.Run("truncate journal.snapshots; insert into journal.snapshots select * from kept_snapshots");

    public Task UndoView(string table) =>
        World.Database.Run($"truncate views.{table}; insert into views.{table} select * from kept_view");
}
