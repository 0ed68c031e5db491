using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Checks;

/// <summary>
/// The journal or something derived from it is not what it should be; the message names the first fault.
/// </summary>
public sealed class FaultFoundException(string message) : Exception(message);

/// <summary>What was checked.</summary>
public sealed record Verified(long Rows, int Grains, int Snapshots, int ViewRows);

/// <summary>
/// Reads the whole journal once and checks everything against it: the chain, the signed head, versions, snapshots,
/// view rows and that no promise is forgotten. Works beside a running silo: rows are never changed, and everything
/// derived is read in one database snapshot.
/// </summary>
public sealed class Verifier(
    Database database, JournalReader reader, SignedHead signedHead, Snapshots snapshots, ViewStore views,
    IEnumerable<FeatureModule> modules)
{
    private readonly Dictionary<short, GrainDefinition> definitions =
        modules.SelectMany(m => m.Grains).ToDictionary(g => g.Kind);

    /// <summary>Checks it all.</summary>
    /// <exception cref="FaultFoundException">Something does not hold.</exception>
    public async Task<Verified> Run(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        Schema.RequireDurableCommits(connection);
        await using var frozen = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancel);
        var signed = signedHead.Read();
        var head = await ReadHead(connection, cancel);
        var reached = await ReadReached(connection, cancel);
        var snapshotCheck = new SnapshotCheck(snapshots, definitions);
        await snapshotCheck.Load(connection, cancel);
        var viewCheck = new ViewCheck(views, reached);
        var grains = new GrainCheck(definitions);
        var chain = JournalHead.Empty;
        while (chain.Position < head)
        {
            var before = chain.Position;
            await foreach (var stored in reader.All(chain.Position, Limits.CatchUpRows, cancel))
            {
                chain = CheckLink(stored, chain, signed);
                var state = grains.Take(stored.Row);
                snapshotCheck.Take(stored.Row, state);
                viewCheck.Take(stored.Row);
            }

            Require(chain.Position > before, $"The journal ends at {before}; its index says {head}.");
        }

        Require(
            signed is null || signed.Value.Position <= chain.Position,
            $"The journal ends at {chain.Position}; position {signed?.Position} was signed. The tail was cut.");
        snapshotCheck.Finish();
        return new Verified(
            chain.Position, grains.Count, snapshotCheck.Count, await viewCheck.Compare(connection, cancel));
    }

    private static JournalHead CheckLink(StoredRow stored, JournalHead before, JournalHead? signed)
    {
        var (row, body, link) = stored;
        Require(row.Position == before.Position + 1, $"Position {before.Position + 1} is missing.");
        Require(
            Chain.Expected(row, body, before.Chain).AsSpan().SequenceEqual(link),
            $"The chain breaks at position {row.Position}: the row was changed.");
        Require(
            signed?.Position != row.Position || signed.Value.Chain.AsSpan().SequenceEqual(link),
            $"The chain at position {row.Position} is not the one that was signed: it was computed anew.");
        return new JournalHead(row.Position, link);
    }

    private static async Task<long> ReadHead(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(position), 0) from journal.rows", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<Dictionary<string, long>> ReadReached(
        NpgsqlConnection connection, CancellationToken cancel)
    {
        var reached = new Dictionary<string, long>();
        await using var command = new NpgsqlCommand("select name, position from views.checkpoints", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            reached[rows.GetString(0)] = rows.GetInt64(1);
        }

        return reached;
    }

    internal static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new FaultFoundException(fault);
        }
    }
}
