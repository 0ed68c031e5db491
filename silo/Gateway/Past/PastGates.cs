using SmartClub.Grains.Emergencies.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Gateway.Live;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Past;

/// <summary>
/// How gates were at a moment, as far as the journal knows. Signs of life stand in no journal; that a gate fell
/// silent, came back or was taken out of work does, and so does whatever it asked or told.
/// </summary>
public sealed class PastGates(GateChangeQueries changes, GateMirror gates, PastSetUp setUp)
{
    /// <summary>The gates that were there, by name.</summary>
    public async Task<IReadOnlyList<LiveGate>> At(long position, GateTraces traces, CancellationToken cancel)
    {
        var there = await setUp.Gates(position, cancel);
        var last = await changes.Last(position, cancel);
        return
        [
            .. gates.All.Where(g => there.Contains(g.Id)).OrderBy(g => g.Name, StringComparer.Ordinal)
                .Select(g => Gate(g, [.. last[g.Id]], traces.Last(g.Id))),
        ];
    }

    // A gate that was heard and not missed since was there; of one that left no trace nobody knows.
    private static LiveGate Gate(GateFacts facts, IReadOnlyList<GateChangeRow> last, DateTimeOffset? trace)
    {
        var line = last.FirstOrDefault(row => row.Change is "silent" or "heard");
        var isSilent = line?.Change == "silent" && !(trace > line.At);
        var seen = isSilent ? line!.LastSeenAt : Later(trace, line?.At);
        var status = last.Any(row => row.Change == "disabled") ? "disabled"
            : isSilent ? "silent"
            : seen is null ? "unknown" : "ok";
        DateTimeOffset? whole = seen is { } at
            ? new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero)
            : null;
        return new LiveGate(
            facts.Id, facts.SiteId, facts.ZoneId, facts.Name, facts.Direction, whole, status, null, 0,
            EmergencyKind.None);
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other : one;
}

/// <summary>When gates last asked or told something, from rows of the journal.</summary>
public sealed class GateTraces
{
    private const string Prefix = "gate:";
    private readonly Dictionary<string, DateTimeOffset> last = [];

    /// <summary>Looks at a row. What follows from an earlier one may be written much later, and says nothing.</summary>
    public void See(JournalRow row)
    {
        if (row.CausedBy == 0 && row.Principal.StartsWith(Prefix, StringComparison.Ordinal))
        {
            last[row.Principal] = row.At;
        }
    }

    /// <summary>The last trace of a gate; null: it left none.</summary>
    public DateTimeOffset? Last(GateId gate) =>
        last.TryGetValue(Caller.Gate(gate).Principal, out var at) ? at : null;
}
