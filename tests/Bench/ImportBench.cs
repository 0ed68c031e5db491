using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Npgsql;
using SmartClub.Silo.Gateway;
using SmartClub.Silo.Gateway.Access;
using SmartClub.Silo.Gateway.Imports;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>
/// A file of 10,000 members with memberships and badges, from CSV and from XLSX: to look at it whole, and to take it
/// in, until the last is durable and told. Against the same rows copied into plain tables, which check nothing, and
/// against a transaction per member, which is what a script would do.
/// </summary>
internal static class ImportBench
{
    private const int Rows = 10_000;
    private const int Clients = 8;
    private static readonly string[] Columns =
        ["Prénom", "Nom", "E-mail", "Téléphone", "Formule", "Début", "Payé", "Badge"];

    public static async Task<List<Line>> Run(string server)
    {
        await using var seeded = await BenchSilo.Start(server);
        var keys = seeded.Services.GetRequiredService<ClubKeys>();
        var club = await GateClub.Create(seeded.Grains, keys, 1, 1);
        await seeded.StopKeepingDatabase();
        await using var peers = await ImportPeers.Create(seeded.Uri);
        var lines = new List<Line>();
        foreach (var (name, write) in new (string, Func<List<string[]>, byte[]>)[]
        {
            ("csv", Values), ("xlsx", Workbook),
        })
        {
            var people = People(name);
            var file = write(people);
            using var silo = new StartedSilo(seeded, club with { Badges = [.. people.Select(p => p[7])] });
            var isOk = (await silo.Scan($"before-{name}", 0)).Decision == "deny";
            var before = await Count(seeded.Uri);
            var (looked, trial) = await Send(silo.Port, keys, file, "?dryRun=true");
            var (taken, report) = await Send(silo.Port, keys, file, "");
            isOk &= trial is { ErrorCount: 0, Members: Rows } && report is { Applied: true, ErrorCount: 0 }
                && await Count(seeded.Uri) - before == Rows
                && (await silo.Scan($"first-{name}", 0)).Decision == "grant"
                && (await silo.Scan($"last-{name}", Rows - 1)).Decision == "grant";
            var copied = await peers.Copy(people);
            var committed = await peers.TransactionPerMember(people, Clients);
            lines.Add(new Line($"look at {Rows} rows of {name}", "copy", looked, copied, "s", isOk));
            lines.Add(new Line($"take in {Rows} rows of {name}", "copy", taken, copied, "s", isOk));
            lines.Add(new Line(
                $"take in {Rows} rows of {name}", "transaction-per-member", taken, committed, "s", isOk)
            {
                Note = $"{Rows / taken:N0} rows/s; file {file.Length / 1024:N0} KiB; {report.ErrorCount} errors",
            });
        }

        return lines;
    }

    private static List<string[]> People(string name) => [.. Enumerable.Range(0, Rows).Select(i => (string[])
    [
        $"Grâce {i}", $"Ilunga-Mutombo {name}", $"g{i}.{name}@example.cd", $"+243 81 {(name == "csv" ? 1 : 2)}{i:D6}",
        "Premium", "2026-01-01", "oui", $"{name}{i:X8}",
    ])];

    private static byte[] Values(List<string[]> people) => Encoding.UTF8.GetBytes(
        string.Join('\n', people.Prepend(Columns).Select(line => string.Join(';', line))));

    private static byte[] Workbook(List<string[]> people)
    {
        using var stream = new MemoryStream();
        using (var book = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var part = book.AddWorkbookPart();
            part.Workbook = new Workbook(new Sheets());
            var sheet = part.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetData(people.Prepend(Columns).Select(line =>
                new Row(line.Select(text => new Cell
                {
                    DataType = CellValues.InlineString,
                    InlineString = new InlineString(new Text(text)),
                })))));
            part.Workbook.Sheets!.Append(new Sheet { Id = part.GetIdOfPart(sheet), SheetId = 1, Name = "Members" });
        }

        return stream.ToArray();
    }

    private static async Task<(double Seconds, ImportReport Report)> Send(
        int port, ClubKeys keys, byte[] file, string query)
    {
        using var http = new HttpClient
        {
            BaseAddress = new Uri($"http://localhost:{port}"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        var path = "/api/imports/members" + query;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add(OwnerProof.Header, OwnerProof.Of(keys, "POST", path, DateTimeOffset.UtcNow));
        var clock = Stopwatch.StartNew();
        using var answer = (await http.SendAsync(request)).EnsureSuccessStatusCode();
        var told = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var seconds = clock.Elapsed.TotalSeconds;
        return (seconds, JsonSerializer.Deserialize<ImportProgress>(told[^1], ApiJson.Options)!.Report!);
    }

    private static async Task<long> Count(string uri)
    {
        await using var database = new Database(uri);
        await using var connection = await database.Open();

        // The tables for reading follow the journal by some milliseconds.
        await using var behind = new NpgsqlCommand(
            "select exists (select from views.checkpoints where name in ('members', 'memberships', 'credentials') "
            + "and position < (select max(position) from journal.rows))",
            connection);
        while ((bool)(await behind.ExecuteScalarAsync())!)
        {
            await Task.Delay(20);
        }

        await using var command = new NpgsqlCommand(
            "select (select count(*) from views.members m where exists (select from views.memberships s "
            + "where s.member_id = m.key) and exists (select from views.credentials c where c.member_id = m.key))",
            connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
