using System.Net.Http.Headers;
using System.Text.Json;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Journal;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>What somebody typed after "import".</summary>
/// <param name="IsTrial">Whether only to look.</param>
/// <param name="Columns">Which column a field is, where it was said.</param>
/// <param name="Undo">The import to take back; null: a file is taken in.</param>
/// <param name="Reason">Why it is taken back.</param>
public sealed record ImportWish(
    bool IsTrial, IReadOnlyDictionary<string, string> Columns, string? Undo = null, string? Reason = null)
{
    private static readonly IReadOnlyList<string> Fields =
        [.. Enum.GetNames<ImportField>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>Reads the words of the command line.</summary>
    public static ImportWish Read(IReadOnlyList<string> words)
    {
        var wish = new ImportWish(false, new Dictionary<string, string>());
        for (var i = 0; i < words.Count; i++)
        {
            wish = words[i] switch
            {
                "--dry-run" => wish with { IsTrial = true },
                "--map" when i + 1 < words.Count => wish.With(words[++i]),
                "--undo" when i + 1 < words.Count => wish with { Undo = words[++i] },
                "--reason" when i + 1 < words.Count => wish with { Reason = words[++i] },
                _ => throw new RefusesToRunException($"Unknown verb ‘{string.Join(' ', words)}’."),
            };
        }

        return wish;
    }

    /// <summary>What of it stands in the address of the request.</summary>
    public string Query()
    {
        var asked = Columns.Select(c => $"{c.Key}={Uri.EscapeDataString(c.Value)}")
            .Concat(IsTrial ? ["dryRun=true"] : []).ToList();
        return asked.Count == 0 ? "" : "?" + string.Join('&', asked);
    }

    // A column may have an equals sign in its name, a field has none.
    private ImportWish With(string mapped)
    {
        var at = mapped.LastIndexOf('=');
        return at > 0 && Fields.Contains(mapped[(at + 1)..])
            ? this with { Columns = new Dictionary<string, string>(Columns) { [mapped[(at + 1)..]] = mapped[..at] } }
            : throw new RefusesToRunException(
                $"--map needs COLUMN=FIELD, with one of these fields: {string.Join(", ", Fields)}.");
    }
}

/// <summary>
/// The command "import": sends a file to the club that is up on this machine, or has one taken back, and says what
/// became of it. When the club is killed meanwhile and comes back, it asks again: what is done already is found.
/// </summary>
public static class ImportVerb
{
    private const int Tries = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="settings">Where the club's keys are.</param>
    /// <param name="address">Where the club is.</param>
    /// <param name="wish">What is to be done.</param>
    /// <param name="input">The file.</param>
    /// <param name="say">Takes a line for whoever typed the command.</param>
    /// <returns>Whether it was done, or would be.</returns>
    public static async Task<bool> Run(
        SiloSettings settings, Uri address, ImportWish wish, Stream input, Func<FormattableString, Task> say)
    {
        using var bytes = new MemoryStream();
        if (wish.Undo is null)
        {
            await input.CopyToAsync(bytes);
        }

        using var keys = ClubKeys.Open(settings.DataFolder);
        using var http = Client(address);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return wish.Undo is { } import
                    ? await Undo(http, keys, import, wish.Reason ?? "", say)
                    : await Import(http, keys, bytes.ToArray(), wish, say);
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

    private static async Task<bool> Import(
        HttpClient http, ClubKeys keys, byte[] bytes, ImportWish wish, Func<FormattableString, Task> say)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var path = ImportEndpoints.Path + "/members" + wish.Query();
        var told = await Send<ImportProgress>(
            http, keys, path, content, line => line.Report is not null || line.Problem is not null);
        if (told.Problem is { } problem)
        {
            await say($"{Texts.Get("en", "import." + problem)} | {Texts.Get("fr", "import." + problem)}");
            return false;
        }

        await Say(told.Report!, wish.IsTrial, say);
        return told.Report!.ErrorCount == 0;
    }

    private static async Task<bool> Undo(
        HttpClient http, ClubKeys keys, string import, string reason, Func<FormattableString, Task> say)
    {
        var path = ImportEndpoints.Path + "/" + Uri.EscapeDataString(import) + "/undo";
        var content = JsonContent.Create(new Members.ReasonRequest(reason), options: ApiJson.Options);
        var report = (await Send<UndoProgress>(http, keys, path, content, t => t.Report is not null)).Report!;
        foreach (var kept in report.Kept)
        {
            await say($"line {kept.Line}, {kept.DisplayName}: {kept.Text.En} | {kept.Text.Fr}");
        }

        FormattableString end = $"ok: {report.Withdrawn} members taken back, {report.KeptCount} kept";
        await say(end);
        return true;
    }

    private static async Task<TLine> Send<TLine>(
        HttpClient http, ClubKeys keys, string path, HttpContent content, Func<TLine, bool> isLast)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add(OwnerProof.Header, OwnerProof.Of(keys, "POST", path, TimeProvider.System.GetUtcNow()));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
        {
            throw (int)response.StatusCode >= 500
                ? new HttpRequestException("The club starts or is busy.")
                : new RefusesToRunException($"The club refuses this: {await Code(response)}.");
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (JsonSerializer.Deserialize<TLine>(line, ApiJson.Options) is { } told && isLast(told))
            {
                return told;
            }
        }

        throw new IOException("The answer has no end.");
    }

    private static async Task<string> Code(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        try
        {
            return JsonSerializer.Deserialize<Problem>(text, ApiJson.Options)!.Code;
        }
        catch (JsonException)
        {
            return $"{(int)response.StatusCode}";
        }
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
        if (report.ImportId is { } id)
        {
            FormattableString back = $"To take it back: ./smartclub import undo {id} --reason WHY";
            await say(back);
        }
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
