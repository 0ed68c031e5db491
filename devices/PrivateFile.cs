namespace SmartClub.Devices;

/// <summary>Files that hold keys or tokens: readable by their owner only, and replaced whole or not at all.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void CreateFolder(string path) =>
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);

    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var draft = path + ".draft";
        using (var stream = Open(draft, FileMode.Create, FileShare.None))
        {
            stream.Write(content);
            // The rename must not become durable before the content it names.
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    public static FileStream Append(string path) => Open(path, FileMode.Append, FileShare.Read);

    public static FileStream Open(string path, FileMode mode, FileShare share) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.Write,
        Share = share,
        UnixCreateMode = OwnerOnly,
    });
}
