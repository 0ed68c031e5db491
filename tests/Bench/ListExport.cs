using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Xml;
using SmartClub.Silo.Journal;

namespace SmartClub.Bench;

/// <summary>The whole list as a file, against PostgreSQL's own copy of the same rows.</summary>
internal static class ListExport
{
    private const int Runs = 3;
    private const double MegabytesMost = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    public static async Task<Line> Run(WebClub club, string format, int members, double secondsMost)
    {
        var (ours, theirs, memory) = (new List<double>(), new List<double>(), new List<double>());
        var (isOk, size) = (true, 0);
        await using var database = new Database(club.Database);
        await using var connection = await database.Open();
        for (var i = 0; i < Runs; i++)
        {
            var before = club.Memory;
            var clock = Stopwatch.StartNew();
            var fetch = club.Http.GetByteArrayAsync($"/api/lists/members/export?format={format}");
            var most = before;
            while (!fetch.IsCompleted)
            {
                await Task.WhenAny(fetch, Task.Delay(LookEvery));
                most = Math.Max(most, club.Memory);
            }

            var file = await fetch;
            ours.Add(clock.Elapsed.TotalSeconds);
            memory.Add((most - before) / 1e6);
            size = file.Length;
            isOk &= format == "csv" ? IsWholeText(file, members) : IsWholeWorkbook(file, members);
            clock.Restart();
            using var copy = await connection.BeginTextExportAsync(
                "copy (select code, display_name, email, phone, status, plan_name, expires_on, last_visit_at, "
                + "registered_at from views.members order by sort_name, key) to stdout csv");
            isOk &= (await copy.ReadToEndAsync()).Split('\n').Length == members + 1;
            theirs.Add(clock.Elapsed.TotalSeconds);
        }

        var (seconds, grown) = (Statistics.Median(ours), Statistics.Median(memory));
        return new Line(
            $"{members:N0} rows as {format}", "copy to csv", seconds, Statistics.Median(theirs), "s",
            isOk && seconds <= secondsMost && grown <= MegabytesMost)
        {
            Note = $"spread {Statistics.Spread(ours)}, at most {secondsMost:N0} s; {size / 1e6:N1} MB; memory grew by "
                + $"{Statistics.Spread(memory)} MB",
        };
    }

    private static bool IsWholeText(byte[] file, int members)
    {
        var lines = Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == members + 1 && lines[^1].Contains(WebClub.LastName, StringComparison.Ordinal);
    }

    // Read as a stream: what a spreadsheet makes of it is no matter of ours, and takes longer than the export.
    private static bool IsWholeWorkbook(byte[] file, int members)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var sheet = zip.Entries.Single(e => e.FullName.Contains("sheet", StringComparison.Ordinal)
            && e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Open();
        using var xml = XmlReader.Create(sheet);
        var (rows, last) = (0, "");
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                (rows, last) = (rows + 1, "");
            }
            else if (xml.NodeType is XmlNodeType.Text)
            {
                last += xml.Value;
            }
        }

        return rows == members + 1 && last.Contains(WebClub.LastName, StringComparison.Ordinal);
    }
}
