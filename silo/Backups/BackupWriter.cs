using System.Buffers;
using System.Buffers.Binary;
using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Media;

namespace SmartClub.Silo.Backups;

/// <summary>
/// Makes a backup of a club, running or not: the journal in one file, sealed by a key that comes from the master key;
/// the keys in another. Views and snapshots are left out, since both are made of the journal. Rows and keys of persons
/// are read in one database snapshot, so every row finds the key that it was written with.
/// </summary>
public sealed class BackupWriter(
    Database database, ClubKeys keys, ISignedHead signedHead, SiloSettings settings, TimeProvider time)
{
    /// <summary>Writes both files.</summary>
    /// <exception cref="FaultFoundException">The journal is damaged; a backup of it would be worth nothing.</exception>
    public async Task<BackupManifest> Write(Stream backup, Stream keysFile, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        Schema.RequireDurableCommits(connection);
        var signed = signedHead.Read();
        await using var frozen = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var header = new BackupHeader(
            BackupFormat.Version, "backup", keys.Club, BackupFormat.Program, await ReadSchema(connection, cancel),
            time.GetUtcNow(), RandomNumberGenerator.GetBytes(16));
        JournalHead head;
        BackupManifest manifest;
        using (var parts = new PartWriter(backup, header, keys.ForBackup(header.Salt)))
        {
            parts.Add(BackupFormat.Settings, KeptSettings());
            head = await WriteRows(parts, connection, signed, cancel);
            await WriteMedia(parts, cancel);
            manifest = parts.Finish(head);
        }

        using (var parts = new PartWriter(keysFile, header with { Kind = "keys" }, key: null))
        {
            AddSecrets(parts);
            await AddPersonKeys(parts, connection, cancel);
            parts.Finish(head);
        }

        return manifest;
    }

    private static async Task<JournalHead> WriteRows(
        PartWriter parts, NpgsqlConnection connection, JournalHead? signed, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(Limits.BackupRowsBytes);
        var head = JournalHead.Empty;
        var number = 0;
        await foreach (var row in PostgresJournalStore.All(connection, cancel))
        {
            head = RowsPart.Add(buffer, row, head);
            Verifier.Require(
                signed?.Position != head.Position || signed.Value.Chain.AsSpan().SequenceEqual(head.Chain),
                $"The chain at position {head.Position} is not the one that was signed: it was computed anew.");
            if (buffer.WrittenCount >= Limits.BackupRowsBytes)
            {
                parts.Add($"{BackupFormat.Rows}{++number:D6}", buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        if (buffer.WrittenCount > 0)
        {
            parts.Add($"{BackupFormat.Rows}{++number:D6}", buffer.WrittenSpan);
        }

        Verifier.Require(
            signed is null || signed.Value.Position <= head.Position,
            $"The journal ends at {head.Position}; position {signed?.Position} was signed. The tail was cut.");
        return head;
    }

    // Sealed already, each with its person's key. What is newer than the rows does no harm: nothing names it.
    private async Task WriteMedia(PartWriter parts, CancellationToken cancel)
    {
        foreach (var (name, path) in MediaStore.All(settings.DataFolder))
        {
            parts.Add(name, await File.ReadAllBytesAsync(path, cancel));
        }
    }

    private byte[] KeptSettings()
    {
        var file = Path.Combine(settings.DataFolder, "settings");
        var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        var kept = lines.Where(line => BackupFormat.KeptSettings.Contains(line.Split('=')[0]));
        return System.Text.Encoding.UTF8.GetBytes(string.Concat(kept.Select(line => line + "\n")));
    }

    private void AddSecrets(PartWriter parts)
    {
        foreach (var place in BackupFormat.SecretPlaces.Select(p => Path.Combine(settings.DataFolder, p)))
        {
            var files = Directory.Exists(place) ? Directory.GetFiles(place, "*", SearchOption.AllDirectories)
                : File.Exists(place) ? [place] : [];

            // The signed head of the journal is made anew where the journal is restored.
            foreach (var file in files.Order(StringComparer.Ordinal).Where(IsLasting))
            {
                parts.Add(Path.GetRelativePath(settings.DataFolder, file), File.ReadAllBytes(file));
            }
        }
    }

    private static bool IsLasting(string file) =>
        !file.EndsWith(".new", StringComparison.Ordinal) && Path.GetFileName(file) != "journal-head.json";

    private static async Task AddPersonKeys(PartWriter parts, NpgsqlConnection connection, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var number = 0;
        await using var command = new NpgsqlCommand(
            "select person, wrapped from vault.person_keys order by person", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var wrapped = rows.GetFieldValue<byte[]>(1);
            rows.GetGuid(0).TryWriteBytes(buffer.GetSpan(16), bigEndian: true, out _);
            buffer.Advance(16);
            BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), wrapped.Length);
            buffer.Advance(4);
            buffer.Write(wrapped);
            if (buffer.WrittenCount >= Limits.BackupRowsBytes)
            {
                parts.Add($"{BackupFormat.PersonKeys}{++number:D6}", buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        parts.Add($"{BackupFormat.PersonKeys}{++number:D6}", buffer.WrittenSpan);
    }

    private static async Task<int> ReadSchema(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select max(number) from public.schema_version", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }
}
