using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Lists;

/// <summary>What a list is written as.</summary>
public enum ExportFormat
{
    /// <summary>Comma- or semicolon-separated text, as spreadsheets of the language expect it.</summary>
    Csv,

    /// <summary>An Office Open XML workbook.</summary>
    Xlsx,
}

/// <summary>
/// Writes a list of members as a file, row by row. Nothing in it is ever a formula: a name that begins with "=" must
/// not run in the spreadsheet of whoever opens it.
/// </summary>
public static class MemberExport
{
    private static readonly string[] Columns =
        ["code", "name", "email", "phone", "status", "plan", "expires_on", "last_visit", "registered", "owes"];

    /// <summary>The media type of a format.</summary>
    public static string MediaType(ExportFormat format) => format == ExportFormat.Csv
        ? "text/csv"
        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What the file is called: a day and a word, nothing personal.</summary>
    public static string FileName(ExportFormat format, string language, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Texts.Get(language, "export.file")}-{now:yyyy-MM-dd}.{(format == ExportFormat.Csv ? "csv" : "xlsx")}");

    /// <summary>Writes the file.</summary>
    public static Task Write(
        Stream output, ExportFormat format, string language, IAsyncEnumerable<ListedMember> members) =>
        format == ExportFormat.Csv
            ? WriteCsv(output, language, members)
            : WriteWorkbook(output, language, members);

    private static async Task WriteCsv(Stream output, string language, IAsyncEnumerable<ListedMember> members)
    {
        // The byte order mark and the semicolon are what French spreadsheets need to open it with a double click.
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = language == "fr" ? ";" : ",",
            InjectionOptions = InjectionOptions.Escape,
        };
        await using var text = new StreamWriter(output, new UTF8Encoding(true), leaveOpen: true);
        await using var csv = new CsvWriter(text, settings);
        foreach (var column in Headers(language))
        {
            csv.WriteField(column);
        }

        await csv.NextRecordAsync();
        await foreach (var member in members)
        {
            foreach (var value in Values(language, member))
            {
                csv.WriteField(value);
            }

            await csv.NextRecordAsync();
        }
    }

    // A workbook is a zip file, which seeks: it is made beside and then sent.
    private static async Task WriteWorkbook(Stream output, string language, IAsyncEnumerable<ListedMember> members)
    {
        await using var file = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.DeleteOnClose);
        using (var workbook = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook, autoSave: true))
        {
            var part = workbook.AddWorkbookPart();
            var sheet = part.AddNewPart<WorksheetPart>();
            using (var writer = OpenXmlWriter.Create(sheet))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                WriteRow(writer, Headers(language));
                await foreach (var member in members)
                {
                    WriteRow(writer, Values(language, member));
                }

                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            part.Workbook = new Workbook(new Sheets(new Sheet
            {
                Id = part.GetIdOfPart(sheet),
                SheetId = 1,
                Name = Texts.Get(language, "export.file"),
            }));
        }

        file.Position = 0;
        await file.CopyToAsync(output);
    }

    private static void WriteRow(OpenXmlWriter writer, IEnumerable<string> values)
    {
        writer.WriteStartElement(new Row());
        foreach (var value in values)
        {
            writer.WriteElement(new Cell
            {
                DataType = CellValues.InlineString,
                InlineString = new InlineString(new Text(Clean(value)) { Space = SpaceProcessingModeValues.Preserve }),
            });
        }

        writer.WriteEndElement();
    }

    // XML has no place for most control characters.
    private static string Clean(string value) =>
        value.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
            ? string.Concat(value.Where(c => !char.IsControl(c) || c is '\t' or '\n' or '\r'))
            : value;

    private static IEnumerable<string> Headers(string language) =>
        Columns.Select(column => Texts.Get(language, "export." + column));

    private static IEnumerable<string> Values(string language, ListedMember m) =>
    [
        m.Code, m.DisplayName, m.Email ?? "", m.Phone ?? "", Texts.Get(language, "status." + m.Status),
        m.PlanName ?? "", Day(m.ExpiresOn), Day(m.LastVisitAt), Day(m.RegisteredAt),
        Texts.Get(language, m.Owes ? "export.yes" : "export.no"),
    ];

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
