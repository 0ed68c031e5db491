using System.Diagnostics;
using Npgsql;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>The same members in plain tables of PostgreSQL: no history, no rules, nobody told.</summary>
internal sealed class ImportPeers : IAsyncDisposable
{
    private static readonly string[] Tables = ["peer_members", "peer_memberships", "peer_badges"];
    private readonly NpgsqlDataSource source;

    private ImportPeers(NpgsqlDataSource source) => this.source = source;

    public static async Task<ImportPeers> Create(string uri)
    {
        var source = NpgsqlDataSource.Create(new Database(uri).ConnectionString);
        await using var make = source.CreateCommand(
            "create table peer_members (id uuid primary key, first_name text, last_name text, email text unique, "
            + "phone text unique);"
            + "create table peer_memberships (id uuid primary key, member uuid references peer_members, plan text, "
            + "starts_on text, paid text);"
            + "create table peer_badges (value text primary key, member uuid references peer_members);");
        await make.ExecuteNonQueryAsync();
        return new ImportPeers(source);
    }

    /// <summary>Seconds of copying all rows in one transaction.</summary>
    public async Task<double> Copy(List<string[]> people)
    {
        await Empty();
        var ids = people.ConvertAll(_ => Guid.NewGuid());
        var clock = Stopwatch.StartNew();
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in Tables)
        {
            await using var copy = await connection.BeginBinaryImportAsync($"copy {table} from stdin (format binary)");
            for (var i = 0; i < people.Count; i++)
            {
                await copy.StartRowAsync();
                foreach (var value in Values(table, ids[i], people[i]))
                {
                    await copy.WriteAsync(value);
                }
            }

            await copy.CompleteAsync();
        }

        await transaction.CommitAsync();
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Seconds of a transaction for each member, by some clients at once.</summary>
    public async Task<double> TransactionPerMember(List<string[]> people, int clients)
    {
        await Empty();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            people,
            new ParallelOptions { MaxDegreeOfParallelism = clients },
            async (person, cancel) =>
            {
                var id = Guid.NewGuid();
                await using var connection = await source.OpenConnectionAsync(cancel);
                await using var batch = new NpgsqlBatch(connection);
                foreach (var table in Tables)
                {
                    var values = Values(table, id, person);
                    var places = string.Join(", ", values.Select((_, i) => $"${i + 1}"));
                    var insert = new NpgsqlBatchCommand($"insert into {table} values ({places})");
                    foreach (var value in values)
                    {
                        insert.Parameters.Add(new NpgsqlParameter { Value = value });
                    }

                    batch.BatchCommands.Add(insert);
                }

                await batch.ExecuteNonQueryAsync(cancel);
            });
        return clock.Elapsed.TotalSeconds;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task Empty()
    {
        await using var empty = source.CreateCommand("truncate peer_members, peer_memberships, peer_badges");
        await empty.ExecuteNonQueryAsync();
    }

    private static object[] Values(string table, Guid id, string[] person) => table switch
    {
        "peer_members" => [id, person[0], person[1], person[2], person[3]],
        "peer_memberships" => [Guid.NewGuid(), id, person[4], person[5], person[6]],
        _ => [person[7], id],
    };
}
