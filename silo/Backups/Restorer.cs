using Npgsql;
using NpgsqlTypes;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Media;
using SmartClub.Silo.Views;

namespace SmartClub.Silo.Backups;

/// <summary>What was restored.</summary>
/// <param name="Header">Of the backup.</param>
/// <param name="Found">What the check afterwards counted.</param>
public sealed record Restored(BackupHeader Header, Verified Found);

/// <summary>
/// Puts a backup into an empty database, its keys being in the data folder already, and checks the result as
/// <c>verify</c> does. The file is read and checked as a whole before the first row is written.
/// </summary>
public sealed class Restorer(
    Database database, ClubKeys keys, ISignedHead signedHead, KeyRing keyRing, ViewStore views, Verifier verifier,
    SiloSettings settings)
{
    /// <summary>Restores all, or what had happened at a moment.</summary>
    /// <exception cref="RefusesToRunException">The file, the keys or the database do not fit.</exception>
    public async Task<Restored> Run(Stream backup, KeysFile keysFile, DateTimeOffset? until, CancellationToken cancel)
    {
        var (header, head) = Check(backup, keysFile, until);
        await RequireEmpty(cancel);
        await Schema.Migrate(database, cancel, header.Schema);
        await Fill(backup, keysFile, head, cancel);
        await Schema.Migrate(database, cancel);
        signedHead.Write(head);
        await keyRing.Preload(cancel);
        await views.Prepare(cancel);
        return new Restored(header, await verifier.Run(cancel));
    }

    private (BackupHeader Header, JournalHead Head) Check(
        Stream backup, KeysFile keysFile, DateTimeOffset? until)
    {
        using var reader = Open(backup, keysFile);
        var (last, head) = (JournalHead.Empty, JournalHead.Empty);
        var isBefore = true;
        foreach (var (name, content) in reader.Parts())
        {
            foreach (var (row, _) in Rows(name, content))
            {
                var link = Chain.Expected(row, last.Chain);
                if (row.Position != last.Position + 1 || !link.AsSpan().SequenceEqual(row.Chain))
                {
                    throw new RefusesToRunException($"The chain of the backup breaks at position {row.Position}.");
                }

                last = new JournalHead(row.Position, link);
                isBefore &= until is null || RowCodec.TimeOf(row.Body) <= until;
                head = isBefore ? last : head;
            }
        }

        if (last.Position != reader.Manifest!.Position || !last.Chain.AsSpan().SequenceEqual(reader.Manifest.Chain))
        {
            throw new RefusesToRunException($"The backup does not end where it says.");
        }

        if (keysFile.Position < last.Position)
        {
            var made = reader.Header;
            throw new RefusesToRunException(
                $"The keys ({keysFile.Header.At:u}) are older than the backup ({made.At:u}). Take newer ones.");
        }

        return head.Position > 0 || last.Position == 0
            ? (reader.Header, head)
            : throw new RefusesToRunException($"Nothing in this backup had happened by then.");
    }

    private PartReader Open(Stream backup, KeysFile keysFile)
    {
        var reader = new PartReader(backup, "backup");
        if (reader.Header.Club != keysFile.Header.Club || keys.Club != keysFile.Header.Club)
        {
            reader.Dispose();
            throw new RefusesToRunException($"These keys belong to another club than the backup.");
        }

        if (reader.Header.Schema > Schema.Newest)
        {
            var maker = reader.Header.MadeBy;
            reader.Dispose();
            throw new RefusesToRunException(
                $"The backup was made by a newer SmartClub ({maker}); this one is {BackupFormat.Program}.");
        }

        reader.Unlock(keys.ForBackup(reader.Header.Salt));
        return reader;
    }

    private async Task RequireEmpty(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        Schema.RequireDurableCommits(connection);
        await using var command = new NpgsqlCommand("select to_regclass('journal.rows') is null", connection);
        if (await command.ExecuteScalarAsync(cancel) is not true)
        {
            throw new RefusesToRunException($"The database holds a club already; restore into an empty one.");
        }
    }

    // All in one transaction: an interrupted restore leaves an empty database.
    private async Task Fill(Stream backup, KeysFile keysFile, JournalHead head, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await FillVault(connection, keysFile.People, cancel);
        using var reader = Open(backup, keysFile);
        await using (var copy = await connection.BeginRawBinaryCopyAsync(JournalConnection.CopySql, cancel))
        {
            await copy.WriteAsync(JournalConnection.CopyHeader, cancel);
            foreach (var (name, content) in reader.Parts())
            {
                if (name == BackupFormat.Settings)
                {
                    await File.WriteAllBytesAsync(Path.Combine(settings.DataFolder, name), content, cancel);
                }

                if (name.StartsWith(MediaStore.Folder + "/", StringComparison.Ordinal))
                {
                    MediaStore.Restore(settings.DataFolder, name, content);
                }

                var end = Rows(name, content).TakeWhile(r => r.Row.Position <= head.Position)
                    .Select(r => r.End).LastOrDefault();
                await copy.WriteAsync(content.AsMemory(0, end), cancel);
            }

            await copy.WriteAsync(JournalConnection.CopyTrailer, cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    private static async Task FillVault(
        NpgsqlConnection connection, IReadOnlyDictionary<Guid, byte[]> people, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy vault.person_keys (person, wrapped) from stdin (format binary)", cancel);
        foreach (var (person, wrapped) in people)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(person, NpgsqlDbType.Uuid, cancel);
            await copy.WriteAsync(wrapped, NpgsqlDbType.Bytea, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private static IEnumerable<(RawRow Row, int End)> Rows(string name, byte[] content) =>
        name.StartsWith(BackupFormat.Rows, StringComparison.Ordinal) ? RowsPart.Read(content) : [];
}
