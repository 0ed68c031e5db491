namespace SmartClub.Tests.Browser;

/// <summary>Where the project's files are, seen from the built tests.</summary>
internal static class Tree
{
    /// <summary>The top folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Where pictures go; nothing reads them but people.</summary>
    public static string Pictures => Directory.CreateDirectory(Path.Combine(Root, "tests", "artifacts")).FullName;

    /// <summary>The web app as it is served.</summary>
    public static string WebApp => Built(
        "dist", "index.html", "The web app is not built: run `npm ci` and `npm run build` in frontend/ first.");

    /// <summary>The checker of accessibility.</summary>
    public static string Axe => Path.Combine(
        Built("node_modules/axe-core", "axe.min.js", "axe-core is missing: run `npm ci` in frontend/ first."),
        "axe.min.js");

    private static string Built(string folder, string file, string otherwise)
    {
        var path = Path.Combine(Root, "frontend", folder);
        return File.Exists(Path.Combine(path, file)) ? path : throw new InvalidOperationException(otherwise);
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "SmartClub.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException("The tests do not run inside the project's tree."));
}
