using System.Globalization;
using System.Text.Json;

namespace SmartClub.Silo.Backups;

/// <summary>The last backup that was restored and verified.</summary>
public sealed record GoodBackup(DateTimeOffset At, string File, long Rows, long Bytes);

/// <summary>A backup that lies in the data folder.</summary>
/// <param name="At">When it was begun.</param>
/// <param name="Bytes">How large it is.</param>
public sealed record KeptBackup(DateTimeOffset At, long Bytes);

/// <summary>The last attempt, and how it went.</summary>
public sealed record BackupTry(DateTimeOffset At, bool Ok, string Message);

/// <summary>
/// How the daily backup stands. Whoever makes it (<c>Setup/daily.sh</c>) leaves a note in the data folder; the silo
/// reads it when somebody asks.
/// </summary>
public sealed class BackupStatus(SiloSettings settings, TimeProvider time)
{
    // As Setup/daily.sh names them.
    private const string NameFormat = "yyyy-MM-dd'T'HHmmss'Z'";

    private string Folder => Path.Combine(settings.DataFolder, "backups");

    private string NoteFile => Path.Combine(Folder, "status.json");

    /// <summary>The daily backups that there are, newest first; those that failed are not among them.</summary>
    public IReadOnlyList<KeptBackup> Kept()
    {
        try
        {
            var folder = new DirectoryInfo(Folder);
            return !folder.Exists ? [] :
            [
                .. folder.EnumerateFiles("2*.backup").Select(Read).OfType<KeptBackup>()
                    .OrderByDescending(kept => kept.At).Take(Limits.BackupItems),
            ];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static KeptBackup? Read(FileInfo file) =>
        DateTimeOffset.TryParseExact(
            Path.GetFileNameWithoutExtension(file.Name), NameFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new KeptBackup(at, file.Length)
            : null;

    /// <summary>What the note says; null where there is none, or none that can be read.</summary>
    public BackupNote? Read()
    {
        try
        {
            return File.Exists(NoteFile)
                ? JsonSerializer.Deserialize<BackupNote>(File.ReadAllBytes(NoteFile), BackupFormat.Json)
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The code of what is wrong with the backups; null: nothing.</summary>
    public string? Trouble(BackupNote? note) =>
        note is null ? "backup_missing"
        : !note.LastTry.Ok ? "backup_failed"
        : note.LastGood is null || time.GetUtcNow() - note.LastGood.At > Limits.BackupAge ? "backup_overdue"
        : null;
}

/// <summary>The note.</summary>
public sealed record BackupNote(BackupTry LastTry, GoodBackup? LastGood);
