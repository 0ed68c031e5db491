using System.Text.Json;
using SmartClub.Devices.People;
using SmartClub.Devices.Protocol;

namespace SmartClub.Devices.Running;

/// <summary>A scan as it was shown to a gate, before anything was answered.</summary>
public sealed record AskedScan(
    string GateId, string ScanId, Credential Credential, Direction Direction, DateTimeOffset At, int Visitor,
    Place Place);

/// <summary>What the silo acknowledged.</summary>
public sealed record AnsweredScan(
    string GateId, string ScanId, GateDecision Decision, string Reason, string? TicketId, long? Position);

public sealed record JournalLine(AskedScan? Asked, AnsweredScan? Answered);

/// <summary>
/// Every scan when it is asked and when it is answered, append only. After a kill of either side it tells which
/// scans still need an answer, and what the silo must never forget.
/// </summary>
public sealed class ScanJournal(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file = OpenOnFreshLine(path);

    /// <summary>Scans with their answer, or with none where it never came, in the order they were asked.</summary>
    public static IReadOnlyList<(AskedScan Asked, AnsweredScan? Answered)> Read(string path)
    {
        var order = new List<AskedScan>();
        var answers = new Dictionary<(string, string), AnsweredScan>();
        foreach (var line in File.Exists(path) ? ReadLines(path) : [])
        {
            if (line.Asked is { } asked)
            {
                order.Add(asked);
            }
            else if (line.Answered is { } answered)
            {
                answers[(answered.GateId, answered.ScanId)] = answered;
            }
        }

        return [.. order.Select(asked => (asked, answers.GetValueOrDefault((asked.GateId, asked.ScanId))))];
    }

    /// <summary>Who went in and not out again, as far as the answers tell.</summary>
    public static IReadOnlyDictionary<int, Place> LeftInside(
        IEnumerable<(AskedScan Asked, AnsweredScan? Answered)> scans)
    {
        var inside = new Dictionary<int, Place>();
        foreach (var (asked, answered) in scans)
        {
            if (asked.Visitor < 0 || answered?.Decision != GateDecision.Grant)
            {
                continue;
            }

            if (asked.Direction == Direction.In)
            {
                inside[asked.Visitor] = asked.Place;
            }
            else
            {
                inside.Remove(asked.Visitor);
            }
        }

        return inside;
    }

    public void Asked(AskedScan scan) => Append(new JournalLine(scan, null));

    public void Answered(AskedScan scan, AccessAnswer answer) => Append(new JournalLine(null, new AnsweredScan(
        scan.GateId, scan.ScanId, answer.Decision, answer.Reason, answer.TicketId, answer.Position)));

    public void Dispose() => _file.Dispose();

    private void Append(JournalLine line)
    {
        byte[] bytes = [.. Wire.Bytes(line), (byte)'\n'];
        lock (_lock)
        {
            _file.Write(bytes);
            _file.Flush();
        }
    }

    /// <summary>A line cut by a kill must not swallow the next one.</summary>
    private static FileStream OpenOnFreshLine(string path)
    {
        var file = PrivateFile.Append(path);
        file.WriteByte((byte)'\n');
        return file;
    }

    private static IEnumerable<JournalLine> ReadLines(string path)
    {
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            JournalLine? parsed = null;
            try
            {
                parsed = JsonSerializer.Deserialize<JournalLine>(line, Wire.Json);
            }
            catch (JsonException)
            {
                // Cut while being written, so nobody was told of it.
            }

            if (parsed is not null)
            {
                yield return parsed;
            }
        }
    }
}
