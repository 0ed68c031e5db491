using System.Net.Http.Headers;
using System.Text.Json;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>
/// The command "import members": sends a file to the club that is up on this machine, and says what became of it. When
/// the club is killed meanwhile and comes back, it sends the same file again: what is written already is found.
/// </summary>
public static class ImportVerb
{
    private const int Tries = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="settings">Where the club's keys are.</param>
    /// <param name="address">Where the club is.</param>
    /// <param name="isTrial">Whether only to look.</param>
    /// <param name="input">The file.</param>
    /// <param name="say">Takes a line for whoever typed the command.</param>
    /// <returns>Whether it was written, or would be.</returns>
    public static async Task<bool> Run(
        SiloSettings settings, Uri address, bool isTrial, Stream input, Func<FormattableString, Task> say)
    {
        using var bytes = new MemoryStream();
        await input.CopyToAsync(bytes);
        using var keys = ClubKeys.Open(settings.DataFolder);
        using var http = Client(address);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Send(http, keys, bytes.ToArray(), isTrial, say);
            }
            catch (Exception cut) when (attempt < Tries && cut is HttpRequestException or IOException)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException)
            {
                throw new RefusesToRunException(
                    $"The club does not answer. Start it with ./smartclub up and import the file again.");
            }
        }
    }

    private static async Task<bool> Send(
        HttpClient http, ClubKeys keys, byte[] bytes, bool isTrial, Func<FormattableString, Task> say)
    {
        var path = ImportEndpoints.Path + "/members" + (isTrial ? "?dryRun=true" : "");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add(OwnerProof.Header, OwnerProof.Of(keys, "POST", path, TimeProvider.System.GetUtcNow()));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
        {
            throw (int)response.StatusCode >= 500
                ? new HttpRequestException("The club starts or is busy.")
                : new RefusesToRunException($"The club refuses the file: {(int)response.StatusCode}.");
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            var told = JsonSerializer.Deserialize<ImportProgress>(line, ApiJson.Options)!;
            if (told.Problem is { } problem)
            {
                await say($"{Texts.Get("en", "import." + problem)} | {Texts.Get("fr", "import." + problem)}");
                return false;
            }

            if (told.Report is { } report)
            {
                await Say(report, isTrial, say);
                return report.ErrorCount == 0;
            }
        }

        throw new IOException("The answer has no end.");
    }

    private static async Task Say(ImportReport report, bool isTrial, Func<FormattableString, Task> say)
    {
        foreach (var error in report.Errors)
        {
            await say($"line {error.Line}, {error.Column}: {error.Text.En} | {error.Text.Fr}");
        }

        FormattableString end = report switch
        {
            { Applied: true, ErrorCount: > 0 } =>
                $"imported, but {report.ErrorCount} lines were refused meanwhile",
            { Applied: true } =>
                $"ok: {report.Members} members, {report.Memberships} memberships, {report.Badges} badges",
            { ErrorCount: 0 } when isTrial => $"ok: {report.Rows} rows can be imported; nothing was written",
            _ => $"{report.ErrorCount} errors in {report.Rows} rows; nothing was imported",
        };
        await say(end);
    }

    private static HttpClient Client(Uri address) => new(new SocketsHttpHandler
    {
        // It asks this machine only, and shows nothing but a proof that holds for a minute and this one request.
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    })
    {
        BaseAddress = new UriBuilder(address) { Host = "localhost" }.Uri,
        Timeout = TimeSpan.FromMinutes(10),
    };
}
