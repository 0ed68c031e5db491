using System.Globalization;
using System.Text;
using System.Xml;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace SmartClub.Silo.Gateway.Imports;

/// <summary>A line of a file, by the number that a person sees beside it.</summary>
public sealed record ImportLine(int Number, IReadOnlyList<string> Cells);

/// <summary>The file is not one that can be read.</summary>
public sealed class UnreadableFileException(string code) : Exception(code)
{
    /// <summary>Its stable code.</summary>
    public string Code => Message;
}

/// <summary>A table from a file: the names of its columns and its lines, all as text.</summary>
public sealed record ImportFile(IReadOnlyList<string> Columns, IReadOnlyList<ImportLine> Lines)
{
    /// <summary>Reads a file of values with separators, or a workbook, by what its bytes are.</summary>
    /// <exception cref="UnreadableFileException">It is neither, or too long.</exception>
    public static ImportFile Read(byte[] bytes)
    {
        var lines = bytes.AsSpan().StartsWith("PK"u8) ? Workbook(bytes) : Values(bytes);
        if (lines.Count == 0)
        {
            throw new UnreadableFileException("invalid_file");
        }

        return lines.Count - 1 > Limits.ImportRows
            ? throw new UnreadableFileException("too_many_rows")
            : new ImportFile(
                [.. lines[0].Cells.Select(c => c.Trim())],
                [.. lines.Skip(1).Where(line => line.Cells.Any(c => !string.IsNullOrWhiteSpace(c)))]);
    }

    private static List<ImportLine> Values(byte[] bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // What spreadsheets of the West write when they are not asked for more.
            text = Encoding.Latin1.GetString(bytes);
        }

        var head = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length);
        var options = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = head.Count(';') > head.Count(',') ? ";"
                : head.Contains('\t') && !head.Contains(',') ? "\t"
                : ",",
            BadDataFound = null,
            MissingFieldFound = null,
            IgnoreBlankLines = false,
        };
        using var parser = new CsvParser(new StringReader(text), options);
        var lines = new List<ImportLine>();
        while (parser.Read() && lines.Count <= Limits.ImportRows + 1)
        {
            lines.Add(new ImportLine(parser.RawRow, [.. parser.Record ?? []]));
        }

        return lines;
    }

    private static List<ImportLine> Workbook(byte[] bytes)
    {
        try
        {
            using var book = SpreadsheetDocument.Open(new MemoryStream(bytes), false);
            var part = book.WorkbookPart!.WorksheetParts.First();
            var shared = book.WorkbookPart.SharedStringTablePart?.SharedStringTable
                .Elements<SharedStringItem>().Select(s => s.InnerText).ToList() ?? [];
            var lines = new List<ImportLine>();
            using var reader = OpenXmlReader.Create(part);
            while (reader.Read() && lines.Count <= Limits.ImportRows + 1)
            {
                if (reader.ElementType == typeof(Row) && reader.LoadCurrentElement() is Row row)
                {
                    lines.Add(new ImportLine((int)(row.RowIndex?.Value ?? (uint)lines.Count + 1), Cells(row, shared)));
                }
            }

            return lines;
        }
        catch (Exception broken) when (broken is OpenXmlPackageException or XmlException or InvalidDataException
            or FileFormatException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            throw new UnreadableFileException("invalid_file");
        }
    }

    private static List<string> Cells(Row row, List<string> shared)
    {
        var cells = new List<string>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = Column(cell.CellReference?.Value) ?? cells.Count;
            while (cells.Count < column && cells.Count < Limits.ImportColumns)
            {
                cells.Add("");
            }

            var text = cell.CellValue?.Text ?? cell.InnerText;
            cells.Add(cell.DataType?.Value == CellValues.SharedString
                ? shared[int.Parse(text, CultureInfo.InvariantCulture)]
                : text);
        }

        return cells;
    }

    private static int? Column(string? reference) => reference is null
        ? null
        : reference.TakeWhile(char.IsAsciiLetterUpper).Aggregate(0, (sum, c) => (sum * 26) + c - 'A' + 1) - 1;
}
