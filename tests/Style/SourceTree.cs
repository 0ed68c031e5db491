using System.Runtime.CompilerServices;

namespace SmartClub.Tests.Style;

/// <summary>The sources as they lie on the disk, for the rules that a compiler does not check.</summary>
internal static class SourceTree
{
    private static readonly string[] Tops = ["grains", "silo", "devices", "tests", "frontend", ".ci"];
    private static readonly string[] Left = ["bin", "obj", "node_modules", "dist", "TestResults"];

    public static string Root { get; } = Find();

    /// <summary>Files with one of these endings, as paths from the root with their lines.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Files(params string[] endings) =>
        from top in Tops
        from file in Walk(new DirectoryInfo(Path.Combine(Root, top)))
        where endings.Contains(file.Extension)
        select (Path.GetRelativePath(Root, file.FullName), File.ReadAllLines(file.FullName));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => !folder.Exists
        ? []
        : folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories().Where(d => !Left.Contains(d.Name)).SelectMany(Walk));

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
