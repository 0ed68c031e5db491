namespace SmartClub.Silo;

/// <summary>What the environment tells the silo; there is no other configuration.</summary>
/// <param name="DatabaseUri"><c>SMARTCLUB_DB</c>: <c>postgresql://user:password@host:port/database</c>.</param>
/// <param name="DataFolder"><c>SMARTCLUB_DATA</c>: folder for keys and the first log-in.</param>
/// <param name="Port"><c>SMARTCLUB_PORT</c>: where to listen; 0 lets the system choose. Default 8080.</param>
/// <param name="WebFolder"><c>SMARTCLUB_WEB</c>: the built web app; null serves none.</param>
/// <param name="TlsCertificate"><c>SMARTCLUB_TLS_CERT</c>: PEM; null serves plain HTTP.</param>
/// <param name="TlsKey"><c>SMARTCLUB_TLS_KEY</c>: PEM.</param>
/// <param name="ClubName"><c>SMARTCLUB_NAME</c>: what the club is called; null: it has not been told.</param>
/// <param name="PublicUrl"><c>SMARTCLUB_PUBLIC_URL</c>: where the world sees the club, for links in mails.</param>
/// <param name="Smtp">
/// <c>SMARTCLUB_SMTP</c>, or the file <c>mail.conf</c> in the data folder:
/// <c>smtp://user:password@host:587?from=club@example.org</c>; null: mails go to the folder <c>outbox</c> instead.
/// </param>
public sealed record SiloSettings(
    string DatabaseUri, string DataFolder, int Port, string? WebFolder, string? TlsCertificate, string? TlsKey,
    string? ClubName = null, string? PublicUrl = null, string? Smtp = null)
{
    /// <summary>Where links in mails point to, without a slash at the end.</summary>
    public string LinkBase => (PublicUrl
        ?? $"{(TlsCertificate is null ? "http" : "https")}://localhost:{Port}").TrimEnd('/');

    /// <summary>Reads the environment.</summary>
    /// <exception cref="Journal.RefusesToRunException">Something is missing or malformed.</exception>
    public static SiloSettings FromEnvironment()
    {
        var port = Read("SMARTCLUB_PORT") ?? "8080";
        return new SiloSettings(
            Require("SMARTCLUB_DB"),
            Path.GetFullPath(Require("SMARTCLUB_DATA")),
            int.TryParse(port, out var number) && number is >= 0 and <= 65_535
                ? number
                : throw new Journal.RefusesToRunException($"SMARTCLUB_PORT is '{port}', which is not a port."),
            Read("SMARTCLUB_WEB"),
            Read("SMARTCLUB_TLS_CERT"),
            Read("SMARTCLUB_TLS_KEY"),
            Read("SMARTCLUB_NAME"),
            Read("SMARTCLUB_PUBLIC_URL"),
            Read("SMARTCLUB_SMTP") ?? ReadFile(Path.Combine(Require("SMARTCLUB_DATA"), "mail.conf")));
    }

    private static string? ReadFile(string path) =>
        File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } line ? line : null;

    private static string Require(string name) =>
        Read(name) ?? throw new Journal.RefusesToRunException($"The setting {name} is missing.");

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
