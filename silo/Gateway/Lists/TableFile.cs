using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

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
/// Writes a table as a file, row by row. Nothing in it is ever a formula: a name that begins with "=" must not run in
/// the spreadsheet of whoever opens it.
/// </summary>
/// <param name="Name">What it is called, on the file and on its sheet; nothing personal.</param>
/// <param name="Language">The language of whoever opens it.</param>
/// <param name="Headers">The names of its columns.</param>
public sealed record TableFile(string Name, string Language, IReadOnlyList<string> Headers)
{
    /// <summary>Sends it, with the day in its name.</summary>
    public IResult Send(ExportFormat format, DateTimeOffset now, IAsyncEnumerable<IReadOnlyList<string>> rows) =>
        Results.Stream(
            output => format == ExportFormat.Csv ? WriteCsv(output, rows) : WriteWorkbook(output, rows),
            format == ExportFormat.Csv
                ? "text/csv"
                : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}-{now:yyyy-MM-dd}.{(format == ExportFormat.Csv ? "csv" : "xlsx")}"));

    private async Task WriteCsv(Stream output, IAsyncEnumerable<IReadOnlyList<string>> rows)
    {
        // The byte order mark and the semicolon are what French spreadsheets need to open it with a double click.
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Language == "fr" ? ";" : ",",
            InjectionOptions = InjectionOptions.Escape,
        };
        await using var text = new StreamWriter(output, new UTF8Encoding(true), leaveOpen: true);
        await using var csv = new CsvWriter(text, settings);
        foreach (var column in Headers)
        {
            csv.WriteField(column);
        }

        await csv.NextRecordAsync();
        await foreach (var row in rows)
        {
            foreach (var value in row)
            {
                csv.WriteField(value);
            }

            await csv.NextRecordAsync();
        }
    }

    // A workbook is a zip file, which seeks: it is made beside and then sent.
    private async Task WriteWorkbook(Stream output, IAsyncEnumerable<IReadOnlyList<string>> rows)
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
                WriteRow(writer, Headers);
                await foreach (var row in rows)
                {
                    WriteRow(writer, row);
                }

                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            part.Workbook = new Workbook(new Sheets(new Sheet
            {
                Id = part.GetIdOfPart(sheet),
                SheetId = 1,
                Name = Name,
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
}
