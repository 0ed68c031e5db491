using Npgsql;
using SmartClub.Grains.Model;
using SmartClub.Setup;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Checks;

/// <summary>
/// The journal or something derived from it is not what it should be; the message names the first fault.
/// </summary>
public sealed class FaultFoundException(FormattableString sentence) : Exception(Words.English(sentence))
{
    /// <summary>What is said to whoever had it checked.</summary>
    public FormattableString Sentence => sentence;
}

/// <summary>What was checked.</summary>
public sealed record Verified(long Rows, int Grains, int Snapshots, int ViewRows)
{
    /// <summary>
    /// What is wrong with pictures and documents. The club runs without them, so they keep no backup from coming back.
    /// </summary>
    public IReadOnlyList<FormattableString> MediaFaults { get; init; } = [];
}

/// <summary>
/// Reads the whole journal once and checks everything against it: the chain, the signed head, versions, snapshots,
/// view rows and that no promise is forgotten. Works beside a running silo: rows are never changed, and everything
/// derived is read in one database snapshot.
/// </summary>
public sealed class Verifier(
    Database database, JournalReader reader, ISignedHead signedHead, Snapshots snapshots, ViewStore views,
    Media.MediaStore media, IEnumerable<FeatureModule> modules)
{
    private readonly Dictionary<short, GrainDefinition> definitions =
        modules.SelectMany(m => m.Grains).ToDictionary(g => g.Kind);

    /// <summary>Checks it all.</summary>
    /// <exception cref="FaultFoundException">Something does not hold.</exception>
    public async Task<Verified> Run(CancellationToken cancel)
    {
        try
        {
            return await Check(cancel);
        }
        catch (PostgresException refused) when (refused.SqlState[..2] is "XX" or "42")
        {
            // A page that fails its checksum, or a table that is not there. The text names files and tables only.
            throw new FaultFoundException($"The database cannot read its own data: {refused.MessageText}.");
        }
    }

    private async Task<Verified> Check(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        Schema.RequireDurableCommits(connection);
        await using var frozen = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancel);
        var signed = ReadSigned();
        var head = await ReadHead(connection, cancel);
        var stored = await ReadCheckpoints(connection, cancel);
        var snapshotCheck = new SnapshotCheck(snapshots, definitions);
        await snapshotCheck.Load(connection, cancel);
        var viewCheck = new ViewCheck(views, Comparable(stored));
        var grains = new GrainCheck(definitions);
        var files = new MediaCheck(media);
        var chain = JournalHead.Empty;
        while (chain.Position < head)
        {
            var before = chain.Position;
            await foreach (var raw in reader.AllRaw(chain.Position, Limits.CatchUpRows, cancel))
            {
                // The bytes first: a damaged row may hold anything, and reading it could fail in any way.
                chain = CheckLink(raw, chain, signed);
                var row = Attempt(raw.Position, $"be read", () => reader.Decode(raw).Row);
                var state = Attempt(raw.Position, $"be applied", () => grains.Take(row));
                snapshotCheck.Take(row, state);
                files.Take(row);
                Attempt(raw.Position, $"be mapped to views", () => viewCheck.Take(row));
            }

            Require(chain.Position > before, $"The journal ends at {before}; its index says {head}.");
        }

        Require(
            signed is null || signed.Value.Position <= chain.Position,
            $"The journal ends at {chain.Position}; position {signed?.Position} was signed. The tail was cut.");
        await RequireNoneBefore(connection, cancel);
        var ahead = stored.FirstOrDefault(view => view.Position > chain.Position);
        Require(
            ahead.Name is null,
            $"View {ahead.Name} has reached {ahead.Position}; the journal ends at {chain.Position}.");
        snapshotCheck.Finish();
        return new Verified(
            chain.Position, grains.Count, snapshotCheck.Count, await viewCheck.Compare(connection, cancel))
        {
            MediaFaults = await files.Finish(cancel),
        };
    }

    private static JournalHead CheckLink(RawRow row, JournalHead before, JournalHead? signed)
    {
        Require(row.Position == before.Position + 1, $"Position {before.Position + 1} is missing.");
        Require(
            Chain.Expected(row, before.Chain).AsSpan().SequenceEqual(row.Chain),
            $"The chain breaks at position {row.Position}: the row was changed.");
        Require(
            signed?.Position != row.Position || signed.Value.Chain.AsSpan().SequenceEqual(row.Chain),
            $"The chain at position {row.Position} is not the one that was signed: it was computed anew.");
        return new JournalHead(row.Position, row.Chain);
    }

    private JournalHead? ReadSigned()
    {
        try
        {
            return signedHead.Read();
        }
        catch (InvalidDataException damage)
        {
            throw new FaultFoundException($"The signed head of the journal does not hold. {damage.Message}");
        }
    }

    private static async Task<long> ReadHead(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(position), 0) from journal.rows", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task RequireNoneBefore(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(min(position), 1) from journal.rows", connection);
        var first = (long)(await command.ExecuteScalarAsync(cancel))!;
        Require(first >= 1, $"There is a row at position {first}; 1 is the first.");
    }

    private static async Task<List<(string Name, int Version, long Position)>> ReadCheckpoints(
        NpgsqlConnection connection, CancellationToken cancel)
    {
        var stored = new List<(string, int, long)>();
        await using var command = new NpgsqlCommand(
            "select name, version, position from views.checkpoints order by name", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            stored.Add((rows.GetString(0), rows.GetInt32(1), rows.GetInt64(2)));
        }

        return stored;
    }

    // A view of another version is built anew at the next start; there is nothing to compare it with.
    private Dictionary<string, long> Comparable(IEnumerable<(string Name, int Version, long Position)> stored) =>
        stored.Where(s => views.Views.Any(view => view.Name == s.Name && view.Version == s.Version))
            .ToDictionary(s => s.Name, s => s.Position);

    // What a module says of a row that cannot be is of no use to whoever looks for the place, and may quote the row.
    private static TResult Attempt<TResult>(long position, FormattableString what, Func<TResult> step)
    {
        try
        {
            return step();
        }
        catch (Exception fault) when (fault is not FaultFoundException)
        {
            var why = fault is InvalidDataException ? fault.Message : fault.GetType().Name;
            throw new FaultFoundException($"The row at position {position} cannot {what}: {why}");
        }
    }

    private static void Attempt(long position, FormattableString what, Action step) =>
        Attempt(position, what, () =>
        {
            step();
            return true;
        });

    internal static void Require(bool holds, FormattableString fault)
    {
        if (!holds)
        {
            throw new FaultFoundException(fault);
        }
    }
}
