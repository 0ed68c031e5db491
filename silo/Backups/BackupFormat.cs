using System.Reflection;
using System.Text.Json;

namespace SmartClub.Silo.Backups;

/// <summary>What each of the two files of a backup says first, in the clear.</summary>
/// <param name="Format">Layout of the file.</param>
/// <param name="Kind"><c>backup</c> or <c>keys</c>.</param>
/// <param name="Club">Whose it is: a hash of the key that signs the journal's head.</param>
/// <param name="MadeBy">Version of the program.</param>
/// <param name="Schema">Version of the database's schema.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Salt">From it and the master key comes the key that seals this file.</param>
public sealed record BackupHeader(
    int Format, string Kind, string Club, string MadeBy, int Schema, DateTimeOffset At, byte[] Salt);

/// <summary>What each file says last: a file without it was cut short.</summary>
/// <param name="Position">Where the journal ended.</param>
/// <param name="Chain">The chain's link there.</param>
/// <param name="Parts">Entries between the first and this one.</param>
/// <param name="Hash">SHA-256 over the first and all of them, one after the other.</param>
public sealed record BackupManifest(long Position, byte[] Chain, int Parts, byte[] Hash);

/// <summary>Names and numbers that both directions share.</summary>
internal static class BackupFormat
{
    public const int Version = 1;
    public const string Header = "smartclub.json";
    public const string Manifest = "manifest.json";
    public const string Settings = "settings";
    public const string Rows = "journal/";
    public const string PersonKeys = "person-keys/";

    /// <summary>Files of the data folder that open something, beside the folder <c>keys</c>.</summary>
    public static readonly string[] SecretPlaces = ["keys", "tls", "first-login.json"];

    /// <summary>What is remembered of the options of <c>./smartclub up</c>; the rest belongs to the machine.</summary>
    public static readonly string[] KeptSettings = ["port", "public_url", "club", "tls"];

    /// <summary>The version of this program.</summary>
    public static string Program { get; } = typeof(BackupFormat).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);
}
