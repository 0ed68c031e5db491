using System.Globalization;
using Microsoft.Win32.SafeHandles;
using SmartClub.Silo.Checks;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Backups;

/// <summary>
/// The verbs <c>backup</c> and <c>restore</c>. Their files are open when the silo starts (the backup is standard output
/// or input, the keys are descriptor 3): whoever calls may write where the club's own user may not.
/// </summary>
internal static class BackupVerbs
{
    private const int KeysDescriptor = 3;

    /// <summary>Writes both files and says what is in them.</summary>
    public static async Task<FormattableString> Backup(IServiceProvider services)
    {
        try
        {
            // What could not be written is tried once more when they are closed.
            using var backup = Descriptor(1, FileAccess.Write);
            using var keysFile = Descriptor(KeysDescriptor, FileAccess.Write);
            var made = await services.GetRequiredService<BackupWriter>().Write(backup, keysFile, default);
            backup.Flush(flushToDisk: true);
            keysFile.Flush(flushToDisk: true);
            FormattableString found = $"ok: {made.Position} rows, {backup.Length} bytes";
            return found;
        }
        catch (FaultFoundException fault)
        {
            throw new RefusesToRunException($"The journal is damaged, so there is no backup. {fault.Sentence}");
        }
        catch (IOException full)
        {
            throw new RefusesToRunException($"The backup cannot be written: {full.Message}");
        }
    }

    /// <summary>The keys, unpacked into the data folder before anything there is opened.</summary>
    public static KeysFile UnpackKeys(SiloSettings settings)
    {
        using var source = Descriptor(KeysDescriptor, FileAccess.Read);
        var keysFile = KeysFile.Read(source);
        keysFile.Unpack(settings.DataFolder);
        return keysFile;
    }

    /// <summary>Restores what standard input holds and says what was found.</summary>
    public static async Task<(FormattableString Said, IReadOnlyList<FormattableString> MediaFaults)> Restore(
        IServiceProvider services, KeysFile keysFile, string? until)
    {
        using var backup = Descriptor(0, FileAccess.Read);
        var restored = await services.GetRequiredService<Restorer>().Run(backup, keysFile, Moment(until), default);
        var (rows, grains, _, viewRows) = restored.Found;
        FormattableString made = $"backup of {restored.Header.At:u} by version {restored.Header.MadeBy}";
        FormattableString said =
            $"ok: {rows} rows, {grains} grains, {viewRows} view rows restored and verified; {made}";
        return (said, restored.Found.MediaFaults);
    }

    private static DateTimeOffset? Moment(string? text) => text is null ? null
        : DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment) ? moment
        : throw new RefusesToRunException($"'{text}' is not a time; write it like 2026-11-24T18:30:00Z.");

    private static FileStream Descriptor(int number, FileAccess access) =>
        new(new SafeFileHandle(number, ownsHandle: false), access, bufferSize: 64 * 1024);
}
