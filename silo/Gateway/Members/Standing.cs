using SmartClub.Grains.Members;
using SmartClub.Grains.Members.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views.Mirrors;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Members;

/// <summary>
/// What stands around a person's rights in their file: which doors to ask about, what happened last, how often they
/// come, what was written down.
/// </summary>
public sealed class Standing(
    GateMirror gates, ZoneMirror zones, SiteMirror sites, JournalReader journal, MemberFiles files, StaffNames staff,
    TimeProvider time)
{
    // What happened last at a door is among the last things that happened at all, or long ago.
    private const int RecentRows = 40;

    /// <summary>A door into every zone that has one, by name; and the moment to ask them about.</summary>
    public (IReadOnlyList<Door> Doors, DateTimeOffset Now) Doors() => (Doors(_ => true), time.GetUtcNow());

    /// <summary>The same among some gates: those that were there at some time.</summary>
    public IReadOnlyList<Door> Doors(Func<GateFacts, bool> among)
    {
        var doors = new List<Door>();
        foreach (var zone in zones.All.OrderBy(z => z.Name, StringComparer.Ordinal))
        {
            var gate = gates.All
                .Where(g => g.ZoneId == zone.Id && g.Direction != GateDirection.Out && among(g))
                .OrderBy(g => g.IsDisabled).ThenBy(g => g.Name, StringComparer.Ordinal).FirstOrDefault();
            if (gate is not null && sites.Find(gate.SiteId) is { } site)
            {
                doors.Add(new Door(gate, zone, site));
            }
        }

        return doors;
    }

    /// <summary>What happened last at a door; null: nothing of late.</summary>
    public async Task<LastAccess?> LastAccess(MemberId member, CancellationToken cancel)
    {
        return LastAccess(await journal.Before(member.Grain, int.MaxValue, RecentRows, cancel));
    }

    /// <summary>What happened last at a door in these rows, newest first.</summary>
    public static LastAccess? LastAccess(IEnumerable<JournalRow> newestFirst) => newestFirst.Take(RecentRows)
        .SelectMany(row => row.Events.Select(e => Of(row, e))).FirstOrDefault(access => access is not null);

    /// <summary>How often they came this month and the one before, in the time of the first site.</summary>
    public async Task<VisitsAnswer> Visits(MemberId member, DateTimeOffset now, CancellationToken cancel)
    {
        var (before, from, until) = Months(now);
        var found = await files.Visits(member, before, from, until, cancel);
        return new VisitsAnswer(found.Last, found.InPeriod, found.InPeriodBefore);
    }

    /// <summary>Where the month before begins, this one, and the next, in the time of the first site.</summary>
    public (DateTimeOffset Before, DateTimeOffset From, DateTimeOffset Until) Months(DateTimeOffset now)
    {
        var site = sites.All.OrderBy(s => s.Id.ToString(), StringComparer.Ordinal).FirstOrDefault();
        var today = site?.Day(now) ?? DateOnly.FromDateTime(now.UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1);
        return (Start(first.AddMonths(-1)), Start(first), Start(first.AddMonths(1)));

        DateTimeOffset Start(DateOnly day) =>
            site?.StartOf(day) ?? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
    }

    /// <summary>What was written down, newest first.</summary>
    public async Task<IReadOnlyList<NoteAnswer>> Notes(MemberId member, CancellationToken cancel) =>
    [
        .. (await files.Notes(member, cancel))
            .Select(note => new NoteAnswer(note.Id, note.Text, staff.Of(note.Author), note.At)),
    ];

    /// <summary>Documents, newest first.</summary>
    public async Task<IReadOnlyList<FileAnswer>> Files(MemberId member, CancellationToken cancel) =>
    [
        .. (await files.Files(member, cancel)).Select(file => new FileAnswer(
            file.Id, file.Name, file.Kind, file.Bytes, staff.Of(file.Author), file.At)),
    ];

    private static LastAccess? Of(JournalRow row, IEvent happened) => happened switch
    {
        AccessDenied e => new LastAccess(
            row.Position, "deny", e.At, e.Reason, e.Detail, e.GateId.ToString(), e.ZoneId.ToString(), e.Direction),
        AccessGranted e => new LastAccess(
            row.Position, "grant", e.At, AccessReason.Ok, null, e.GateId.ToString(), e.ZoneId.ToString(),
            e.Direction),
        AdmittedByHand e => new LastAccess(
            row.Position, "by_hand", e.At, AccessReason.Ok, null, e.GateId.ToString(), e.ZoneId.ToString(),
            Direction.In),
        _ => null,
    };
}
